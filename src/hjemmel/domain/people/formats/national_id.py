"""Norwegian national identity numbers: fødselsnummer and D-number, real and synthetic series.

Eleven digits: DDMMYY, three digits, two control digits (k1, k2; weighted sums modulo 11). A D-number has the
day + 40. Synthetic numbers have the month + 80 (Skatteetaten's Tenor) or + 40 (NAV). Numbers issued from
1 January 2032, also to people born earlier, may leave 0, 1, 2 or 3 where k1 always left 0; both rules hold
side by side. Since then the number tells neither sex nor century, so nothing here derives them.
Source: Skatteetaten, folkeregisteret-api-dokumentasjon, "Nytt fødselsnummer fra 2032".
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final, Literal

from hjemmel.domain.people.formats.invalid import Invalid

_K1_WEIGHTS: Final = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_K2_WEIGHTS: Final = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_K1_REMAINDERS_2032: Final = frozenset({0, 1, 2, 3})
_DAYS_IN_MONTH: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SEPARATORS: Final = re.compile(r"[\s\u00a0\u202f.\-\u2010-\u2013]+")
_SPREADSHEET: Final = re.compile(r"\d[.,]\d+E\+?\d+|\d{10,11}[.,]0+", re.IGNORECASE)
_DIGITS: Final = re.compile(r"[0-9]+")

LENGTH: Final = 11


class Kind(StrEnum):
    """Who issues the number to whom."""

    BIRTH_NUMBER = "birth_number"
    D_NUMBER = "d_number"


class Series(StrEnum):
    """Whether a number may belong to a living person."""

    REAL = "real"
    TENOR = "tenor"
    NAV = "nav"


class InvalidNationalId(Invalid):
    """Raised when a text is not a number that may be held; `code` starts with "national_id."."""


@dataclass(frozen=True, slots=True)
class NationalId:
    """A checked number. `repr` and `str` never show the digits."""

    digits: str = field(repr=False)
    kind: Kind
    series: Series

    def __str__(self) -> str:
        return self.masked()

    def masked(self) -> str:
        """Return eleven bullets.

        The first six digits tell the birth date, the last five are the half people keep to themselves, and in
        a register of a few thousand any digit of either is a clue. So none is shown.
        """
        return "•" * LENGTH

    @property
    def only_by_2032_rule(self) -> bool:
        """Return whether the number was refused before 2032: then a typing error is likelier than usual."""
        return _remainder(self.digits, _K1_WEIGHTS) != 0

    def agrees_with(self, birth_date: date) -> bool:
        """Return whether day, month and two-digit year are those of `birth_date`; no century is known."""
        day, month, year = _date_part(self.digits)
        return (day, month, year) == (birth_date.day, birth_date.month, birth_date.year % 100)


def parse(text: str, *, allow: Literal["real", "synthetic"]) -> NationalId:
    """Return the number in `text`, which may hold spaces, dots and hyphens.

    `allow` is "real" in production and "synthetic" in demonstrations and tests: each refuses the other, so
    that a demonstration never holds a living person's number. Month + 40 is both NAV's series and the
    hospitals' H-numbers, which cannot be told apart: it passes as synthetic and is refused as real.
    Raises InvalidNationalId.
    """
    digits = _clean(text)
    if digits[0] in "89":
        raise InvalidNationalId("national_id.fh_number")
    kind = Kind.D_NUMBER if digits[0] in "4567" else Kind.BIRTH_NUMBER
    series = _series(digits)
    if not _is_date(*_date_part(digits)):
        raise InvalidNationalId("national_id.date")
    if not _controls_hold(digits):
        raise InvalidNationalId("national_id.checksum")
    if allow == "synthetic" and series is Series.REAL:
        raise InvalidNationalId("national_id.real")
    if allow == "real" and series is Series.NAV and kind is Kind.BIRTH_NUMBER:
        raise InvalidNationalId("national_id.help_number")
    if allow == "real" and series is not Series.REAL:
        raise InvalidNationalId("national_id.synthetic")
    return NationalId(digits=digits, kind=kind, series=series)


def synthetic(birth_date: date, *, serial: int) -> NationalId | None:
    """Return the Tenor-series number of a birth date and a serial 0..999, for demonstrations and tests.

    Returns None where no control digits exist for the serial (about one in six): try the next.
    """
    nine = f"{birth_date.day:02}{birth_date.month + 80:02}{birth_date.year % 100:02}{serial:03}"
    k1 = -_weighted(nine, _K1_WEIGHTS) % 11
    k2 = -_weighted(f"{nine}{k1}", _K2_WEIGHTS) % 11
    if k1 == 10 or k2 == 10:
        return None
    return NationalId(digits=f"{nine}{k1}{k2}", kind=Kind.BIRTH_NUMBER, series=Series.TENOR)


def _clean(text: str) -> str:
    stripped = text.strip()
    if not stripped:
        raise InvalidNationalId("national_id.empty")
    if _SPREADSHEET.fullmatch(stripped):
        raise InvalidNationalId("national_id.spreadsheet")
    digits = _SEPARATORS.sub("", stripped)
    if not _DIGITS.fullmatch(digits):
        raise InvalidNationalId("national_id.not_digits")
    if len(digits) != LENGTH:
        raise InvalidNationalId(f"national_id.too_{'short' if len(digits) < LENGTH else 'long'}")
    return digits


def _series(digits: str) -> Series:
    return {"8": Series.TENOR, "9": Series.TENOR, "4": Series.NAV, "5": Series.NAV}.get(
        digits[2], Series.REAL
    )


def _date_part(digits: str) -> tuple[int, int, int]:
    """Return day, month and two-digit year with the shifts of kind and series taken out."""
    day, month, year = int(digits[0:2]), int(digits[2:4]), int(digits[4:6])
    shift = {Series.REAL: 0, Series.TENOR: 80, Series.NAV: 40}[_series(digits)]
    return day - 40 if day > 40 else day, month - shift, year


def _is_date(day: int, month: int, year: int) -> bool:
    """Return whether the date exists in some century; year 00 counts as leap because 2000 was."""
    if not 1 <= month <= len(_DAYS_IN_MONTH):
        return False
    leap_day_missing = (day, month) == (29, 2) and year % 4 != 0
    return 1 <= day <= _DAYS_IN_MONTH[month - 1] and not leap_day_missing


def _controls_hold(digits: str) -> bool:
    return _remainder(digits, _K1_WEIGHTS) in _K1_REMAINDERS_2032 and _remainder(digits, _K2_WEIGHTS) == 0


def _remainder(digits: str, weights: Iterable[int]) -> int:
    return _weighted(digits, weights) % 11


def _weighted(digits: str, weights: Iterable[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))
