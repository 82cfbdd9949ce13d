"""Logging in shows the web one account: the one whose key it holds. It can list none (MIN-07)."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.db import connection, transaction
from django.db.utils import DatabaseError

from hjemmel.kernel import access
from hjemmel.kernel.access.accounts import drop_expired_sessions, end_sessions, open_account
from hjemmel.kernel.access.models import Account, Session
from hjemmel.kernel.access.sessions import stored
from tests.domain.looking import sql
from tests.faces.conftest import visit, web_role
from tests.kernel.retention.keeping import keeper
from tests.planting import HARBOUR, ROOT, officer

__all__ = ["visit"]
pytestmark = pytest.mark.django_db
PASSWORD = "en lang og god frase"
ROW = "id, username, subject_id, last_login, tied_on, is_active, created_at, password"
VIEWS = ("seen.access_account", "access_account")


@pytest.fixture
def accounts() -> Iterator[dict[str, Account]]:
    """Two people who can log in, and an empty count of who has tried."""
    made = {}
    for name in ("Lise@Example.org", "per@example.org"):
        leader = officer("chapter_leader", HARBOUR)
        with access.acting(actor="console", purpose="accounts/administration"):
            made[name] = open_account(username=name, password=PASSWORD, subject_id=leader.pk)
    cache.clear()
    yield made
    cache.clear()


def given(setting: str, key: object) -> None:
    sql("select set_config(%s, %s, true)", f"hjemmel.{setting}", str(key))


def put(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def refused(statement: str, *values: object) -> None:
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        sql(statement, *values)
    assert getattr(error.value.__cause__, "sqlstate", "") == "42501"


def test_without_a_key_there_is_no_account(accounts):
    with web_role():
        for name in VIEWS:
            assert sql(f"select {ROW} from {name}") == []
        assert sql("select id from public.access_account") == []
        for column in ("username", "password", "subject_id"):
            refused(f"select {column} from public.access_account")


@pytest.mark.parametrize("pattern", ["", "%", "_ise@example.org", "lise", "LISE@EXAMPLE.ORG "])
def test_no_pattern_is_a_key(accounts, pattern):
    with web_role():
        given("username", pattern)
        assert sql("select id from access_account") == []


def test_a_user_name_shows_its_own_account_and_no_other(accounts):
    mine = accounts["Lise@Example.org"]
    with web_role():
        given("username", "lise@EXAMPLE.org")
        assert sql("select id, username from access_account") == [(mine.pk, "Lise@Example.org")]
        assert sql("select id from public.access_account") == [(mine.pk,)]
        # A condition that fails on what it is given is given her own row alone.
        assert sql("select 1/(length(username) - 15) from access_account") == [(1,)]


def test_an_id_shows_its_own_account_and_no_other(accounts):
    mine, other = accounts.values()
    with web_role():
        given("account", mine.pk)
        assert sql("select id from access_account") == [(mine.pk,)]
        assert sql("select id from access_account where id = %s", other.pk) == []


def test_nobody_elses_row_is_changed(accounts):
    mine, other = accounts.values()
    with web_role():
        given("account", mine.pk)
        for statement in (
            "update public.access_account set password = 'x', last_login = now() where id = %s",
            "update public.access_account set last_login = null where id = %s",
        ):
            with connection.cursor() as cursor:
                cursor.execute(statement, [other.pk])
                assert cursor.rowcount == 0
        for column, value in (
            ("username", "'ny@example.org'"), ("subject_id", str(other.subject_id)),
            ("tied_on", "'2026-01-01'"), ("is_active", "true"), ("created_at", "now()"), ("id", "1"),
        ):  # fmt: skip
            refused(f"update public.access_account set {column} = {value}")
        refused("delete from public.access_account")
        refused("insert into public.access_account (id, subject_id) values (1, %s)", mine.subject_id)
    assert Account.objects.get(pk=other.pk).password == other.password


def test_a_log_in_to_come_would_keep_the_account_and_is_refused(accounts):
    mine = accounts["Lise@Example.org"]
    with web_role():
        given("account", mine.pk)
        refused("update public.access_account set last_login = %s", datetime(9999, 1, 1, tzinfo=UTC))


def test_whoever_acts_has_her_own_without_the_password(accounts, as_app):
    mine, other = accounts.values()
    for actor in (f"officer:{mine.subject_id}", f"self:{mine.subject_id}"):
        with as_app(actor=actor, purpose="membership/administration"):
            given("account", other.pk)
            given("username", other.username)
            assert sql("select id, password from access_account") == [(mine.pk, None)]


def test_the_librarys_own_tables_are_closed(accounts):
    with web_role():
        for table in ("account_emailaddress", "account_emailconfirmation"):
            for statement in ("select 1 from {}", "delete from {}", "insert into {} default values"):
                refused(statement.format(f"public.{table}"))


def test_in_and_out(accounts, visit):
    visitor = visit(None)
    answer = visitor.post("/konto/logg-inn/", login=" lise@example.org", password=PASSWORD)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    mine = Account.objects.get(pk=accounts["Lise@Example.org"].pk)
    assert mine.last_login is not None
    assert mine.last_login.date() >= date(2026, 1, 1)
    assert visitor.get("/minside/").status_code == 200
    assert visitor.get("/kontoret/").status_code == 200
    assert visitor.get("/personvern/").status_code == 200
    assert visitor.post("/konto/logg-ut/").status_code == 302
    assert visitor.get("/minside/").status_code == 302


def test_a_password_of_an_older_kind_is_hashed_anew(accounts, visit):
    mine = accounts["Lise@Example.org"]
    Account.objects.filter(pk=mine.pk).update(password=make_password(PASSWORD, hasher="scrypt"))
    assert (
        visit(None).post("/konto/logg-inn/", login="lise@example.org", password=PASSWORD).status_code == 302
    )
    assert Account.objects.get(pk=mine.pk).password.startswith("argon2")


def test_an_unknown_address_and_a_wrong_password_are_answered_alike(accounts, visit):
    told = []
    for name in ("lise@example.org", "ukjent@example.org"):
        answer = visit(None).post("/konto/logg-inn/", login=name, password="feil")
        assert answer.status_code == 200
        told.append(_errors(answer.content.decode()))
    assert told[0] == told[1] != []


def test_trying_again_and_again_is_stopped(accounts, visit):
    visitor = visit(None)
    for _ in range(12):
        visitor.post("/konto/logg-inn/", login="lise@example.org", password="feil")
    answer = visitor.post("/konto/logg-inn/", login="lise@example.org", password=PASSWORD)
    assert answer.status_code != 302


def _errors(page: str) -> list[str]:
    return re.findall(r'role="alert".*?</', page, re.DOTALL)


def test_what_the_table_of_sessions_holds_logs_nobody_in(visit):
    here = visit(officer("chapter_leader", HARBOUR))
    assert here.get("/kontoret/").status_code == 200
    cookie = here.client.cookies[settings.SESSION_COOKIE_NAME]
    (kept,) = Session.objects.filter(account__isnull=False)
    assert kept.session_key != cookie.value
    assert cookie.value not in kept.session_data
    here.client.cookies[settings.SESSION_COOKIE_NAME] = kept.session_key
    assert here.get("/kontoret/").status_code == 302


@pytest.fixture
def log_ins(visit):
    """Two who are logged in: a visitor and the key that her browser holds, of each."""
    found = [
        visit(officer(office, unit))
        for office, unit in (("privacy_officer", ROOT), ("chapter_leader", HARBOUR))
    ]
    return [(one, one.client.cookies[settings.SESSION_COOKIE_NAME].value) for one in found]


COLUMNS = "session_key, session_data, expire_date, account_id"


def test_without_its_key_no_session_is_there(log_ins):
    mine = log_ins[1][1]
    assert len(sql("select 1 from access_session")) == 2
    with web_role():
        assert sql(f"select {COLUMNS} from access_session") == []
        given("session", stored(mine))
        assert sql("select session_key from access_session") == [(stored(mine),)]
        for statement in (
            "update public.access_session set session_data = '', expire_date = now()",
            "delete from public.access_session",
        ):
            with connection.cursor() as cursor:
                cursor.execute(f"{statement} where session_key <> %s", [stored(mine)])
                assert cursor.rowcount == 0
        refused(
            f"insert into public.access_session ({COLUMNS}) values (%s, 'x', now(), null)", stored("another")
        )
        refused("update public.access_session set session_key = %s", stored("another"))
    assert len(sql("select 1 from access_session")) == 2


def test_a_session_copied_to_another_key_opens_nothing(log_ins):
    (her, theirs), (me, _) = log_ins
    assert her.get("/kontoret/").status_code == 200
    copy = f"""insert into public.access_session ({COLUMNS})
               select %s, session_data, expire_date, account_id from public.access_session
                where session_key = %s"""
    with web_role():
        given("session", stored("a key of my own"))
        with connection.cursor() as cursor:
            cursor.execute(copy, [stored("a key of my own"), stored(theirs)])
            assert cursor.rowcount == 0
    put(copy, stored("a key of my own"), stored(theirs))  # whoever can write the row by other means
    me.client.cookies[settings.SESSION_COOKIE_NAME] = "a key of my own"
    assert me.get("/kontoret/").status_code == 302
    assert her.get("/kontoret/").status_code == 200


def test_nobody_ends_the_log_ins_of_another(log_ins, as_app):
    theirs, mine = (Session.objects.get(session_key=stored(key)).account for _, key in log_ins)
    with as_app(actor=f"self:{mine.subject_id}", purpose="accounts/administration"):
        end_sessions(theirs)
    assert Session.objects.count() == 2
    with as_app(actor=f"self:{mine.subject_id}", purpose="accounts/administration"):
        end_sessions(mine, but=log_ins[1][1])
    assert Session.objects.count() == 2
    with as_app(actor=f"self:{mine.subject_id}", purpose="accounts/administration"):
        end_sessions(mine)
    assert [one.account for one in Session.objects.all()] == [theirs]


def test_what_has_run_out_is_swept_by_the_keeper_alone(log_ins):
    Session.objects.filter(session_key=stored(log_ins[0][1])).update(
        expire_date=datetime(2026, 1, 1, tzinfo=UTC)
    )
    with web_role():
        assert drop_expired_sessions() == 0
    assert log_ins[0][0].get("/kontoret/").status_code == 302
    with keeper():
        assert drop_expired_sessions() == 1
    assert Session.objects.count() == 1
