"""Whom a row is about: each rule by itself, without a database."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from hjemmel.domain.imports.actions.matching import NEW, match
from hjemmel.domain.imports.csv import Draft
from hjemmel.domain.imports.queries.known import Known, People, Tie
from hjemmel.domain.imports.queries.names import fold, like, same, share
from hjemmel.domain.imports.queries.wanted import Wanted
from hjemmel.domain.people.formats.name import Name

BORN = date(1980, 3, 14)


def row(
    given: str = "Kari", family: str = "Nordli", *, middle: str = "", number: int | None = None,
    born: date | None = BORN, emails: tuple[str, ...] = ("kari@example.org",), phones: tuple[str, ...] = (),
    national_id: bytes | None = None,
) -> Wanted:  # fmt: skip
    draft = Draft(line=2, name=Name(given, middle, family), birth_date=born, member_number=number)
    return Wanted(
        line=2, cells=[], draft=draft, name=fold(given, middle, family), unit_id=1, kind=None, left_on=None,
        ended=False, emails=dict.fromkeys(emails, ""), phones=phones, national_id=national_id,
    )  # fmt: skip


def known(
    pk: int = 1, given: str = "Kari", family: str = "Nordli", *, middle: str = "", number: int | None = 7,
    born: date | None = BORN, emails: tuple[str, ...] = ("kari@example.org",), **fields: Any,
) -> Known:  # fmt: skip
    tie = Tie(pk + 100, 1, 1, number, "ordinary", None, None)
    return Known(
        pk, 1, given, middle, family, born, None, None, None, name=fold(given, middle, family),
        emails=set(emails), ties=[tie], **fields,
    )  # fmt: skip


def among(*people: Known) -> People:
    found = People()
    for person in people:
        found.put(person)
    return found


def told(asked: Wanted, *people: Known, numbers: frozenset[int] = frozenset()) -> int | str | None:
    """Whom the row is about, why that cannot be said, or None for somebody new."""
    found = match(asked, among(*people), numbers)
    assert (found.person is None) or not found.doubt
    return found.person.id if found.person else found.doubt or None


def test_name_birth_date_and_one_contact_is_the_same_person():
    assert told(row(), known()) == 1
    assert told(row(emails=(), phones=("+4768050123",)), known(phones={"+4768050123"}, emails=())) == 1
    assert told(row(middle="Moen"), known()) == 1
    assert told(row(), known(middle="Moen")) == 1


@pytest.mark.parametrize(
    "asked",
    [row("Anne"), row(family="Vik"), row("Anne", "Vik", born=None), row("Anne", born=date(2010, 1, 1))],
)
def test_an_email_alone_is_never_the_same_person_nor_a_doubt(asked):
    assert told(asked, known()) is None


@pytest.mark.parametrize(
    "asked",
    [
        row(born=None),  # name and contact
        row(born=date(1950, 1, 1)),  # name and contact, another birth date: mother and daughter, or mistyped
        row(emails=()),  # name and birth date
        row(emails=("annen@example.org",)),  # name and birth date, another address
        row(born=None, emails=()),  # nothing but the name
        row(middle="Moen", born=None),
        row(middle="Moen", emails=()),
    ],
)
def test_part_of_it_waits_for_a_person_to_say(asked):
    assert told(asked, known()) == "match.uncertain"


@pytest.mark.parametrize(
    "asked",
    [
        row(born=date(1950, 1, 1), emails=("annen@example.org",)),
        row(born=date(1950, 1, 1), emails=()),
        row(born=None, emails=("annen@example.org",)),
        row(middle="Moen", born=date(1950, 1, 1)),  # Kari and Kari Moen in one home
        row(middle="Moen", born=None, emails=()),
    ],
)
def test_a_namesake_with_other_data_is_somebody_else(asked):
    assert told(asked, known()) is None


def test_several_who_fit_wait():
    assert told(row(), known(1), known(2)) == "match.several"


def test_a_member_number_names_its_owner_when_nothing_speaks_against_it():
    assert told(row(number=7, born=None, emails=()), known()) == 1
    assert told(row(number=7, born=date(1980, 4, 13)), known()) == 1  # the birth date is being corrected
    assert told(row(family="Vik", number=7, emails=()), known()) == 1  # she has married
    assert told(row(family="Vik", number=7, born=None), known()) == 1


@pytest.mark.parametrize(
    "asked",
    [
        row("Anne", "Vik", number=7),
        row("Anne", number=7),  # her twin
        row(family="Vik", number=7, born=None, emails=()),
        row(family="Vik", number=7, born=date(1950, 1, 1)),
        row(number=7, national_id=b"other"),
    ],
)
def test_a_mistyped_member_number_gives_nobody_another_name(asked):
    assert told(asked, known(national_id=b"own")) == "member_number.other_person"


def test_of_two_with_one_number_the_one_who_agrees_is_meant():
    assert told(row(number=7), known(1, "Anne", "Vik"), known(2)) == 2


def test_a_national_identity_number_goes_before_everything_but_a_wholly_other_name():
    one = known(national_id=b"own")
    assert told(row(family="Vik", born=None, emails=(), national_id=b"own"), one) == 1
    assert told(row("Anne", "Vik", national_id=b"own"), one) == "national_id.other_person"
    assert told(row(number=8, national_id=b"own"), one, known(2, "Anne", number=8)) == (
        "member_number.other_person"
    )


def test_two_national_identity_numbers_are_two_people():
    assert told(row(national_id=b"other"), known(national_id=b"own")) is None


def test_whoever_has_another_rows_number_is_that_rows():
    twin = row(number=8, emails=("annen@example.org",))
    assert told(twin, known(number=7)) == "match.uncertain"
    assert told(twin, known(number=7), numbers=frozenset({7, 8})) is None
    assert told(row(number=8), known(number=7), numbers=frozenset({7, 8})) == "match.two_numbers"


def test_an_empty_register_knows_nobody():
    assert match(row(), People(), frozenset()) is NEW


def test_names_are_compared_as_they_are_searched():
    assert same(fold("Åse", "", "Sørensen"), fold("Aase", None, "Soerensen"))
    assert like(fold("Kari", "Moen", "Nordli"), fold("Kari Moen", "", "Nordli"))
    assert not like(fold("Kari", "", "Nordli"), fold("Anne Kari", "", "Nordli"))
    assert not like(fold("", "", ""), fold("", "", ""))
    assert share(fold("Kari", "", "Vik"), fold("Anne", "Kari", "Nordli"))
    assert not share(fold("Siv", "", "Nordli"), fold("Kari", "", "Nordli"))
    assert fold(None, None, "Nordli").first == "nordli"


def test_a_person_is_found_by_what_is_new_of_her():
    people = among(known(born=None, emails=()))
    people.put(replace(people.by_id[1], birth_date=BORN, emails={"kari@example.org"}))
    found = match(row(), people, frozenset())
    assert found.person is not None
