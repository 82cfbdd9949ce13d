"""The demonstration: who is in it, that a seed repeats it, and that it keeps the register's own promises."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from hjemmel.kernel.clock import today
from hjemmel.kernel.retention.queries import plan
from hjemmel.project import demonstration

pytestmark = pytest.mark.django_db
PERSONS = 240


def ask(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


@pytest.fixture
def built(db: None) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("delete from units_unit")
        cursor.execute("delete from clock_installation")
    return demonstration.build(persons=PERSONS, seed=7)


def test_everybody_whom_rules_speak_of_is_in_it(built):
    assert built["persons"] > PERSONS
    assert {kind for (kind,) in ask("select distinct kind from units_unit")} == {
        "central",
        "region",
        "chapter",
    }
    (shared,) = ask(
        "select count(*) from (select 1 from people_email group by matching having count(*) > 1) s"
    )[0]
    (minors,) = ask("select count(*) from people_person where birth_date > kernel.today() - 15 * 365")[0]
    (leap,) = ask("select count(*) from people_person where to_char(birth_date, 'MMDD') = '0229'")[0]
    (present, past) = ask(
        "select count(*) filter (where left_on is null), count(left_on) from members_membership"
    )[0]
    (held, former) = ask("select count(*) filter (where ends_on is null), count(ends_on) from units_tenure")[
        0
    ]
    assert min(shared, minors, leap, present, past, held, former) > 0


def test_the_first_night_has_passed_and_somebody_is_due_tomorrow(built):
    assert plan(today()).subjects == 0
    tomorrow = plan(today() + timedelta(days=1))
    assert {"membership/keep/2", "contact_register/keep/3", "accounts/keep/1"} <= set(tomorrow.counts)


def test_the_ledger_is_what_a_fresh_derivation_gives(built):
    columns = "clause_id, record_id, subject_id, unit_id, since, ended, until"
    assert (
        ask(
            f"(select {columns} from grounds_fresh except select {columns} from grounds_ground)"
            f" union all (select {columns} from grounds_ground except select {columns} from grounds_fresh)"
        )
        == []
    )


def test_the_same_seed_gives_the_same_people(built):
    """Ids follow from seed and number, so that a person of a known number is known."""
    number = "select hashtextextended('id person:5', 7) & 9223372036854775807"
    assert ask(f"select count(*) from subjects_subject where id = ({number})") == [(1,)]


def test_it_is_built_into_an_empty_register_only(built):
    with pytest.raises(demonstration.DemonstrationError):
        demonstration.build(persons=10)
