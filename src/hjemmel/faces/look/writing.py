"""How dates, numbers, money and phone numbers are written, in the language in use."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Literal

import phonenumbers
from django.utils import timezone
from django.utils.formats import date_format, get_format, number_format
from django.utils.translation import get_language, gettext, ngettext

from hjemmel.domain.people.formats.phone import Phone

Unit = Literal["day", "week", "month", "year"]

HARD_SPACE = "\N{NO-BREAK SPACE}"


def day(value: date) -> str:
    """Return a date in full, "14. mars 2026"; of a datetime the day in the current time zone."""
    plain = _local(value)
    if (get_language() or "").startswith("en"):
        return date_format(plain, "j F Y").replace(" ", HARD_SPACE)
    return date_format(plain, "j. F Y").replace(" ", HARD_SPACE)


def moment(value: datetime) -> str:
    """Return date and time of day, "14. mars 2026 kl. 09.05"."""
    clock = timezone.localtime(value) if timezone.is_aware(value) else value
    return gettext("%(day)s at %(time)s") % {"day": day(value), "time": clock.strftime("%H.%M")}


def distance(value: date, today: date) -> str:
    """Return how far a date is from today, "om 3 dager"; meant to stand beside the date, never alone."""
    days = (_local(value) - today).days
    near = {0: gettext("today"), 1: gettext("tomorrow"), -1: gettext("yesterday")}
    if days in near:
        return near[days]
    unit, size = _largest_unit(abs(days))
    return _WORDS[unit, days > 0](size) % {"n": size}


def number(value: float) -> str:
    """Return a number with a hard space between thousands, "12 480"."""
    return number_format(value, use_l10n=True, force_grouping=True).replace(" ", HARD_SPACE)


def counted(count: int, over: bool) -> str:  # noqa: FBT001 - a filter's argument has no name
    """Return how many there are, "12 480"; where more are there than were counted, "over 1 000"."""
    return gettext("over %(n)s") % {"n": number(count)} if over else number(count)


def kroner(ore: int) -> str:
    """Return an amount of øre as kroner, "1 234,50 kr"; whole kroner too have two decimals, to align."""
    sign = "\N{MINUS SIGN}" if ore < 0 else ""
    whole, rest = divmod(abs(ore), 100)
    return f"{sign}{number(whole)}{get_format('DECIMAL_SEPARATOR')}{rest:02}{HARD_SPACE}kr"


def phone(text: str) -> str:
    """Return an E.164 number in groups, "+47 912 34 567"; what cannot be read is returned as it stands."""
    try:
        return Phone(text).display.replace(" ", HARD_SPACE)
    except phonenumbers.NumberParseException:
        return text


_WORDS: dict[tuple[Unit, bool], Callable[[int], str]] = {
    ("day", True): lambda n: ngettext("in %(n)s day", "in %(n)s days", n),
    ("day", False): lambda n: ngettext("%(n)s day ago", "%(n)s days ago", n),
    ("week", True): lambda n: ngettext("in %(n)s week", "in %(n)s weeks", n),
    ("week", False): lambda n: ngettext("%(n)s week ago", "%(n)s weeks ago", n),
    ("month", True): lambda n: ngettext("in %(n)s month", "in %(n)s months", n),
    ("month", False): lambda n: ngettext("%(n)s month ago", "%(n)s months ago", n),
    ("year", True): lambda n: ngettext("in %(n)s year", "in %(n)s years", n),
    ("year", False): lambda n: ngettext("%(n)s year ago", "%(n)s years ago", n),
}


def _largest_unit(days: int) -> tuple[Unit, int]:
    if days < 14:
        return "day", days
    if days < 56:
        return "week", days // 7
    if days < 730:
        return "month", round(days / 30.44)
    return "year", round(days / 365.25)


def _local(value: date) -> date:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value
