"""Offices: sight follows from them from day to day, and nobody appoints to more than she may do herself."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.utils import DatabaseError

from hjemmel.domain.members import queries as members
from hjemmel.domain.offices import actions, queries
from hjemmel.domain.people import queries as people
from hjemmel.kernel import access, clock
from hjemmel.kernel.subjects.refusals import ConflictError, Refused
from hjemmel.kernel.units.models import Tenure, Unit
from tests.domain.looking import joined, sql
from tests.planting import FJORD, HARBOUR, NORTH, ROOT, officer

pytestmark = pytest.mark.django_db
OFFICES = ("offices/administration", "membership/administration")
ADMIN = "membership/administration"


@pytest.fixture
def her():
    return joined(HARBOUR, given_name="Ida", family_name="Sund", birth_date="29.02.1980")


@pytest.fixture
def keeper(as_app, her):
    who = officer("register_keeper", ROOT)
    with as_app(actor=f"officer:{who.pk}", purpose=OFFICES):
        yield who


@pytest.mark.requirement("ROL-01")
def test_an_office_has_a_holder_a_unit_a_start_and_an_end(keeper, her):
    tenure = actions.appoint(
        subject_id=her.person_id,
        office="chapter_leader",
        unit_id=HARBOUR,
        starts_on="01.01.2026",
        ends_on="31.12.2027",
    )
    (holder,) = queries.holders(HARBOUR)
    assert (holder.tenure_id, holder.display_name, holder.office_title, holder.unit_name, holder.current) == (
        tenure, "Ida Sund", "Lokallagslederen", "Havna", True,
    )  # fmt: skip
    assert (holder.starts_on, holder.ends_on) == (date(2026, 1, 1), date(2027, 12, 31))
    assert actions.end(tenure_id=tenure, version=1, ends_on="01.02.2026") == 2
    assert queries.holders(HARBOUR) == []
    assert [h.current for h in queries.holders(HARBOUR, past=True)] == [False]
    with pytest.raises(ConflictError):
        actions.end(tenure_id=tenure, version=1)


@pytest.mark.requirement("ORG-02")
def test_sight_lasts_from_the_first_day_through_the_last(as_app, her):
    today = clock.today()
    with access.acting(actor="console", purpose=OFFICES):
        actions.appoint(
            subject_id=her.person_id,
            office="chapter_leader",
            unit_id=HARBOUR,
            starts_on=today + timedelta(days=1),
            ends_on=today + timedelta(days=10),
        )
    for days, members_seen in ((0, 0), (1, 1), (10, 1), (11, 0)):
        with clock.at(today + timedelta(days=days)), as_app(actor=f"officer:{her.person_id}", purpose=ADMIN):
            assert members.unit_count(HARBOUR) == members_seen
            assert len(members.unit_page(HARBOUR)) == members_seen
            assert len(people.search("Sund")) == members_seen


@pytest.mark.requirement("ORG-06")
def test_nobody_appoints_beyond_her_own_duties(as_app, her):
    leader, other = officer("chapter_leader", HARBOUR), officer("register_keeper", ROOT, given="Ruth")
    with as_app(actor=f"officer:{leader.pk}", purpose=OFFICES):
        for office, unit in (
            ("chapter_leader", HARBOUR),
            ("region_leader", NORTH),
            ("register_keeper", ROOT),
        ):
            with pytest.raises((Refused, PermissionDenied)):
                actions.appoint(subject_id=leader.pk, office=office, unit_id=unit)
            for subject in (leader.pk, her.person_id):
                with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                    Tenure.objects.create(
                        subject_id=subject, office=office, unit_id=unit, starts_on=date(2026, 1, 1)
                    )
        assert queries.appointable(HARBOUR) == []
    with as_app(actor=f"officer:{other.pk}", purpose=OFFICES):
        assert [name for name, _title in queries.appointable(HARBOUR)] == ["chapter_leader"]
        with pytest.raises(Refused) as refused:
            actions.appoint(subject_id=other.pk, office="privacy_officer", unit_id=ROOT)
        assert refused.value.errors.keys() == {"office"}
        assert "privacy_officer" not in [name for name, _title in queries.appointable(ROOT)]


@pytest.mark.requirement("ORG-06")
def test_a_leader_gives_herself_no_longer_or_wider_office(as_app):
    leader = officer("chapter_leader", HARBOUR, ends_on=date(2026, 12, 31))
    with access.acting(actor="console", purpose=OFFICES):
        tenure = Tenure.objects.get(subject_id=leader.pk)
    with as_app(actor=f"officer:{leader.pk}", purpose=OFFICES):
        with pytest.raises(Refused):
            actions.end(tenure_id=tenure.pk, version=1, ends_on="31.12.2030")
        with pytest.raises(PermissionDenied):
            actions.end(tenure_id=tenure.pk, version=1, ends_on="01.12.2026")
        assert Tenure.objects.filter(pk=tenure.pk).update(ends_on=None) == 0
        assert Tenure.objects.filter(pk=tenure.pk).update(office="register_keeper") == 0
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            sql("insert into public.access_duty select * from public.access_duty")


@pytest.fixture
def own(as_app):
    """A register keeper, who may appoint, at the app's prompt, and her own tenure to the end of 2027."""
    who = officer("register_keeper", ROOT, ends_on=date(2027, 12, 31))
    with as_app(actor=f"officer:{who.pk}", purpose=OFFICES):
        yield Tenure.objects.get(subject_id=who.pk)


@pytest.mark.requirement("ORG-06")
def test_nobody_prolongs_or_widens_her_own_office(own):
    for office, unit in (("register_keeper", ROOT), ("chapter_leader", HARBOUR)):
        with pytest.raises(Refused) as told:
            actions.appoint(subject_id=own.subject_id, office=office, unit_id=unit)
        assert told.value.errors.keys() == {"office"}
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Tenure.objects.create(
                subject_id=own.subject_id, office=office, unit_id=unit, starts_on=date(2026, 1, 1)
            )
    with pytest.raises(Refused) as told:
        actions.end(tenure_id=own.pk, version=1, ends_on="31.12.2030")
    assert told.value.errors.keys() == {"ends_on"}
    for change in (
        "ends_on = '2030-12-31'", "ends_on = null", "starts_on = '2020-01-01'", "unit_id = 111",
        "office = 'chapter_leader', unit_id = 111", "ends_on = '2026-12-31', starts_on = '2020-01-01'",
    ):  # fmt: skip
        with pytest.raises(DatabaseError, match="of her own"), transaction.atomic():
            sql(f"update public.units_tenure set {change} where id = %s", own.pk)
    assert queries.appointable(HARBOUR, subject_id=own.subject_id) == []
    assert queries.appointable(HARBOUR, subject_id=own.subject_id + 1) != []


def test_everybody_may_resign_and_others_prolong(own, as_app):
    assert actions.end(tenure_id=own.pk, version=1, ends_on="31.12.2026") == 2
    with pytest.raises(Refused):
        actions.end(tenure_id=own.pk, version=2, ends_on="01.01.2027")
    with access.acting(actor="system", purpose=OFFICES):
        sql("reset role")
        other = officer("register_keeper", ROOT, given="Ruth")
    with as_app(actor=f"officer:{other.pk}", purpose=OFFICES):
        assert actions.end(tenure_id=own.pk, version=2, ends_on="31.12.2030") == 3
    with access.acting(actor="console", purpose=OFFICES):
        assert actions.end(tenure_id=own.pk, version=3, ends_on="31.12.2031") == 4


def test_what_cannot_be_is_refused_in_words(keeper, her):
    for given, wrong in (
        ({"office": "king"}, {"office"}),
        ({"office": "region_leader"}, {"office"}),
        ({"unit_id": 4711}, {"unit_id"}),
        ({"starts_on": "31.02.2026"}, {"starts_on"}),
        ({"starts_on": "01.05.2026", "ends_on": "30.04.2026"}, {"ends_on"}),
    ):
        whole = {"subject_id": her.person_id, "office": "chapter_leader", "unit_id": HARBOUR} | given
        with pytest.raises(Refused) as refused:
            actions.appoint(**whole)
        assert refused.value.errors.keys() == wrong
    for person in (4711, keeper.pk + 1):
        with pytest.raises(PermissionDenied):
            actions.appoint(subject_id=person, office="chapter_leader", unit_id=HARBOUR)
    tenure = actions.appoint(subject_id=her.person_id, office="chapter_leader", unit_id=HARBOUR)
    with pytest.raises(Refused):
        actions.end(tenure_id=tenure, version=1, ends_on="01.01.2020")
    with pytest.raises(PermissionDenied):
        actions.end(tenure_id=4711, version=1)


def test_a_closed_unit_has_no_new_holders(her):
    Unit.objects.filter(pk=HARBOUR).update(closed_on=date(2026, 1, 1))
    with access.acting(actor="console", purpose=OFFICES), pytest.raises(Refused) as refused:
        actions.appoint(subject_id=her.person_id, office="chapter_leader", unit_id=HARBOUR)
    assert refused.value.errors.keys() == {"unit_id"}


def test_the_rail_shows_what_she_reaches_and_her_own_offices_whatever_the_purpose(as_app):
    region = officer("region_leader", NORTH)
    Tenure.objects.create(
        subject_id=region.pk, office="chapter_leader", unit_id=FJORD,
        starts_on=date(2020, 1, 1), ends_on=date(2021, 1, 1),
    )  # fmt: skip
    for actor in (f"officer:{region.pk}", f"self:{region.pk}"):
        with as_app(actor=actor, purpose=ADMIN):
            rail = queries.rail()
            assert [(o.office_title, o.unit_name) for o in rail.offices] == [("Regionlederen", "Nord")]
            assert [(u.name, u.depth) for u in rail.units] == [("Nord", 0), ("Havna", 1), ("Lia", 1)]
            assert [name for name, _title in rail.activities] == ["membership", "offices"]
            assert rail.purposes == {"membership/administration", "offices/administration"}
            assert [(o.unit_name, o.current) for o in queries.my_offices()] == [
                ("Nord", True),
                ("Fjorden", False),
            ]
    with as_app(actor=f"officer:{region.pk + 1}", purpose=ADMIN):
        assert queries.my_offices() == []
        assert queries.rail().offices == ()


def test_units_are_told_with_their_kind(as_app):
    leader = officer("chapter_leader", HARBOUR)
    with as_app(actor=f"officer:{leader.pk}", purpose=ADMIN):
        assert (queries.unit(HARBOUR).name, queries.unit(HARBOUR).kind_title) == ("Havna", "Lokallag")
        assert queries.unit(4711) is None
        assert [u.name for u in queries.units_under(NORTH)] == ["Havna", "Lia"]


@pytest.mark.parametrize("number", [1, 3])
def test_holders_take_three_queries(as_app, django_assert_num_queries, number):
    for i in range(number):
        officer("chapter_leader", HARBOUR, given=f"Nina{'abc'[i]}")
    keeper = officer("register_keeper", ROOT)
    with as_app(actor=f"officer:{keeper.pk}", purpose=OFFICES):
        queries.holders(HARBOUR)  # the declaration is read once
        with django_assert_num_queries(3):
            assert len(queries.holders(HARBOUR)) == number
        with django_assert_num_queries(5):
            queries.rail()
