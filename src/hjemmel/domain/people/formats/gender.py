"""Gender as people write it in lists. A single digit is refused: lists use 0/1 and 1/2 both ways round."""

from enum import StrEnum
from typing import Final

from hjemmel.domain.people.formats.invalid import Invalid


class Gender(StrEnum):
    """The values the register holds; not known is no value at all."""

    WOMAN = "woman"
    MAN = "man"
    OTHER = "other"


class InvalidGender(Invalid):
    """Raised when a word for gender is not known; `code` is "gender.unknown"."""


_WORDS: Final[dict[Gender, str]] = {
    Gender.WOMAN: "k kv kvinne kvinna kvinnelig kvinneleg jente dame f fem female w woman girl hunkjønn",
    Gender.MAN: "m mann mannlig mannleg gutt herre male man boy hankjønn",
    Gender.OTHER: "a annet anna andre ikke-binær ikkebinær ikkje-binær x other non-binary nonbinary hen",
}
_GENDER: Final = {word: gender for gender, words in _WORDS.items() for word in words.split()}
_NOT_KNOWN: Final = frozenset(
    {"", "-", "?", "u", "ukjent", "ukjend", "ikke oppgitt", "ikkje oppgitt", "ønsker ikke å oppgi", "unknown"}
)


def parse(text: str) -> Gender | None:
    """Return the gender, or None where the text says that it is not known. Raises InvalidGender."""
    word = " ".join(text.casefold().split()).rstrip(".")
    if word in _NOT_KNOWN:
        return None
    try:
        return _GENDER[word]
    except KeyError:
        raise InvalidGender("gender.unknown") from None
