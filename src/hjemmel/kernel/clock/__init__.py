"""What day it is: dates in Europe/Oslo, one truth for Python and SQL.

`today()` and the SQL function `kernel.today()` agree. A moved day (`HJEMMEL_TODAY`, or `at()` in tests) is
heeded by the database only where the installation row says demo or test; expiry of sessions and links
uses real time and never asks here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import connection

OSLO = ZoneInfo("Europe/Oslo")
NIGHT = time(2, 17)  # UTC: when what is due goes; a new day has begun in Oslo, summer and winter
_moved: ContextVar[date | None] = ContextVar("hjemmel_today", default=None)


def today() -> date:
    """The legal day in Europe/Oslo, or the moved day of a demonstration or test."""
    return moved() or datetime.now(OSLO).date()


def moved() -> date | None:
    """The day asked for by `at()` or HJEMMEL_TODAY; None on an ordinary day, and always in production."""
    day: date | None = _moved.get() or getattr(settings, "HJEMMEL_TODAY", None)
    return day if day is not None and _movable() else None


def last_night(now: datetime | None = None) -> date:
    """The day of the last night whose time has come: yesterday, in the hours before today's. On a day that a
    demonstration or a test was moved to there is no hour, and its night has come.
    """
    day = moved()
    if day is not None and now is None:
        return day
    since = timedelta(hours=NIGHT.hour, minutes=NIGHT.minute)
    return ((now or datetime.now(UTC)).astimezone(UTC) - since).date()


@lru_cache(maxsize=1)
def _movable() -> bool:
    """Whether the installation is a demonstration or a test; asked once, and only where a day is moved."""
    with connection.cursor() as cursor:
        cursor.execute("select kind <> 'production' from public.clock_installation")
        row = cursor.fetchone()
    return row is None or bool(row[0])


def forget() -> None:
    """Ask again what kind of register this is: another database is looked into."""
    _movable.cache_clear()


@contextmanager
def at(day: date) -> Iterator[None]:
    """Let this context live on `day`, in Python and (in the open transaction) in the database."""
    before = moved()
    token = _moved.set(day)
    tell_database()
    try:
        yield
    finally:
        _moved.reset(token)
        tell_database(before)


def tell_database(day: date | None = None) -> None:
    """Give the open transaction the moved day; outside a transaction it lasts for the statement only."""
    day = day or moved()
    with connection.cursor() as cursor:
        cursor.execute("select set_config('hjemmel.today', %s, true)", [day.isoformat() if day else ""])


def after(start: date, *, years: int = 0, months: int = 0, days: int = 0) -> date:
    """`start` plus a calendar period, clipped at month end as PostgreSQL's `date + interval` clips."""
    return start + relativedelta(years=years, months=months, days=days)
