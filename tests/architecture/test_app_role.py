"""What the web's own role can do when it logs in with its password and speaks plain SQL."""

import psycopg
import pytest

from hjemmel.kernel import catalog
from hjemmel.kernel.catalog.models import Datum
from hjemmel.kernel.verify import functions, reading, rights
from hjemmel.kernel.verify.result import Tally
from hjemmel.kernel.verify.world import keyed, masked

pytestmark = pytest.mark.requirement("ORG-06")

REFUSED = [
    "alter table public.people_person disable trigger user",
    "alter table public.people_person disable row level security",
    "alter table public.audit_entry disable trigger log_kept",
    "set session_replication_role = replica",
    "set role hjemmel_owner",
    "set role hjemmel_kernel",
    "set role hjemmel_reader",
    "set session authorization hjemmel_owner",
    "create policy mine on public.people_person for select to hjemmel_app using (true)",
    "drop view seen.people_person",
    "create or replace view seen.people_person as select 1",
    "create table public.mine (a int)",
    "create table kernel.mine (a int)",
    "create table seen.mine (a int)",
    "create temporary table mine (a int)",
    "create function public.leak(x text) returns boolean language sql as 'select true'",
    "create function pg_temp.leak(x text) returns boolean language sql as 'select true'",
    "create extension postgres_fdw",
    "create schema mine",
    "truncate public.people_email",
    "delete from public.audit_entry",
    "update public.audit_entry set actor = 'x'",
    "insert into public.audit_entry (at, actor, kind) values (now(), 'x', 'created')",
    "update public.audit_value set new = null",
    "insert into public.audit_value (id, version, datum, key, written_on) values (1, 1, 'x', 'x', now())",
    "insert into public.grounds_ground (clause_id, record_id, subject_id, unit_id) values (1, 1, 1, 101)",
    "insert into public.grounds_entering values (1, '1')",
    "insert into public.access_duty select * from public.access_duty",
    "update public.access_officeduty set below = true",
    "update public.grounds_clause set status = 'old'",
    "update public.clock_installation set kind = 'demo'",
    "update public.units_unit set parent_id = null",
    "delete from public.members_membership",
    "delete from public.people_person",
    "select nextval('public.audit_entry_id_seq')",
    "select last_value from public.audit_entry_id_seq",
    "select kernel.held(1)",
    "select kernel.duties_anew()",
    "select * from public.grounds_fresh",
    "select password from public.access_account",
    "select * from public.account_emailaddress",
    "insert into public.access_account (id, subject_id) values (1, 1)",
    "update public.access_account set subject_id = 1",
    "delete from public.access_account",
    "select pg_read_file('/etc/passwd')",
    "copy public.people_person to stdout",
    "copy (select 1) to program 'true'",
    "select lo_import('/etc/passwd')",
    "select lo_from_bytea(0, 'self:1')",
    "select lo_create(0)",
    "select lo_creat(-1)",
    "select lo_get(1)",
    "select lo_put(1, 0, 'x')",
    "select lo_open(1, 393216)",
    "select loread(0, 1)",
    "select lowrite(0, 'x')",
    "select lo_unlink(1)",
    "select pg_logical_emit_message(false, 'x', 'self:1')",
    "select args from public.procrastinate_jobs",
    "select * from pg_authid",
    "select * from pg_statistic",
    "lock table public.people_person in access exclusive mode",
    "alter role hjemmel_app bypassrls",
    "set log_min_error_statement = 'debug5'",
    "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'hjemmel_owner'",
]


@pytest.mark.parametrize("statement", REFUSED)
def test_it_is_refused(login: psycopg.Connection, statement: str):
    with pytest.raises(psycopg.Error) as refused:
        login.execute(statement).fetchall()
    assert refused.value.sqlstate in {"42501", "0A000", "25006"}, refused.value


def test_security_turned_off_is_an_error_and_no_open_door(login: psycopg.Connection):
    login.execute("set row_security = off")
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
        login.execute("select id from public.people_person")


@pytest.mark.parametrize("table", [table.name for table in (*masked(), *keyed())])
def test_no_column_but_key_and_version_is_read_from_a_table(login: psycopg.Connection, table: str):
    entry = catalog.find(table)
    assert entry is not None
    for column in entry.columns:
        if column in {entry.key, "version"}:
            login.execute(f'select "{column}" from public.{table}')
            continue
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            login.execute(f'select "{column}" from public.{table}')
        login.rollback()
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        login.execute(f"select * from public.{table}")


def test_the_servers_own_lists_agree(db):
    tally = Tally(6, "rights")
    rights.verify(tally)
    assert (tally.count, tally.examples) == (0, [])


def test_statistics_tell_no_value(login: psycopg.Connection):
    names = [table.name for table in masked()]
    found = login.execute("select tablename from pg_stats where tablename = any(%s)", [names]).fetchall()
    assert found == []


def test_the_web_puts_a_job_in_line_and_does_not_touch_it_again(login: psycopg.Connection):
    (job,) = login.execute(
        "select unnest(procrastinate_defer_jobs_v1(array[row('q', 't', 0, null, null, '{}', null)]"
        "::procrastinate_job_to_defer_v1[]))"
    ).fetchone()
    assert login.execute("select id from public.procrastinate_jobs where id = %s", [job]).fetchall()
    for statement in (
        "delete from public.procrastinate_jobs",
        "update public.procrastinate_jobs set args = '{}'",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), login.transaction():
            login.execute(statement)


def test_nothing_about_people_is_read_but_through_a_mask_or_by_a_key(db):
    found = [
        table.name
        for table in catalog.tables()
        if (table.data or table.row_data) and table.open_because and table.app not in {"none", "key"}
    ]
    assert found == []
    assert [table.name for table in keyed()] == ["access_account"]


def test_functions_are_entered_in_the_catalog_and_run_with_a_search_path_of_their_own(db):
    tally = Tally(6, "functions")
    assert functions.verify(tally) > len(catalog.called())
    assert (tally.count, tally.examples) == (0, [])


def test_every_function_that_the_program_makes_is_read_again(db):
    """So that a body that was changed cannot hide behind a text that was not understood."""
    made = catalog.made(dict(Datum.objects.values_list("name", "position")))
    there = set(
        reading.fetch("select proname, prosrc from pg_proc where pronamespace = 'kernel'::regnamespace")
    )
    assert len(there) > 100
    assert there <= made


def test_what_other_sessions_of_the_web_ask_is_not_shown(login: psycopg.Connection):
    assert login.execute("show track_activities").fetchone() == ("off",)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        login.execute("set track_activities = on")
