"""Calendar periods: ISO 8601 durations of years, months and days.

A period is added to a date as PostgreSQL adds an interval: years and months together, clipped once at the end
of the month (29 February plus a year is 28 February), then the days. Weeks and hours are not periods here:
what the law and a statement speak of is years, months and days.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from dateutil.relativedelta import relativedelta

_ISO = re.compile(r"P(?:(?P<years>\d{1,3})Y)?(?:(?P<months>\d{1,4})M)?(?:(?P<days>\d{1,6})D)?", re.ASCII)
_WORDS = {
    "nb": (("år", "år"), ("måned", "måneder"), ("dag", "dager"), "og", "ingen tid"),
    "nn": (("år", "år"), ("månad", "månader"), ("dag", "dagar"), "og", "inga tid"),
    "en": (("year", "years"), ("month", "months"), ("day", "days"), "and", "no time"),
}


@dataclass(frozen=True, slots=True)
class Period:
    """So many years, months and days. Not normalised: P12M and P1Y are different texts, equal in effect."""

    years: int = 0
    months: int = 0
    days: int = 0

    def __post_init__(self) -> None:
        if min(self.years, self.months, self.days) < 0:
            message = f"a period counts forward, not {self.years}, {self.months}, {self.days}"
            raise ValueError(message)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an ISO 8601 duration such as P5Y, P3M or P30D, under 1000 years. Raises ValueError else."""
        found = _ISO.fullmatch(text)
        if found is None or text == "P":
            message = f"{text!r} is not a period such as P5Y, P3M or P30D"
            raise ValueError(message)
        return cls(**{name: int(number or 0) for name, number in found.groupdict().items()})

    def __str__(self) -> str:
        """The ISO 8601 text. No time at all is P0D."""
        parts = [f"{n}{sign}" for n, sign in ((self.years, "Y"), (self.months, "M"), (self.days, "D")) if n]
        return "P" + ("".join(parts) or "0D")

    def __bool__(self) -> bool:
        """Whether the period lasts at all."""
        return bool(self.years or self.months or self.days)

    def add_to(self, day: date) -> date:
        """Return the day this period after `day`, or the last of the calendar (31.12.9999)."""
        try:
            return day + relativedelta(years=self.years, months=self.months, days=self.days)
        except (ValueError, OverflowError):
            return date.max

    def in_words(self, lang: str = "nb") -> str:
        """Return the period as it is said: "5 år", "1 år og 6 måneder". Languages nb, nn and en."""
        *units, joiner, nothing = _WORDS[lang]
        parts = [
            f"{number} {one if number == 1 else many}"
            for number, (one, many) in zip((self.years, self.months, self.days), units, strict=True)
            if number
        ]
        if not parts:
            return str(nothing)
        return f" {joiner} ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
