"""Postal addresses: lines, postcode, place, country. Norwegian postcodes have four digits."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from babel import Locale

from hjemmel.domain.people.formats.invalid import Invalid

_POSTCODE: Final = re.compile(r"(?:NO?[\- ]?)?([0-9]{4})", re.IGNORECASE)
_DROPPED_ZERO: Final = re.compile(r"[1-9][0-9]{2}")
_WITH_PLACE: Final = re.compile(r"((?:NO?[\- ]?)?[0-9]{4})[ ,]+(\D.*)", re.IGNORECASE)
_COUNTRIES: Final = {"noreg": "NO", "uk": "GB", "england": "GB", "skottland": "GB", "usa": "US", "n": "NO"}

MAX_LINES: Final = 4
MAX_LINE: Final = 100
MAX_LINES_TOGETHER: Final = 300
MAX_POSTCODE: Final = 12


class InvalidAddress(Invalid):
    """Raised when an address cannot be held; `code` starts with "postal."."""


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address; `country` is an ISO 3166 code. `repr` never shows it."""

    lines: tuple[str, ...] = field(repr=False)
    postcode: str = field(repr=False)
    place: str = field(repr=False)
    country: str = field(repr=False, default="NO")

    @property
    def display(self) -> str:
        """Return the address as on an envelope, one line each; the country in capitals when it is abroad."""
        last = f"{self.postcode} {self.place}".strip()
        abroad = "" if self.country == "NO" else Locale.parse("nb").territories[self.country].upper()
        return "\n".join(line for line in (*self.lines, last, abroad) if line)


def parse(lines: Iterable[str], *, postcode: str = "", place: str = "", country: str = "") -> Address | None:
    """Return the address, or None when every part is empty.

    A postcode and place written in one field ("0150 Oslo") are divided. Three digits get back the zero that
    spreadsheets drop: no other Norwegian postcode has three. Raises InvalidAddress.
    """
    kept = tuple([line for text in lines for part in text.splitlines() if (line := _tidy(part))])
    code, town, nation = _tidy(postcode), _tidy(place), _country(country)
    if not (kept or code or town):
        return None
    longest = max(map(len, (*kept, town)))
    if longest > MAX_LINE or len(kept) > MAX_LINES or len("\n".join(kept)) > MAX_LINES_TOGETHER:
        raise InvalidAddress("postal.too_long")
    if nation == "NO":
        code, town = _norwegian(code, town)
    elif len(code) > MAX_POSTCODE:
        raise InvalidAddress("postal.too_long")
    return Address(lines=kept, postcode=code, place=town, country=nation)


def _norwegian(code: str, place: str) -> tuple[str, str]:
    if not (code and place) and (both := _WITH_PLACE.fullmatch(code or place)):
        code, place = both[1], both[2]
    if not code:
        return "", place
    if found := _POSTCODE.fullmatch(code):
        return found[1], place
    if _DROPPED_ZERO.fullmatch(code):
        return f"0{code}", place
    raise InvalidAddress("postal.postcode")


def _tidy(text: str) -> str:
    return " ".join(text.split()) if text.isascii() else " ".join(unicodedata.normalize("NFC", text).split())


def _country(text: str) -> str:
    if not text or text in ("NO", "Norge"):
        return "NO"
    word = _tidy(text).casefold()
    code = _COUNTRIES.get(word) or _codes().get(word)
    if word and not code:
        raise InvalidAddress("postal.country")
    return code or "NO"


@cache
def _codes() -> dict[str, str]:
    """Return names of countries (nb, nn, en) and their two-letter codes, each with its code."""
    found: dict[str, str] = {}
    for locale in ("en", "nn", "nb"):
        for code, name in Locale.parse(locale).territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "ZZ", "QO", "XA", "XB"):
                found[name.casefold()] = found[code.casefold()] = code
    return found
