"""A chapter leader tries to reach further than her duties: by moving, by re-pointing, by asking functions."""

from datetime import date

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from hjemmel.domain.members.models import Membership
from hjemmel.domain.people import queries as people
from hjemmel.domain.people.models import Person
from hjemmel.kernel import access
from hjemmel.kernel.units.models import Tenure
from tests.domain.imports.lists import declare
from tests.domain.looking import joined, sql, unmasked
from tests.planting import FJORD, HARBOUR, HILL, NORTH, officer

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("ORG-06")]
ADMIN = "membership/administration"


@pytest.fixture
def hers():
    return joined(HARBOUR, given_name="Ida", family_name="Sund", emails=["ida@example.org"])


@pytest.fixture
def stranger():
    return joined(
        FJORD,
        given_name="Per",
        family_name="Fjord",
        emails=["per@example.org"],
        phones=["68050199"],
        address_lines=["Strandgata 1"],
    )


@pytest.fixture
def leader(as_app, hers, stranger):
    who = officer("chapter_leader", HARBOUR)
    with as_app(actor=f"officer:{who.pk}", purpose=ADMIN):
        yield who


def refused(statement, *values):
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        sql(statement, *values)
    return str(error.value)


def test_a_stranger_is_not_moved_to_her_unit_nor_hers_away(leader, hers, stranger):
    assert Membership.objects.filter(pk=stranger.membership_id).update(unit_id=HARBOUR) == 0
    for unit in (HILL, FJORD):
        with pytest.raises(DatabaseError), transaction.atomic():
            Membership.objects.filter(pk=hers.membership_id).update(unit_id=unit)
    with unmasked():
        assert Membership.objects.get(pk=stranger.membership_id).unit_id == FJORD
        assert Membership.objects.get(pk=hers.membership_id).unit_id == HARBOUR


def test_a_move_opens_no_more_than_a_new_tie_would(as_app):
    """She leads a region, where she may move members and sees no birth date, and one chapter of it, where she
    sees them: nobody is moved there just to be seen.
    """
    wide = "  region_leader:\n    {may: [read, change]"
    declare(membership=("  region_leader:\n    {may: [read]", wide))
    hill, harbour = (joined(unit, given_name="Eva", birth_date="14.03.1980") for unit in (HILL, HARBOUR))
    who = officer("region_leader", NORTH)
    Tenure.objects.create(subject=who, office="chapter_leader", unit_id=HARBOUR, starts_on=date(2024, 1, 1))
    move = "update public.members_membership set unit_id = %s where id = %s"
    with as_app(actor=f"officer:{who.pk}", purpose=ADMIN):
        assert Person.objects.get(pk=hill.person_id).birth_date is None
        assert "may not tie" in refused(move, HARBOUR, hill.membership_id)
        assert "may not tie" in refused(move, FJORD, hill.membership_id)
        sql(move, HILL, harbour.membership_id)
        with unmasked():
            assert Membership.objects.get(pk=hill.membership_id).unit_id == HILL
            assert Membership.objects.get(pk=harbour.membership_id).unit_id == HILL
    with access.acting(actor="console", purpose=ADMIN):
        Membership.objects.filter(pk=hill.membership_id).update(unit_id=HARBOUR)
    with as_app(actor=f"officer:{who.pk}", purpose=ADMIN):
        assert Person.objects.get(pk=hill.person_id).birth_date == date(1980, 3, 14)


def test_her_own_records_are_not_pointed_at_a_stranger(leader, hers, stranger):
    whose, membership = stranger.person_id, hers.membership_id
    for statement in (
        "update public.members_membership set subject_id = %s where id = %s",
        "update public.members_membership set id = %s where id = %s",
        "update public.people_person set id = %s where id = %s",
    ):
        assert "permission denied" in refused(statement, whose, membership)
    assert "permission denied" in refused("update public.people_email set subject_id = %s", whose)
    said = refused(
        "insert into public.units_tenure (id, version, subject_id, office, unit_id, starts_on)"
        " values (1, 1, %s, 'chapter_leader', %s, '2026-01-01')",
        whose,
        HARBOUR,
    )
    assert "row-level security" in said
    assert people.visible_person(whose) is None


def test_the_tables_themselves_are_not_read(leader):
    for table, column in (
        ("people_person", "given_name"),
        ("people_email", "address"),
        ("members_membership", "number"),
        ("grounds_ground", "subject_id"),
        ("access_duty", "actor_id"),
        ("vault_key", "wrapped"),
        ("audit_entry", "subject_id"),
    ):
        assert "permission denied" in refused(f"select {column} from public.{table}")


def test_the_functions_tell_nothing_of_a_stranger(leader, stranger):
    whose = stranger.person_id
    for call, values in (
        ("kernel.find_name(array['fjord,per'], 'per fjord', array['per', 'fjord'], 25)", ()),
        ("kernel.find_like('per fjord', 25)", ()),
        ("kernel.find_email('per@example.org', 25)", ()),
        ("kernel.find_phone('+4768050199', 25)", ()),
        ("kernel.find_number(%s, 25)", (stranger.number,)),
        ("kernel.find_same('per fjord', null, array['per@example.org'], '{}', 25)", ()),
        ("kernel.unit_page(%s, true, 'all', 'name', false, 0, 50)", (FJORD,)),
        ("kernel.unit_counts(%s, true, 'all')", (FJORD,)),
        ("kernel.who_sees(%s)", (whose,)),
        ("kernel.find_address('strandgata 1', 25)", ()),
    ):
        assert sql(f"select * from {call}", *values) == [], call
    for inner in (
        "reached(1, 10)",
        f"members_shown(array[{stranger.membership_id}], null)",
        f"member_places({FJORD}, true, 1)",
        "members_listed('all', '{}', '{}')",
    ):
        assert "permission denied" in refused(f"select kernel.{inner}"), inner


def test_settings_of_her_own_do_not_widen_her_reach(leader, stranger):
    """Who acts is set by the middleware; a fault that lets her set purposes gives her no duty she lacks."""
    sql("select set_config('hjemmel.purpose', 'membership/administration,membership/identity', true)")
    assert people.visible_person(stranger.person_id) is None
    assert people.search("per@example.org") == []
