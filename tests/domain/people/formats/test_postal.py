import pytest
from hypothesis import given
from hypothesis import strategies as st

from hjemmel.domain.people.formats import postal
from hjemmel.domain.people.formats.postal import Address, InvalidAddress


def test_a_norwegian_address_is_written_as_on_an_envelope():
    address = postal.parse(["c/o  Lie", "Storgata 1 B"], postcode="0150", place="Oslo")

    assert address == Address(lines=("c/o Lie", "Storgata 1 B"), postcode="0150", place="Oslo")
    assert address.display == "c/o Lie\nStorgata 1 B\n0150 Oslo"
    assert "Storgata" not in repr(address)


@pytest.mark.parametrize(
    ("postcode", "place"),
    [
        ("0150", "Oslo"),
        ("150", "Oslo"),
        ("N-0150", "Oslo"),
        ("NO 0150", "Oslo"),
        ("0150 Oslo", ""),
        ("", "0150 Oslo"),
        ("", "N-0150  Oslo"),
    ],
)
def test_postcode_and_place_meet_in_one_form(postcode, place):
    address = postal.parse([], postcode=postcode, place=place)

    assert (address.postcode, address.place) == ("0150", "Oslo")


def test_an_address_abroad_keeps_its_own_postcode_and_names_its_country():
    for country in ("Sverige", "sverige", "SE", "Sweden"):
        address = postal.parse(["Storgatan 1"], postcode="111 22", place="Stockholm", country=country)

        assert address.display == "Storgatan 1\n111 22 Stockholm\nSVERIGE"


@pytest.mark.parametrize("country", ["", "Norge", "Noreg", "NORWAY", "no", "N", " Norge "])
def test_norway_by_any_name_is_norway(country):
    assert postal.parse([], place="Oslo", country=country).country == "NO"


def test_nothing_written_is_no_address():
    assert postal.parse(["", " "], postcode=" ", place="", country="Norge") is None


def test_lines_may_come_in_one_field():
    assert postal.parse(["c/o Lie\nStorgata 1"], place="Oslo").lines == ("c/o Lie", "Storgata 1")


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"postcode": "15"}, "postal.postcode"),
        ({"postcode": "015O", "place": "Oslo"}, "postal.postcode"),
        ({"postcode": "01500"}, "postal.postcode"),
        ({"place": "Paris", "country": "Frankerike"}, "postal.country"),
        ({"place": "P" * 101}, "postal.too_long"),
        ({"postcode": "1" * 13, "country": "SE"}, "postal.too_long"),
    ],
)
def test_faulty_parts_are_refused_with_their_reason(parts, code):
    with pytest.raises(InvalidAddress) as refused:
        postal.parse([], **parts)

    assert refused.value.code == code


def test_too_many_lines_are_refused():
    with pytest.raises(InvalidAddress) as refused:
        postal.parse(["a\nb\nc", "d\ne"])

    assert refused.value.code == "postal.too_long"


@given(st.integers(0, 9999))
def test_every_four_digit_postcode_passes(number):
    assert postal.parse([], postcode=f"{number:04}").postcode == f"{number:04}"
