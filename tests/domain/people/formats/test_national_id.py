from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hjemmel.domain.people.formats import national_id
from hjemmel.domain.people.formats.national_id import InvalidNationalId, Kind, Series

# Examples that Skatteetaten and NAV have published for testing (the register itself holds only month + 80).
PUBLISHED_REAL_SERIES = [
    ("02013299997", False),
    ("02013299903", True),
    ("02013299806", False),
    ("30108299920", False),
    ("30108299939", True),
]
PUBLISHED_SYNTHETIC = [
    ("17912099997", Kind.BIRTH_NUMBER, Series.TENOR),
    ("57912075186", Kind.D_NUMBER, Series.TENOR),
    ("15507600333", Kind.BIRTH_NUMBER, Series.NAV),
    ("55507608360", Kind.D_NUMBER, Series.NAV),
]
BIRTH_DATES = st.dates(date(1900, 1, 1), date(2026, 11, 23))


def refusal(text, *, allow):
    with pytest.raises(InvalidNationalId) as refused:
        national_id.parse(text, allow=allow)
    return refused.value.code


@pytest.mark.parametrize(("digits", "only_by_2032_rule"), PUBLISHED_REAL_SERIES)
def test_published_numbers_pass_under_the_old_and_the_2032_rule(digits, only_by_2032_rule):
    number = national_id.parse(digits, allow="real")

    assert (number.kind, number.series) == (Kind.BIRTH_NUMBER, Series.REAL)
    assert number.only_by_2032_rule is only_by_2032_rule
    assert refusal(digits, allow="synthetic") == "national_id.real"


@pytest.mark.parametrize(("digits", "kind", "series"), PUBLISHED_SYNTHETIC)
def test_published_synthetic_numbers_are_classified(digits, kind, series):
    number = national_id.parse(digits, allow="synthetic")

    assert (number.digits, number.kind, number.series) == (digits, kind, series)
    assert not number.only_by_2032_rule


@pytest.mark.parametrize(
    ("digits", "code"),
    [
        ("17912099997", "national_id.synthetic"),
        ("57912075186", "national_id.synthetic"),
        ("15507600333", "national_id.help_number"),  # NAV's series and the hospitals' H-numbers look alike
        ("55507608360", "national_id.synthetic"),
    ],
)
def test_production_refuses_synthetic_numbers(digits, code):
    assert refusal(digits, allow="real") == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "national_id.empty"),
        ("  ", "national_id.empty"),
        ("1791209999A", "national_id.not_digits"),
        ("١٧٩١٢٠٩٩٩٩٧", "national_id.not_digits"),
        ("--", "national_id.not_digits"),
        ("1791209999", "national_id.too_short"),
        ("99997", "national_id.too_short"),
        ("179120999970", "national_id.too_long"),
        ("1,79121E+10", "national_id.spreadsheet"),
        ("17912099997.0", "national_id.spreadsheet"),
        ("87912099997", "national_id.fh_number"),
        ("97912099997", "national_id.fh_number"),
        ("32812099997", "national_id.date"),
        ("00812099997", "national_id.date"),
        ("17932099997", "national_id.date"),
        ("17802099997", "national_id.date"),
        ("17202099997", "national_id.date"),
        ("29822199997", "national_id.date"),
        ("17912099998", "national_id.checksum"),
    ],
)
def test_what_is_no_number_is_refused_with_its_reason(text, code):
    assert refusal(text, allow="synthetic") == code


@pytest.mark.parametrize(
    "text", ["179120 99997", "17.91.20 99997", "179120-99997", "\u00a0179120\u00a099997 "]
)
def test_separators_do_not_count(text):
    assert national_id.parse(text, allow="synthetic").digits == "17912099997"


def test_leap_day_of_the_year_00_exists_because_of_2000():
    numbers = [national_id.synthetic(date(2000, 2, 29), serial=serial) for serial in range(20)]

    assert all(national_id.parse(number.digits, allow="synthetic") for number in numbers if number)


def test_neither_text_nor_refusal_shows_a_digit():
    number = national_id.parse("17912099997", allow="synthetic")
    with pytest.raises(InvalidNationalId) as refused:
        national_id.parse("17912099998", allow="synthetic")

    assert str(number) == number.masked() == "•••••••••••"
    assert not any(sign.isdigit() for sign in repr(number))
    assert "17912099998" not in f"{refused.value} {refused.value.message} {refused.value.do}"


@given(BIRTH_DATES, st.integers(0, 999))
def test_synthetic_numbers_are_valid_and_agree_with_their_birth_date(born, serial):
    number = national_id.synthetic(born, serial=serial)
    assume(number is not None)

    assert national_id.parse(number.digits, allow="synthetic") == number
    assert number.agrees_with(born)
    assert not number.agrees_with(born.replace(year=born.year + 1, day=1))


@given(BIRTH_DATES, st.integers(0, 999), st.integers(0, 9), st.integers(1, 9))
def test_old_rule_numbers_show_every_single_wrong_digit(born, serial, place, shift):
    number = national_id.synthetic(born, serial=serial)
    assume(number is not None)
    wrong = (int(number.digits[place]) + shift) % 10
    digits = number.digits[:place] + str(wrong) + number.digits[place + 1 :]

    # k2 still leaves 0 for the right number only, whatever k1 may leave since 2032.
    assert refusal(digits, allow="synthetic").startswith("national_id.")


@given(st.text(max_size=15))
def test_any_text_is_a_number_or_refused(text):
    try:
        number = national_id.parse(text, allow="real")
    except InvalidNationalId as refused:
        assert refused.message  # noqa: PT017 - either way is right
    else:
        assert len(number.digits) == 11
