"""Personal names: parts, how they are shown, sorted and searched.

PostgreSQL's C collation sorts bytes, and the register needs no ICU; so the sort key is ours. It follows the
Norwegian alphabet (… z æ ø å) and the custom of catalogues: aa is å, ä is æ, ö is ø, ü is y, other marks are
left out. The search key is coarser: people look for "Soerensen", "Sorensen" and "Sørensen" and mean the same.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Final

from hjemmel.domain.people.formats.invalid import Invalid

MAX_PART: Final = 100
MAX_KEY: Final = 320

# { | } are the three bytes after z: æ ø å sort last, in their order, as plain bytes.
_SORTED: Final = re.compile("a\u030a|a\u0308|æ|o\u0308|o\u030b|ø|u\u0308|u\u030b|aa")
_SORT: Final = {
    "a\u030a": "}", "aa": "}", "a\u0308": "{", "æ": "{", "o\u0308": "|", "o\u030b": "|", "ø": "|",
    "u\u0308": "y", "u\u030b": "y",
}  # fmt: skip
_LETTERS: Final = str.maketrans(
    {"đ": "d", "ð": "d", "þ": "th", "ł": "l", "œ": "oe", "ŋ": "n", "ŧ": "t", "ħ": "h", "ı": "i", "'": "",
     "’": "", "‘": "", "ʼ": "", "ʻ": "", "′": "", "`": "", "´": "", ".": ""}
)  # fmt: skip
_SEARCH_LETTERS: Final = str.maketrans({"æ": "ae", "ø": "o"})
_MARKS: Final = re.compile("[\u0300-\u036f]+")
_BETWEEN: Final = re.compile(r"[\W_]+")
_BETWEEN_SORTED: Final = re.compile(r"[^\w{|}]+|_+")
_BRACES: Final = re.compile("[{|}]")
_SPACE: Final = re.compile(r"\s+")
# What names are written with beside letters: spaces, hyphens, full stops and apostrophes as keyboards and
# word processors write them; the dot of Catalan l·l and of katakana, and the joiners of Persian and Indian
# letters, which belong to the spelling.
_SIGNS: Final = frozenset(
    " -\u2010\u2011\u2013.'\u2019\u2018\u02bc\u02bb`\u00b4\u2032\u05f3\u00b7\u30fb\u200c\u200d"
)
# Unseen, and no part of any spelling: left by pages and documents that names are copied from.
_UNSEEN: Final = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")
_PARTICLES: Final = frozenset({
    "af", "al", "av", "bin", "bint", "ben", "da", "dal", "de", "del", "della", "den", "der", "di", "do",
    "dos", "du", "el", "ibn", "la", "le", "san", "st.", "ten", "ter", "van", "von", "zu", "zum", "zur",
})  # fmt: skip


class InvalidName(Invalid):
    """Raised when a text is not a name; `code` starts with "name."."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in parts; any of them may be empty, not all. `repr` never shows it."""

    given: str = field(repr=False, default="")
    middle: str = field(repr=False, default="")
    family: str = field(repr=False, default="")

    @property
    def display(self) -> str:
        """Return the name as spoken: Kari Moen Nordli."""
        return " ".join(part for part in (self.given, self.middle, self.family) if part)

    @property
    def sort_key(self) -> str:
        """Return the key that plain byte order sorts as a Norwegian catalogue does, family name first."""
        return sort_key(self.family or self.given, self.given if self.family else "", self.middle)


def parse(*, given: str = "", middle: str = "", family: str = "") -> Name:
    """Return a name from its parts, tidied (spaces, Unicode NFC; letter case is the person's own affair).

    Raises InvalidName when all are empty, one is too long, or has anything but letters, spaces, hyphens, full
    stops and apostrophes.
    """
    name = Name(given=_part(given), middle=_part(middle), family=_part(family))
    if not (name.given or name.family or name.middle):
        raise InvalidName("name.empty")
    if len(name.given) > MAX_PART or len(name.middle) > MAX_PART or len(name.family) > MAX_PART:
        raise InvalidName("name.too_long")
    return name


def split(text: str) -> Name:
    """Return the parts of a whole name.

    "Nordli, Kari Moen": what follows the comma is given names. "Kari Moen Nordli": the first word is the
    given name, the last the family name, what is between the middle name; a particle (van, de, von …) opens
    the family name. One word alone is a given name. It is a guess: a list that has the parts
    should give them. Raises InvalidName.
    """
    family, comma, given = text.partition(",")
    if comma and family.strip() and given.strip():
        return parse(given=given, family=family)
    words = text.replace(",", " ").split()
    if len(words) < 2:
        return parse(given=" ".join(words))
    start = next((i for i, word in enumerate(words) if i and word.lower() in _PARTICLES), len(words) - 1)
    return parse(given=words[0], middle=" ".join(words[1:start]), family=" ".join(words[start:]))


def sort_key(*parts: str) -> str:
    """Return the parts as one ASCII-ordered key: words joined by "-", parts by ",".

    So "Berg, Åse" comes before "Berg Dahl, Anne". Letters outside the Latin alphabet follow å.
    """
    return ",".join(key for key in map(_sort_part, parts) if key)[:MAX_KEY]


def search_key(text: str) -> str:
    """Return `text` for trigram search, on both sides of the comparison.

    å, aa and a meet, so do æ, ä and ae, and ø, ö, o and oe; marks, case, hyphens and apostrophes do not
    count. Applied twice it changes nothing.
    """
    folded = _unmarked(_decomposed(text).replace("a\u0308", "ae")).translate(_SEARCH_LETTERS)
    folded = re.sub("oe+", "o", re.sub("aa+", "a", folded))
    return _BETWEEN.sub(" ", folded).strip()[:MAX_KEY].rstrip()


def _part(text: str) -> str:
    if not text or (text.isalpha() and text.isascii()):
        return text
    part = _SPACE.sub(" ", unicodedata.normalize("NFC", _UNSEEN.sub("", text))).strip(" ,;")
    if part and not (all(map(_in_a_name, part)) and any(sign.isalpha() for sign in part)):
        raise InvalidName("name.not_a_name")
    return part


def _in_a_name(sign: str) -> bool:
    """Whether it is a letter, a mark on one, or one of the few other signs."""
    return sign in _SIGNS or unicodedata.category(sign)[0] in "LM"


def _decomposed(text: str) -> str:
    # Casefolding can yield new marks (İ) and NFKD new capitals: fold between two normalisations.
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return folded.translate(_LETTERS)


def _unmarked(decomposed: str) -> str:
    return unicodedata.normalize("NFC", _MARKS.sub("", decomposed))


def _sort_part(text: str) -> str:
    keyed = _SORTED.sub(lambda found: _SORT[found[0]], _decomposed(_BRACES.sub(" ", text)))
    return _BETWEEN_SORTED.sub("-", _unmarked(keyed)).strip("-")
