"""Telephone numbers: stored as E.164, written the Norwegian way.

Norwegian numbers (eight digits, the first 2 to 9) take a path of their own: fast, and independent of which
series phonenumbers' tables know this month. Others are asked of phonenumbers, only whether they are possible.
"""

import re
from dataclasses import dataclass, field
from typing import Final

import phonenumbers

from hjemmel.domain.people.formats.invalid import Invalid

_NORWEGIAN: Final = re.compile(r"(?:(?:\+|00)?47)?([2-9][0-9]{7})")
_LABEL: Final = re.compile(r"^(?:tlf|tel|telefon|mob|mobil)\b[.: ]*", re.IGNORECASE)
_SEPARATORS: Final = re.compile(r"[\s\u00a0\u202f()./\-\u2010-\u2013]+")
_SPREADSHEET: Final = re.compile(r"\+?\d[.,]\d+E\+?\d+|\d{8,12}[.,]0", re.IGNORECASE)
_DIGITS: Final = re.compile(r"\+?[0-9]+")
_SEVERAL: Final = re.compile(r"\s*[;,/]\s*|\s+(?:og|eller)\s+|\s*\n\s*")
_MOBILE_LIKE: Final = "489"

_TOO: Final = {
    phonenumbers.ValidationResult.TOO_SHORT: "phone.too_short",
    phonenumbers.ValidationResult.TOO_LONG: "phone.too_long",
}


class InvalidPhone(Invalid):
    """Raised when a text is not a telephone number; `code` starts with "phone."."""


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as E.164 ("+4768050123"). `repr` never shows it."""

    e164: str = field(repr=False)

    @property
    def display(self) -> str:
        """Return the number grouped for reading: +47 912 34 567, +47 68 05 01 23, foreign ones by custom."""
        if self.e164.startswith("+47") and len(self.e164) == len("+4768050123"):
            n = self.e164[3:]
            if n[0] in _MOBILE_LIKE:
                return f"+47 {n[:3]} {n[3:5]} {n[5:]}"
            return f"+47 {n[:2]} {n[2:4]} {n[4:6]} {n[6:]}"
        number = phonenumbers.parse(self.e164)
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def parse(text: str) -> Phone:
    """Return the number in `text`; without a country code it is Norwegian. Raises InvalidPhone.

    A bare 47 before eight digits counts as the country code, since spreadsheets drop the plus sign.
    """
    stripped = text.strip()
    if not stripped:
        raise InvalidPhone("phone.empty")
    if stripped[0] in "tTmM":
        stripped = _LABEL.sub("", stripped)
    if _SPREADSHEET.fullmatch(stripped):
        raise InvalidPhone("phone.spreadsheet")
    digits = _SEPARATORS.sub("", stripped)
    if norwegian := _NORWEGIAN.fullmatch(digits):
        return Phone(f"+47{norwegian[1]}")
    if not _DIGITS.fullmatch(digits):
        raise InvalidPhone("phone.letters")
    return _foreign(digits)


def split(text: str) -> list[str]:
    """Return the numbers written in one field, divided by ; , / "og", "eller" or a line break."""
    return [part for part in _SEVERAL.split(text.strip()) if part]


def _foreign(digits: str) -> Phone:
    international = f"+{digits[2:]}" if digits.startswith("00") else digits
    if not international.startswith("+"):
        raise InvalidPhone("phone.too_short" if len(digits) < len("68050123") else _long_or_odd(digits))
    try:
        number = phonenumbers.parse(international)
    except phonenumbers.NumberParseException:
        raise InvalidPhone("phone.impossible") from None
    verdict = phonenumbers.is_possible_number_with_reason(number)
    if number.country_code == 47:
        length = len(international) - len("+47")
        raise InvalidPhone("phone.too_short" if length < len("68050123") else _long_or_odd(international[3:]))
    if verdict != phonenumbers.ValidationResult.IS_POSSIBLE:
        raise InvalidPhone(_TOO.get(verdict, "phone.impossible"))
    return Phone(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _long_or_odd(digits: str) -> str:
    return "phone.too_long" if len(digits) > len("68050123") else "phone.impossible"
