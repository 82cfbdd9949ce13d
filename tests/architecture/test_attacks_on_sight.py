"""An attacker who can make the web run SQL of her choice, as an officer: what errors, estimates, counts and
collisions tell her of people she does not see. (Not: one who sets the actor, which is code in the web.)
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from hjemmel.kernel import access
from hjemmel.kernel.verify.reading import columns_of
from hjemmel.kernel.verify.world import LEDGER, LEDGER_COLUMNS, masked
from tests.kernel.verify.register import Register, settle
from tests.planting import FJORD, HARBOUR

pytestmark = pytest.mark.requirement("ORG-06")
ADMIN = "membership/administration"
HIDDEN = (
    "M121",
    "Spør",
    "Siri",
    "siri@example.org",
    "Begrenset",
    "2000-02-29",
    "Spurte om leir",
    "+4768050124",
)
COLUMNS = [
    (name, column)
    for name, columns in [*((t.name, columns_of(t)) for t in masked()), (LEDGER, list(LEDGER_COLUMNS))]
    for column in columns
]


@pytest.fixture
def leader(planted: Register, as_app) -> Iterator[Register]:
    """The chapter leader of Havna, at the app's prompt."""
    who = planted.officers["chapter_leader"].pk
    with connection.cursor() as cursor:
        cursor.execute(
            "create function public.leak(told text) returns boolean language plpgsql cost 0.0000001 as"
            " $$ begin raise notice '%', told; return true; end $$"
        )
        cursor.execute("grant execute on function public.leak(text) to hjemmel_app")  # as if left open
    with as_app(actor=f"officer:{who}", purpose=ADMIN):
        yield planted


def sql(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else []


def refused(statement: str, *values: Any) -> DatabaseError:
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        sql(statement, *values)
    return error.value


def affected(statement: str, *values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.rowcount


def everything(error: DatabaseError) -> str:
    """All that an error carries to the app: message, detail, hint and context."""
    cause: Any = error.__cause__
    told = cause.diag
    return " ".join(str(part) for part in (error, told.message_detail, told.message_hint, told.context))


def test_a_cheap_function_that_tells_what_it_is_given_is_given_nothing_hidden(leader: Register):
    """The planner asks a cheap condition first, before it asks who may see the row. What it is given then
    is already masked: bare keys, and NULL for all else.
    """
    told: list[str] = []
    connection.connection.add_notice_handler(listen := (lambda notice: told.append(notice.message_primary)))
    try:
        for name, column in COLUMNS:
            told.clear()
            seen = sql(f'select "{column}"::text from seen.{name}')
            sql(f'select count(*) from seen.{name} where leak("{column}"::text)')
            values = {value for value in told if value and value != "<NULL>"}
            if column == "id" or (column.endswith("_id") and name != LEDGER):
                continue  # bare keys carry no meaning
            assert values <= {row[0] for row in seen}, (name, column)
    finally:
        connection.connection.remove_notice_handler(listen)


def test_casts_that_fail_quote_nothing_hidden(leader: Register):
    for name, column in COLUMNS:
        rows = sql(f"select count(*) from seen.{name}")[0][0]
        failing = f"select ('x' || coalesce(\"{column}\"::text, ''))::int from seen.{name}"
        told = everything(refused(failing)) if rows else str(sql(failing))
        assert not [word for word in HIDDEN if word in told], (name, column)


def test_a_division_by_zero_tells_nothing_of_a_stranger(leader: Register):
    """A condition that fails for some values and not for others, on subjects she does not see."""
    restricted, contact = leader.restricted.subject_id, leader.contact.pk
    for view, key, subject, condition in (
        ("subjects_subject", "id", restricted, "1/restricted::int > 0"),
        ("subjects_subject", "id", restricted, "1/(1 - restricted::int) > 0"),
        ("people_person", "id", contact, "1/length(given_name) < 0"),
        ("grounds_ground", "subject_id", contact, "1/(unit_id - 101) > 0"),
        ("vault_sealed", "subject_id", leader.members[HARBOUR].subject_id, "1/(length(datum) - 18) < 0"),
    ):
        statement = f"select from seen.{view} where {key} = %s and {condition}"
        assert sql(statement, subject) == [], statement


def test_collisions_of_keys_tell_nothing(leader: Register):
    """Refused by the policy before any index is asked, in the same words whether she is there or not."""
    for table, columns, values in (
        ("people_person", "id, version, given_name", "%s, 1, 'X'"),
        ("members_membership", "id, version, subject_id, unit_id", f"1, 1, %s, {HARBOUR}"),
        ("members_membership", "id, version, subject_id, unit_id", f"1, 1, %s, {FJORD}"),
        ("vault_sealed", "id, version, subject_id, datum, value", "1, 1, %s, 'person.national_id', 'x'"),
        ("vault_key", "subject_id, wrapped, generation", "%s, 'x', 1"),
        ("people_email", "id, version, subject_id, address", "1, 1, %s, 'x'"),
    ):  # fmt: skip
        for how in ("", " on conflict do nothing"):
            said = {
                everything(refused(f"insert into public.{table} ({columns}) values ({values}){how}", subject))
                for subject in (leader.members[FJORD].subject_id, leader.contact.pk, 4711)
            }
            assert len(said) == 1, said
            assert "row-level security" in said.pop()


def test_whether_a_sealed_value_is_there_is_not_told_by_a_collision(leader: Register):
    """She sees her own member, and not the number that is stored of her."""
    mine, other = leader.members[HARBOUR].subject_id, leader.shielded.subject_id
    insert = (
        "insert into public.vault_sealed (id, version, subject_id, datum, value)"
        " values (1, 1, %s, 'person.national_id', 'x')"
    )
    there, not_there = refused(insert, mine), refused(insert, other)
    assert everything(there) == everything(not_there)


def test_errors_name_keys_and_never_values(leader: Register):
    """Each way in which the server likes to quote a row or a key."""
    mine = leader.members[HARBOUR]
    membership, person, subject = mine.pk, mine.subject_id, mine.subject_id
    into = "insert into public.people_email (id, version, subject_id, address)"
    for statement in (
        "update public.members_membership set joined_on = '2030-01-01', left_on = '2029-01-01'"
        f" where id = {membership}",
        f"update public.members_membership set left_on = '1990-01-01' where id = {membership}",
        f"update public.people_person set given_name = repeat('x', 101) where id = {person}",
        f"update public.people_person set gender = 'man' where id = {person}",
        f"update public.people_email set id = 1 where subject_id = {subject}",
        f"{into} values (1, null, {subject}, 'x')",
        f"{into} select id, 1, {subject}, 'x' from public.people_email",
        "update public.people_person set given_name = birth_date::text",
        "update public.people_person set given_name = given_name || 'x'",
        "update public.people_person set given_name = 'x' returning birth_date",
        "delete from public.people_email where address like 'a%'",
    ):  # fmt: skip
        told = everything(refused(statement))
        assert not [w for w in (*HIDDEN, "M111", "1980", "Verftet", "Failing row", ")=(") if w in told], told


def test_counting_by_writing_counts_only_her_own(leader: Register):
    """Rows touched by an update or delete without a condition are those she may touch."""
    mine = {leader.members[HARBOUR].subject_id, leader.shielded.subject_id}
    assert affected("update public.people_person set given_name = 'X'") == len(mine)
    assert affected("update public.people_person set given_name = 'X' where id = %s", leader.contact.pk) == 0
    assert affected("update public.people_person set given_name = 'X' where id > 0 and version > 0") == len(
        mine
    )
    sql("select set_config('hjemmel.reason', 'rectification:wrong', true)")
    assert affected("delete from public.vault_sealed") == 0
    # The shielded one's number is not hers to see, so not hers to take away.
    assert affected("delete from public.people_phone") == 1


def test_bare_ids_and_versions_are_those_of_the_view(leader: Register):
    for table in masked():
        bare = set(sql(f'select "{table.key}" from public.{table.name}'))
        assert bare == set(sql(f'select "{table.key}" from seen.{table.name}')), table.name


def test_estimates_do_not_follow_the_values(leader: Register):
    """EXPLAIN on the table is refused; on the view it guesses alike for a value that is there and one not."""
    table = "explain select 1 from public.people_person where gender = 'x'"
    assert "permission denied" in everything(refused(table))
    view = "explain select 1 from seen.people_person where birth_date = '{}'"
    there, not_there = (
        [line.replace(day, "") for (line,) in sql(view.format(day))] for day in ("1980-02-29", "1900-01-01")
    )
    assert there == not_there


def test_an_officer_cannot_hide_a_change_as_an_erasure(leader: Register):
    mine = leader.members[HARBOUR].subject_id
    for name, value in (("hjemmel.erasing", "on"), ("hjemmel.reason", "rule:membership/keep/1")):
        sql("select set_config(%s, %s, true)", name, value)
    assert affected("update public.people_person set given_name = 'Kamuflert' where id = %s", mine) == 1
    sql("reset role")
    lines = "select kind from public.audit_entry where subject_id = %s and datum = 'person.name'"
    assert sql(f"{lines} order by id desc limit 1", mine) == [("changed",)]
    sql("set local role hjemmel_app")


def test_nobody_enters_a_stranger_as_if_new(leader: Register):
    """Whoever enters someone may tie her freely; so nobody enters one that is there."""
    stranger = leader.members[FJORD].subject_id
    insert = "insert into public.subjects_subject (id, shielded, restricted) values (%s, false, false)"
    refused(insert, stranger)
    assert affected(f"{insert} on conflict do nothing", stranger) == 0
    assert sql("select kernel.entering(%s)", stranger) == [(False,)]
    assert sql("select kernel.sees(%s)", stranger) == [(False,)]


def test_a_tie_does_not_show_what_she_did_not_see(planted: Register, as_app):
    """The leader sees a name and an address of an office holder in her chapter; making her a member would
    show her birth date. What is stored already is not hers to open so.
    """
    from tests.planting import officer

    colleague = officer("chapter_leader", HARBOUR, given="Kollega")
    settle()
    with access.acting(actor="console", purpose="offices/administration"), connection.cursor() as cursor:
        cursor.execute(
            "update people_person set birth_date = %s where id = %s", [date(1970, 1, 1), colleague.pk]
        )
    who = planted.officers["chapter_leader"].pk
    with as_app(actor=f"officer:{who}", purpose=(ADMIN, "offices/administration")):
        assert sql("select given_name, birth_date from people_person where id = %s", colleague.pk) == [
            ("Kollega", None)
        ]
        told = refused(
            "insert into public.members_membership (id, version, subject_id, unit_id, joined_on, kind)"
            f" values (1, 1, %s, {HARBOUR}, '2026-01-01', 'ordinary')",
            colleague.pk,
        )
        assert "row-level security" in everything(told)
