from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hjemmel.domain.people.formats import dates
from hjemmel.domain.people.formats.dates import InvalidDate

TODAY = date(2026, 11, 23)
ANY_DAY = st.dates(date(1850, 1, 1), date(2149, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "14.03.2001",
        "14.3.2001",
        "14/3/2001",
        "14/3-2001",
        "14-03-2001",
        "14 03 2001",
        "14. 3. 2001",
        "2001-03-14",
        "2001.03.14",
        "2001/3/14",
        "2001-03-14 00:00:00",
        "2001-03-14T12:30",
        "14.03.2001 00:00:00",
        "20010314",
        "14032001",
        "14. mars 2001",
        "14 mars 2001",
        "14.mar.2001",
        "14-Mar-2001",
        "14. March 2001",
        " 14.03.2001. ",
    ],
)
def test_every_accepted_style_is_the_same_day(text):
    assert dates.parse(text) == date(2001, 3, 14)
    assert dates.parse_birth(text, today=TODAY) == date(2001, 3, 14)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "date.empty"),
        ("i går", "date.unknown_style"),
        ("2001", "date.spreadsheet"),
        ("36964", "date.spreadsheet"),
        ("36964,5", "date.spreadsheet"),
        ("########", "date.spreadsheet"),
        ("#VERDI!", "date.spreadsheet"),
        ("2,00103E+07", "date.spreadsheet"),
        ("03/14/2001", "date.month_first"),
        ("31.02.2001", "date.no_such_day"),
        ("29.02.2023", "date.no_such_day"),
        ("00.00.0000", "date.no_such_day"),
        ("2001-14-03", "date.month_first"),
        ("99999999", "date.no_such_day"),
        ("14.03.1742", "date.year"),
        ("14.03.01", "date.two_digit_year"),
        ("140301", "date.unknown_style"),
        ("14. foo 2001", "date.unknown_style"),
        ("2001-03/14", "date.unknown_style"),
    ],
)
def test_other_texts_are_refused_with_their_reason(text, code):
    with pytest.raises(InvalidDate) as refused:
        dates.parse(text)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("23.11.26", date(2026, 11, 23)),
        ("24.11.26", date(1926, 11, 24)),
        ("14.03.01", date(2001, 3, 14)),
        ("14/3-57", date(1957, 3, 14)),
        ("140357", date(1957, 3, 14)),
        ("14. mars '57", date(1957, 3, 14)),
        ("29.02.00", date(2000, 2, 29)),
    ],
)
def test_a_two_digit_birth_year_gets_the_latest_century_not_in_the_future(text, born):
    assert dates.parse_birth(text, today=TODAY) == born


@pytest.mark.parametrize(
    ("text", "code"),
    [("24.11.2026", "date.future"), ("23.11.1900", "date.too_old"), ("29.02.27", "date.no_such_day")],
)
def test_impossible_birth_dates_are_refused(text, code):
    with pytest.raises(InvalidDate) as refused:
        dates.parse_birth(text, today=TODAY)

    assert refused.value.code == code


def test_display_is_norwegian():
    assert dates.display(date(2026, 3, 4)) == "4. mars 2026"
    assert dates.display(date(2026, 3, 4), form="short") == "04.03.2026"


@given(ANY_DAY)
def test_every_day_survives_all_styles(day):
    styles = [
        dates.display(day),
        dates.display(day, form="short"),
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day:%d%m%Y}",
        f"{day.day}/{day.month}-{day.year}",
    ]

    assert {dates.parse(style) for style in styles} == {day}


@given(st.integers(0, 36_500))
def test_two_digits_are_enough_for_a_hundred_years(days):
    born = TODAY - timedelta(days=days)

    assert dates.parse_birth(f"{born:%d.%m.%y}", today=TODAY) == born


@given(st.text(max_size=15))
def test_any_text_is_a_date_or_refused(text):
    try:
        day = dates.parse_birth(text, today=TODAY)
    except InvalidDate as refused:
        assert refused.do  # noqa: PT017 - either way is right
    else:
        assert day <= TODAY
