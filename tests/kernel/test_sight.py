from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, ProgrammingError

from hjemmel.domain.members.models import Membership
from hjemmel.domain.people.models import Person
from hjemmel.kernel import access
from hjemmel.kernel.access import NoActorError
from tests.planting import FJORD, HARBOUR, member, officer

pytestmark = pytest.mark.django_db
ADMIN = "membership/administration"


@pytest.mark.requirement("ORG-03")
def test_a_chapter_leader_sees_her_own_chapter_and_the_declared_fields_only(as_app):
    leader = officer("chapter_leader", HARBOUR)
    mine, other = member(HARBOUR), member(FJORD, given="Per")
    with as_app(actor=f"officer:{leader.pk}", purpose=ADMIN):
        assert [p.pk for p in Person.objects.filter(pk__in=[mine.subject_id, other.subject_id])] == [
            mine.subject_id
        ]
        person = Person.objects.get(pk=mine.subject_id)
        assert (person.given_name, person.birth_date, person.language) == ("Kari", date(1980, 2, 29), None)


def test_without_actor_no_row_in_sql_and_an_error_in_python(as_app):
    member(HARBOUR)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local search_path = seen, public, kernel")
        cursor.execute("set local role hjemmel_app")
        cursor.execute("select count(*) from people_person")
        assert cursor.fetchone() == (0,)
        with pytest.raises(NoActorError):
            Person.objects.count()
        cursor.execute("reset role")


def test_a_member_who_has_left_is_in_nobodys_list_the_same_day(as_app):
    leader = officer("chapter_leader", HARBOUR)
    keeper = officer("register_keeper", 101, given="Ruth")
    gone = member(HARBOUR, joined_on=date(2015, 1, 1), left_on=date(2026, 1, 1))
    with as_app(actor=f"officer:{leader.pk}", purpose=ADMIN):
        assert not Membership.objects.filter(pk=gone.pk).exists()
    with as_app(actor=f"officer:{keeper.pk}", purpose=ADMIN):
        assert Membership.objects.filter(pk=gone.pk).exists()
        assert Person.objects.get(pk=gone.subject_id).given_name == "Kari"


def test_what_one_may_not_change_is_refused_by_the_database(as_app):
    leader = officer("chapter_leader", HARBOUR)
    mine, other = member(HARBOUR), member(FJORD, given="Per")
    with as_app(actor=f"officer:{leader.pk}", purpose=ADMIN):
        assert Person.objects.filter(pk=mine.subject_id).update(given_name="Karin") == 1
        assert Person.objects.filter(pk=other.subject_id).update(given_name="X") == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            Person.objects.filter(pk=mine.subject_id).update(gender="man")
        with pytest.raises(ProgrammingError), transaction.atomic():
            Membership.objects.create(
                subject_id=other.subject_id, unit_id=HARBOUR, joined_on=date(2026, 1, 1)
            )


def test_a_datum_without_a_ground_is_refused_whoever_writes_it():
    leader = officer("chapter_leader", HARBOUR)
    with (
        access.acting(actor="console", purpose="offices/administration"),
        pytest.raises(DatabaseError, match="no ground holds"),
        transaction.atomic(),
    ):
        Person.objects.filter(pk=leader.pk).update(employer="Fjordbruket")
