"""Joining: person, membership and consents are written together, by who may and for whom she sees."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.utils import DatabaseError

from hjemmel.domain.members import actions, queries
from hjemmel.domain.members.models import Membership
from hjemmel.domain.people import queries as people
from hjemmel.domain.people.actions import LikelySame, NewPerson
from hjemmel.domain.people.models import Person
from hjemmel.kernel import clock
from hjemmel.kernel.consent.actions import Given
from hjemmel.kernel.consent.models import Consent
from hjemmel.kernel.subjects.models import Subject
from hjemmel.kernel.subjects.refusals import Refused
from tests.domain.looking import joined, left, sql, unmasked
from tests.planting import FJORD, HARBOUR, HILL, ROOT, officer

pytestmark = pytest.mark.django_db
ADMIN = "membership/administration"
NEWS = "contact_register/information"

NEW = NewPerson(
    given_name="Anne Lise",
    family_name="Bergøy",
    birth_date="14.03.2001",
    gender="kvinne",
    emails=["Anne.Lise@Example.org"],
    phones=["680 50 177", "+47 680 50 178"],
    address_lines=["Kaigata 3"],
    postcode="9008",
    place="Tromsø",
)


@pytest.fixture
def leader(as_app):
    """The rest of the test acts as the leader of the harbour chapter."""
    who = officer("chapter_leader", HARBOUR)
    with as_app(actor=f"officer:{who.pk}", purpose=ADMIN):
        yield who


@pytest.mark.requirement("MEM-01")
def test_a_leader_joins_a_new_member_on_paper_with_each_consent_apart(leader):
    joined = actions.join(
        unit_id=HARBOUR,
        person=NEW,
        how="paper",
        joined_on="1.2.2026",
        consents=[
            Given(purpose=NEWS, channel="email", how="paper"),
            Given(purpose=NEWS, channel="post", how="paper"),
        ],
    )
    person = people.visible_person(joined.person_id)
    assert (person.display_name, person.birth_date, person.gender, person.name_source) == (
        "Anne Lise Bergøy",
        date(2001, 3, 14),
        "woman",
        "self_paper",
    )
    reached = people.points([joined.person_id])[joined.person_id]
    assert [e.text for e in reached.emails] == ["Anne.Lise@Example.org"]
    assert [(p.text, p.main) for p in reached.phones] == [
        ("+4768050177", True),
        ("+4768050178", False),
    ]
    assert [a.text for a in reached.addresses] == ["Kaigata 3\n9008 Tromsø"]
    (row,) = queries.memberships(joined.person_id)
    assert (row.unit_name, row.joined_on, row.joined_how, row.number, row.open) == (
        "Havna",
        date(2026, 2, 1),
        "paper",
        joined.number,
        True,
    )
    with unmasked():
        given = list(Consent.objects.filter(subject_id=joined.person_id).order_by("channel"))
        assert [(c.channel, c.address, c.given_how) for c in given] == [
            ("email", "Anne.Lise@Example.org", "paper"),
            ("post", None, "paper"),
        ]
        assert all("Fjellheim" in c.wording.text for c in given)


def test_the_same_person_is_asked_about_before_anything_is_written(as_app):
    who = officer("chapter_leader", HARBOUR)
    there = joined(HARBOUR, given_name="Anne-Lise", family_name="Bergöy", birth_date="14.3.2001")
    with as_app(actor=f"officer:{who.pk}", purpose=ADMIN):
        before = Membership.objects.count()
        with pytest.raises(LikelySame) as asked:
            actions.join(unit_id=HARBOUR, person=NEW, how="paper")
        assert [hit.person_id for hit in asked.value.candidates] == [there.person_id]
        assert Membership.objects.count() == before
        new = actions.join(unit_id=HARBOUR, person=NEW, how="paper", even_so=True)
        assert new.person_id != there.person_id
        assert new.number != there.number


@pytest.mark.requirement("ORG-06")
def test_joining_tells_nothing_of_a_person_she_may_not_see(as_app):
    who = officer("chapter_leader", HARBOUR)
    stranger = joined(
        FJORD,
        given_name="Anne Lise",
        family_name="Bergøy",
        birth_date="14.3.2001",
        emails=["anne.lise@example.org"],
    )
    with as_app(actor=f"officer:{who.pk}", purpose=ADMIN):
        new = actions.join(unit_id=HARBOUR, person=NEW, how="paper")
        assert new.person_id != stranger.person_id
        assert people.visible_person(stranger.person_id) is None


@pytest.mark.requirement("ORG-06")
def test_a_stranger_is_refused_as_if_unknown(as_app):
    who = officer("chapter_leader", HARBOUR)
    stranger = joined(FJORD, given_name="Per", family_name="Fjord")
    with as_app(actor=f"officer:{who.pk}", purpose=ADMIN):
        said = []
        for person_id in (stranger.person_id, 4_711):
            with pytest.raises(PermissionDenied) as refused:
                actions.join(unit_id=HARBOUR, person_id=person_id, how="office")
            said.append((type(refused.value), str(refused.value)))
            with pytest.raises(PermissionDenied):
                actions.rejoin(person_id=person_id, unit_id=HARBOUR, how="office")
        assert said[0] == said[1]
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Membership.objects.create(
                subject_id=stranger.person_id, unit_id=HARBOUR, joined_on=date(2026, 1, 1)
            )
        with pytest.raises(DatabaseError, match="not yours"), transaction.atomic():
            sql("select kernel.member_number(%s)", stranger.person_id)
        with pytest.raises(DatabaseError, match="not yours"), transaction.atomic():
            sql("select kernel.undo_leaving(%s)", stranger.membership_id)
        assert not Person.objects.filter(pk=stranger.person_id).exists()


def test_she_joins_nobody_at_a_unit_that_is_not_hers(leader):
    for unit in (HILL, FJORD, ROOT):
        assert queries.may_join(unit) == frozenset()
        with pytest.raises(PermissionDenied):
            actions.join(unit_id=unit, person=NEW, how="paper")
    assert not Person.objects.exclude(pk=leader.pk).exists()
    assert queries.may_join(HARBOUR) >= {"person.name", "person.birth_date", "membership.dates"}
    assert "person.employer" not in queries.may_join(HARBOUR)


def test_what_her_duties_do_not_let_her_write_is_refused_whole(leader):
    with pytest.raises(PermissionDenied):
        actions.join(
            unit_id=HARBOUR,
            person=NewPerson(given_name="Eva", family_name="Vik", employer="Verftet"),
            how="paper",
        )
    with pytest.raises(PermissionDenied):
        actions.join(unit_id=HARBOUR, person=NEW, how="paper", earlier="Et annet lag")
    with unmasked():
        assert Subject.objects.count() == 1


def test_every_fault_is_told_at_once(leader):
    with pytest.raises(Refused) as refused:
        actions.join(
            unit_id=HARBOUR,
            person=NewPerson(given_name="K4ri", birth_date="31.02.2001", emails=["a@b"], phones=["12"]),
            how="pigeon",
            joined_on="31.12.2030",
        )
    assert refused.value.errors.keys() == {
        "given_name", "birth_date", "emails", "phones", "joined_how", "joined_on",
    }  # fmt: skip
    with pytest.raises(Refused) as refused:
        actions.join(unit_id=4711, person=NewPerson(), how="paper")
    assert refused.value.errors.keys() == {"given_name", "unit_id"}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"joined_on": "01.01.2001"}, "joined_on"),
        ({"joined_on": "01.02.2026", "joined_organisation_on": "02.02.2026"}, "joined_organisation_on"),
        ({"joined_on": "31. mai"}, "joined_on"),
        ({"kind": "royal"}, "kind"),
        ({"recruiter_id": 4711}, "recruiter_id"),
    ],
)
def test_dates_and_choices_have_to_agree(leader, given, field):
    with pytest.raises(Refused) as refused:
        actions.join(unit_id=HARBOUR, person=NEW, how="paper", **given)
    assert refused.value.errors.keys() == {field}


def test_a_membership_may_begin_in_the_past_or_within_a_year(leader):
    today = clock.today()
    old = actions.join(unit_id=HARBOUR, person=NEW, how="paper", joined_on="15.03.2005")
    soon = actions.join(
        unit_id=HARBOUR,
        person=NewPerson(given_name="Ola", family_name="Vik"),
        how="paper",
        joined_on=clock.after(today, months=2),
    )
    assert [row.open for row in queries.memberships(old.person_id)] == [True]
    assert [row.open for row in queries.memberships(soon.person_id)] == [False]


def test_one_open_membership_in_a_unit_and_the_number_stays(as_app):
    keeper = officer("register_keeper", ROOT)
    there = joined(HARBOUR, given_name="Ida", family_name="Sund", birth_date="29.02.1980")
    with as_app(actor=f"officer:{keeper.pk}", purpose=ADMIN):
        with pytest.raises(Refused) as refused:
            actions.rejoin(person_id=there.person_id, unit_id=HARBOUR, how="office")
        assert refused.value.errors.keys() == {"unit_id"}
        other = actions.rejoin(person_id=there.person_id, unit_id=FJORD, how="office")
        assert (other.person_id, other.number) == (there.person_id, there.number)
        assert {row.unit_name for row in queries.memberships(there.person_id)} == {"Havna", "Fjorden"}


def test_a_consent_that_is_not_asked_for_stops_the_whole(leader):
    with pytest.raises(Refused) as refused:
        actions.join(
            unit_id=HARBOUR, person=NEW, how="paper",
            consents=[Given(purpose="membership/grants", channel="email", how="paper")],
        )  # fmt: skip
    assert refused.value.errors.keys() == {"channel"}
    with unmasked():
        assert Subject.objects.count() == 1


def test_without_a_duty_nothing_is_entered(as_app):
    nobody = joined(FJORD, given_name="Nils", family_name="Ingen")
    with as_app(actor=f"officer:{nobody.person_id}", purpose=ADMIN), pytest.raises(PermissionDenied):
        actions.join(unit_id=HARBOUR, person=NEW, how="paper")


def test_who_has_left_may_come_back_by_the_one_who_sees_her(as_app):
    keeper = officer("register_keeper", ROOT)
    gone = joined(HARBOUR, given_name="Ida", family_name="Sund", joined_on="01.05.2019")
    left(gone, "01.06.2024")
    with as_app(actor=f"officer:{keeper.pk}", purpose=ADMIN):
        again = actions.rejoin(
            person_id=gone.person_id, unit_id=HARBOUR, how="office", joined_on="01.02.2026"
        )
        assert again.number == gone.number
        assert [row.open for row in queries.memberships(gone.person_id)] == [True, False]
