"""Dates as people and systems write them in Norway: the day first, or ISO.

Accepted: 14.03.2001, 14.3.2001, 14/3-2001, 14-03-2001, 14 03 2001, 2001-03-14 (also 2001.03.14, 2001/03/14,
and with a time after it, which is left out), 20010314, 14032001, 14. mars 2001, 14 mar 2001. Months by
name in bokmål, nynorsk and English. 03/04/2001 is 3 April; the American order is refused where it shows.
"""

import re
from datetime import date
from typing import Final, Literal

from hjemmel.domain.people.formats.invalid import Invalid
from hjemmel.kernel.clock import days

_MONTHS: Final = (
    "januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
    "desember",
)  # fmt: skip
_OTHER_MONTHS: Final = {
    "january": 1, "february": 2, "march": 3, "may": 5, "june": 6, "july": 7, "october": 10, "oct": 10,
    "december": 12, "dec": 12, "sept": 9,
}  # fmt: skip
_MONTH: Final = _OTHER_MONTHS | {
    word: number for number, name in enumerate(_MONTHS, start=1) for word in (name, name[:3])
}
_DAY_FIRST: Final = re.compile(
    r"([0-9]{1,2})(?:\. |[./\- ])([0-9]{1,2})(?:\. |[./\- ])([0-9]{4}|'?[0-9]{2})\.?"
)
_ISO: Final = re.compile(
    r"([0-9]{4})([./\-])([0-9]{1,2})\2([0-9]{1,2})(?:[T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
)
_NAMED: Final = re.compile(r"([0-9]{1,2})\.?[ \-]*([a-zA-Z]{3,9})\.?[ \-,]*([0-9]{4}|'?[0-9]{2})")
_TIME: Final = re.compile(r" 0?0[:.]00(?:[:.]00)?")
_COMPACT: Final = re.compile(r"[0-9]{8}")
_SIX: Final = re.compile(r"[0-9]{6}")
_SPREADSHEET: Final = re.compile(
    r"#+|[0-9]{4,5}(?:[.,][0-9]+)?|[0-9][.,][0-9]+E\+?[0-9]+|#(?:VERDI|VALUE|REF|N/A|NAVN|NAME).*",
    re.IGNORECASE,
)

FIRST_YEAR: Final = days.FIRST.year
LAST_YEAR: Final = days.LAST.year
OLDEST_AGE: Final = 125


class InvalidDate(Invalid):
    """Raised when a text is not a date that is accepted; `code` starts with "date."."""


def parse(text: str) -> date:
    """Return the date in `text`, whose year must have four digits. Raises InvalidDate."""
    return _read(text, latest=None)


def parse_birth(text: str, *, today: date) -> date:
    """Return the birth date in `text`, not after `today` and at most 125 years before it.

    A two-digit year gets the latest century that does not put the date after `today`: in 2026, "14.03.26" is
    2026 and "14.03.27" is 1927. So a person over a hundred needs all four digits. Raises InvalidDate.
    """
    born = _read(text, latest=today)
    if born > today:
        raise InvalidDate("date.future")
    if today.year - born.year > OLDEST_AGE:
        raise InvalidDate("date.too_old")
    return born


def display(day: date, *, form: Literal["long", "short"] = "long") -> str:
    """Return "14. mars 2026", or "14.03.2026" when `form` is "short"."""
    if form == "short":
        return f"{day.day:02}.{day.month:02}.{day.year:04}"
    return f"{day.day}. {_MONTHS[day.month - 1]} {day.year}"


def _read(text: str, *, latest: date | None) -> date:
    """`latest` is today for a birth date, which may have a two-digit year, and None for any other date."""
    written = " ".join(text.split())
    if found := _DAY_FIRST.fullmatch(written):
        return _build(found[3], int(found[2]), int(found[1]), latest)
    if found := _ISO.fullmatch(written):
        return _build(found[1], int(found[3]), int(found[4]), latest)
    if not written:
        raise InvalidDate("date.empty")
    if (found := _NAMED.fullmatch(written)) and (month := _MONTH.get(found[2].lower())):
        return _build(found[3], month, int(found[1]), latest)
    if _COMPACT.fullmatch(written):
        return _compact(written)
    if _SIX.fullmatch(written) and latest:
        return _build(written[4:], int(written[2:4]), int(written[:2]), latest)
    if _SPREADSHEET.fullmatch(written):
        raise InvalidDate("date.spreadsheet")
    if without_time := _TIME.search(written):
        return _read(written[: without_time.start()], latest=latest)
    raise InvalidDate("date.unknown_style")


def _build(written_year: str, month: int, day: int, latest: date | None) -> date:
    year = written_year.lstrip("'")
    if len(year) == 2:
        if latest is None:
            raise InvalidDate("date.two_digit_year")
        return _latest_century(int(year), month, day, latest)
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        # A zero date ("00.00.0000") is a blank of some systems, not a year gone wrong.
        raise InvalidDate("date.year" if month and day else "date.no_such_day")
    return _date(int(year), month, day)


def _latest_century(year: int, month: int, day: int, latest: date) -> date:
    century = latest.year // 100 * 100
    this = century + year
    if (this, month, day) > (latest.year, latest.month, latest.day):
        return _date(this - 100, month, day)
    return _date(this, month, day)


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        american = month > 12 and 1 <= day <= 12
        raise InvalidDate("date.month_first" if american else "date.no_such_day") from None


def _compact(written: str) -> date:
    """Eight digits are year first or day first; no date of the accepted years is both."""
    year_first = int(written[:4]), int(written[4:6]), int(written[6:])
    day_first = int(written[4:]), int(written[2:4]), int(written[:2])
    for year, month, day in (year_first, day_first):
        if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12:
            return _date(year, month, day)
    raise InvalidDate("date.no_such_day")
