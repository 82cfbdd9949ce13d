"""Changing a person: the given fields and no other, by who may, never over what somebody else just wrote."""

import json
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.utils import DatabaseError

from hjemmel.domain.people import actions, queries
from hjemmel.domain.people.formats import national_id
from hjemmel.domain.people.models import Email, Person, PostalAddress
from hjemmel.kernel.subjects.refusals import ConflictError, Refused
from tests.domain.looking import joined, sql, unmasked
from tests.planting import FJORD, HARBOUR, ROOT, officer

pytestmark = pytest.mark.django_db
ADMIN = "membership/administration"
NUMBER = next(n for n in (national_id.synthetic(date(1980, 2, 29), serial=s) for s in range(9)) if n).digits


@pytest.fixture
def her():
    return joined(
        HARBOUR,
        given_name="Ida",
        middle_name="Ås",
        family_name="Sund",
        birth_date="29.02.1980",
        gender="kvinne",
        language="nynorsk",
        employer="Verftet",
        municipality="5501",
        emails=["Ida@example.org", "ida.sund@example.com"],
        phones=["68050123"],
        address_lines=["Strandgata 1"],
        postcode="9008",
        place="Tromsø",
    ).person_id


@pytest.fixture
def stranger():
    return joined(FJORD, given_name="Per", family_name="Fjord", emails=["per@example.org"]).person_id


@pytest.fixture
def leader(as_app, her, stranger):
    who = officer("chapter_leader", HARBOUR)
    with as_app(actor=f"officer:{who.pk}", purpose=ADMIN):
        yield who


def row(person_id):
    """The person's row as bytes, whatever the mask."""
    with unmasked():
        whole, fields = sql("select p::text, to_jsonb(p) from people_person p where id = %s", person_id)[0]
    return whole, json.loads(fields)


@pytest.mark.requirement("PER-01")
def test_half_the_fields_leave_the_other_half_as_they_were(leader, her):
    _bytes, before = row(her)
    version = actions.change(person_id=her, version=1, changes={"family_name": "Øye"}, source="self_phone")
    _bytes, after = row(her)
    changed = {name: value for name, value in after.items() if before[name] != value}
    assert changed == {
        "version": version,
        "family_name": "Øye",
        "display_name": "Ida Ås Øye",
        "sort_key": "|ye,ida,}s",
        "search_key": "ida as oye",
        "name_source": "self_phone",
    }


def test_the_same_values_write_nothing(leader, her):
    before = row(her)
    assert actions.change(person_id=her, version=1, changes={"given_name": "Ida", "middle_name": " Ås "}) == 1
    assert row(her) == before


def test_hidden_fields_sent_empty_are_not_emptied(leader, her):
    before = row(her)
    person = queries.visible_person(her)
    assert (person.language, person.sees("person.language"), person.may_change("person.name")) == (
        None,
        False,
        True,
    )
    actions.change(person_id=her, version=1, changes={"language": "", "employer": "", "municipality": ""})
    assert row(her) == before


def test_what_she_may_not_change_is_refused(leader, her):
    before = row(her)
    for changes in (
        {"birth_date": "01.01.1980"},
        {"gender": "mann"},
        {"employer": "Havna"},
        {"birth_date": ""},
    ):
        with pytest.raises(PermissionDenied):
            actions.change(person_id=her, version=1, changes={"given_name": "Eva"} | changes)
    assert row(her) == before
    with pytest.raises(Refused) as refused:
        actions.change(
            person_id=her, version=1, changes={"given_name": "", "middle_name": "", "family_name": ""}
        )
    assert refused.value.errors.keys() == {"given_name"}
    with pytest.raises(ValueError, match="no field shoe_size"):
        actions.change(person_id=her, version=1, changes={"shoe_size": 38})


def test_somebody_was_faster_and_nothing_is_lost(leader, her):
    actions.change(person_id=her, version=1, changes={"given_name": "Eva"})
    with pytest.raises(ConflictError) as conflict:
        actions.change(person_id=her, version=1, changes={"given_name": "Ada", "family_name": "Vik"})
    assert (conflict.value.version, conflict.value.stored) == (
        2,
        {"given_name": "Eva", "family_name": "Sund"},
    )
    assert actions.change(person_id=her, version=2, changes={"given_name": "Ada"}) == 3


@pytest.mark.requirement("ORG-06")
def test_a_stranger_is_neither_read_nor_written_in_actions_or_sql(leader, stranger):
    before = row(stranger)
    assert queries.visible_person(stranger) is None
    assert queries.persons([stranger]) == {}
    reached = queries.points([stranger])[stranger]
    assert (reached.emails, reached.phones, reached.addresses) == ([], [], [])
    assert queries.hjemler(stranger) == queries.who_sees(stranger) == queries.contacts(stranger) == []
    for person_id in (stranger, 4711):
        with pytest.raises(PermissionDenied):
            actions.change(person_id=person_id, version=1, changes={"given_name": "Ola"})
        with pytest.raises(PermissionDenied):
            actions.add_email(person_id=person_id, address="ny@example.org", source="self_web")
        with pytest.raises(PermissionDenied):
            actions.set_national_id(person_id=person_id, number=NUMBER)
        assert actions.reveal_national_id(person_id=person_id) is None
    assert (
        sql("update public.people_person set given_name = 'Ola' where id = %s returning id", stranger) == []
    )
    for statement in (
        "insert into public.people_email (id, version, subject_id) values (1, 1, %s)",
        "insert into public.people_person (id, version) values (%s, 1)",
    ):
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            sql(statement, stranger)
    assert row(stranger) == before


def test_contact_points_are_added_changed_and_removed_for_a_reason(leader, her):
    new = actions.add_email(person_id=her, address=" Ny@Example.org ", source="self_email")
    reached = queries.points([her])[her]
    first, *rest = [(e.text, e.main) for e in reached.emails]
    assert first == ("Ny@Example.org", True)
    assert sorted(rest) == [("Ida@example.org", False), ("ida.sund@example.com", False)]
    (address,) = reached.addresses
    assert (address.text, address.lines, address.country) == (
        "Strandgata 1\n9008 Tromsø",
        ("Strandgata 1",),
        "NO",
    )
    moved = {"lines": ["Kaigata 3"], "postcode": "9009", "place": "Tromsø", "country": ""}
    version = actions.change_point(
        model="address", point_id=address.id, version=1, changes=moved, source="self_web"
    )
    assert version == 2
    with pytest.raises(ConflictError) as conflict:
        actions.change_point(model="address", point_id=address.id, version=1, changes=moved)
    assert conflict.value.stored["lines"] == "Kaigata 3"
    actions.remove_point(model="email", point_id=new, version=1, why="wrong")
    with unmasked():
        (entry,) = sql(
            "select reason, actor from audit_entry where kind = 'deleted' and record_id = %s",
            new,
        )
        assert entry[0] == "rectification:wrong"
        assert entry[1].startswith("tenure:")
        assert PostalAddress.objects.get(pk=address.id).source == "self_web"


def test_contact_points_that_are_wrong_or_not_hers_are_refused(leader, her, stranger):
    with unmasked():
        theirs = Email.objects.get(subject_id=stranger).pk
    for call, field in (
        (lambda: actions.add_email(person_id=her, address="ida", source="self_web"), "address"),
        (lambda: actions.add_phone(person_id=her, number="12", source="self_web"), "number"),
        (lambda: actions.add_phone(person_id=her, number="68050124", source="rumour"), "source"),
        (
            lambda: actions.add_email(person_id=her, address="a@example.org", kind="odd", source="self_web"),
            "kind",
        ),
        (lambda: actions.add_address(person_id=her, lines=[], source="self_web"), "lines"),
        (
            lambda: actions.add_address(person_id=her, lines=["A"], postcode="12345", source="self_web"),
            "lines",
        ),
        (lambda: actions.remove_point(model="email", point_id=theirs, version=1, why="angry"), "why"),
    ):
        with pytest.raises(Refused) as refused:
            call()
        assert refused.value.errors.keys() == {field}
    for point_id in (theirs, 4711):
        with pytest.raises(PermissionDenied):
            actions.remove_point(model="email", point_id=point_id, version=1, why="wrong")
        with pytest.raises(PermissionDenied):
            actions.change_point(
                model="email", point_id=point_id, version=1, changes={"address": "ny@example.org"}
            )
    with unmasked():
        assert Email.objects.get(pk=theirs).address == "per@example.org"


def test_nothing_about_a_person_goes_without_a_reason(as_app, her):
    keeper = officer("register_keeper", ROOT)
    with as_app(actor=f"officer:{keeper.pk}", purpose=ADMIN):
        point = queries.points([her])[her].emails[0]
        with pytest.raises(DatabaseError, match="stated reason"), transaction.atomic():
            Email.objects.filter(pk=point.id).delete()
        assert Email.objects.filter(pk=point.id).exists()


@pytest.mark.requirement("PER-04")
def test_each_datum_says_where_it_came_from(as_app, her):
    keeper = officer("register_keeper", ROOT)
    with as_app(actor=f"officer:{keeper.pk}", purpose=ADMIN):
        actions.change(person_id=her, version=1, changes={"employer": "Havnevesenet"}, source="other_person")
        person = queries.visible_person(her)
        assert (person.name_source, person.birth_date_source, person.employer_source) == (
            "self_paper", "self_paper", "other_person",
        )  # fmt: skip
        assert {p.source for p in queries.points([her])[her].emails} == {"self_paper"}


def test_a_person_as_the_keeper_sees_her_takes_three_queries(as_app, her, django_assert_num_queries):
    keeper = officer("register_keeper", ROOT)
    with as_app(actor=f"officer:{keeper.pk}", purpose=ADMIN):
        with django_assert_num_queries(3):
            person = queries.visible_person(her)
        assert (person.birth_date, person.language, person.employer) == (date(1980, 2, 29), "nn", "Verftet")
        with django_assert_num_queries(3):
            queries.points([her, 4711])
        assert Person.objects.get(pk=her).municipality == "5501"
