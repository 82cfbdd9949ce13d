import datetime as dt

import pytest
from django.utils import translation

from hjemmel.faces.look import writing

TODAY = dt.date(2026, 11, 23)


def soft(text: str) -> str:
    """The text with ordinary spaces, so that the expectation can be read."""
    return text.replace(writing.HARD_SPACE, " ")


@pytest.mark.parametrize(
    ("language", "expected"), [("nb", "14. mars 2026"), ("nn", "14. mars 2026"), ("en", "14 March 2026")]
)
def test_a_date_is_written_in_full_and_never_broken(language, expected):
    with translation.override(language):
        written = writing.day(dt.date(2026, 3, 14))
    assert soft(written) == expected
    assert " " not in written


def test_a_moment_is_told_in_norwegian_time():
    assert soft(writing.moment(dt.datetime(2026, 3, 14, 23, 5, tzinfo=dt.UTC))) == "15. mars 2026 kl. 00.05"


def test_the_day_of_a_moment_is_the_norwegian_day():
    assert soft(writing.day(dt.datetime(2026, 3, 14, 23, 5, tzinfo=dt.UTC))) == "15. mars 2026"


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, "i dag"),
        (1, "i morgen"),
        (-1, "i går"),
        (3, "om 3 dager"),
        (-13, "for 13 dager siden"),
        (14, "om 2 uker"),
        (-60, "for 2 måneder siden"),
        (729, "om 24 måneder"),
        (1826, "om 5 år"),
    ],
)
def test_distance_from_today(days, expected):
    assert writing.distance(TODAY + dt.timedelta(days=days), TODAY) == expected


@pytest.mark.parametrize(
    ("ore", "expected"),
    [
        (0, "0,00 kr"),
        (5, "0,05 kr"),
        (123_450, "1 234,50 kr"),
        (-123_450, "\N{MINUS SIGN}1 234,50 kr"),
        (100_000_000, "1 000 000,00 kr"),
    ],
)
def test_amounts(ore, expected):
    assert soft(writing.kroner(ore)) == expected


def test_numbers_have_a_space_between_thousands():
    assert writing.number(1_234_567) == "1\N{NO-BREAK SPACE}234\N{NO-BREAK SPACE}567"


@pytest.mark.parametrize(
    ("stored", "expected"),
    [("+4768050123", "+47 68 05 01 23"), ("+4791234567", "+47 912 34 567"), ("ring kona", "ring kona")],
)
def test_phone_numbers_come_in_groups(stored, expected):
    assert soft(writing.phone(stored)) == expected


@pytest.mark.parametrize(
    ("language", "expected"), [("nb", "over 1 000"), ("nn", "over 1 000"), ("en", "over 1,000")]
)
def test_a_count_that_was_capped_says_so(language, expected):
    with translation.override(language):
        assert soft(writing.counted(1000, True)) == expected
        assert soft(writing.counted(1000, False)) == expected.removeprefix("over ")
