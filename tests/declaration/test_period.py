import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hjemmel.declaration import Period

periods = st.builds(Period, st.integers(0, 200), st.integers(0, 600), st.integers(0, 5000))
days = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@given(periods)
def test_text_is_read_back_as_the_same_period(period: Period) -> None:
    assert Period.parse(str(period)) == period


@pytest.mark.parametrize(
    "text", ["", "P", "5Y", "P5", "p5y", "P-1Y", "P1.5Y", "P1W", "PT1H", "P1M1Y", "P5Y ", "P٥Y", "P0Y0"]
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a period"):
        Period.parse(text)


def test_no_period_counts_backwards() -> None:
    with pytest.raises(ValueError, match="counts forward"):
        Period(days=-1)


@pytest.mark.parametrize(
    ("day", "period", "due"),
    [
        ("2024-02-29", "P1Y", "2025-02-28"),
        ("2024-02-29", "P4Y", "2028-02-29"),
        ("2026-01-31", "P1M", "2026-02-28"),
        ("2026-03-31", "P1M1D", "2026-05-01"),
        ("2023-12-31", "P1Y2M", "2025-02-28"),
        ("2026-11-23", "P30D", "2026-12-23"),
        ("2026-11-23", "P0D", "2026-11-23"),
    ],
)
def test_calendar_periods_are_clipped_once_at_the_end_of_the_month(day: str, period: str, due: str) -> None:
    assert Period.parse(period).add_to(date.fromisoformat(day)) == date.fromisoformat(due)


@given(days, periods)
def test_adding_agrees_with_counting_by_hand(day: date, period: Period) -> None:
    months = day.year * 12 + day.month - 1 + period.years * 12 + period.months
    year, month = months // 12, months % 12 + 1
    clipped = min(day.day, calendar.monthrange(year, month)[1])
    expected = date.fromordinal(date(year, month, clipped).toordinal() + period.days)
    assert period.add_to(day) == expected


@given(days, days, periods)
def test_a_later_day_is_never_due_earlier(one: date, other: date, period: Period) -> None:
    first, second = sorted((one, other))
    assert period.add_to(first) <= period.add_to(second)


@pytest.mark.parametrize(
    ("text", "nb", "nn", "en"),
    [
        ("P5Y", "5 år", "5 år", "5 years"),
        ("P1Y", "1 år", "1 år", "1 year"),
        ("P3M", "3 måneder", "3 månader", "3 months"),
        ("P1D", "1 dag", "1 dag", "1 day"),
        ("P1Y6M", "1 år og 6 måneder", "1 år og 6 månader", "1 year and 6 months"),
        ("P1Y1M2D", "1 år, 1 måned og 2 dager", "1 år, 1 månad og 2 dagar", "1 year, 1 month and 2 days"),
        ("P0D", "ingen tid", "inga tid", "no time"),
    ],
)
def test_periods_in_words(text: str, nb: str, nn: str, en: str) -> None:
    period = Period.parse(text)
    assert [period.in_words(lang) for lang in ("nb", "nn", "en")] == [nb, nn, en]


def test_no_time_at_all_is_false() -> None:
    assert not Period()
    assert Period(days=1)


def test_past_the_last_day_of_the_calendar_is_that_day() -> None:
    assert Period(days=999_999).add_to(date(9000, 1, 1)) == date.max
    assert Period(years=999).add_to(date(9999, 1, 1)) == date.max
