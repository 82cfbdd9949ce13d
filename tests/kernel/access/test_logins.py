"""Log-ins in the log: every one, and of nobody, unless the declaration says that log-ins are logged."""

import pytest
from django.test import Client

from hjemmel.kernel import access
from hjemmel.kernel.access.accounts import open_account
from hjemmel.kernel.audit.models import Entry, Logged
from hjemmel.kernel.audit.sealing import seal
from tests.faces.conftest import web_role
from tests.kernel.verify.register import settle, unguarded
from tests.kernel.verify.seals.logs import found, sql
from tests.planting import HARBOUR, member

pytestmark = pytest.mark.django_db
NAME, PASSWORD = "kari@example.org", "en lang nok setning"


@pytest.fixture
def her():
    """A member who can log in."""
    her = member(HARBOUR)
    with access.acting(actor="console", purpose="accounts/administration"):
        open_account(username=NAME, password=PASSWORD, subject_id=her.subject_id)
    settle()
    return her


def log_in(password: str = PASSWORD) -> Client:
    """As the form does it."""
    client = Client(SERVER_NAME="localhost")
    with web_role():
        client.post("/konto/logg-inn/", {"login": NAME, "password": password})
    return client


def lines() -> list[Entry]:
    return list(Entry.objects.filter(kind="logged_in").order_by("id"))


def values() -> list[tuple[int, int]]:
    return sql("select id, subject_id from audit_value where datum = 'account.logins'")


def test_a_log_in_is_a_line_that_names_nobody(her):
    log_in("feil passord hele veien")
    assert lines() == []
    log_in()
    (line,) = lines()
    assert (line.subject_id, line.record_id, line.table_name, line.commitment) == (None, None, "", None)
    assert values() == []


def test_where_log_ins_are_declared_as_logged_it_is_hers_until_the_value_goes(her):
    Logged.objects.create(datum="account.logins")
    client = log_in()
    (line,) = lines()
    assert (values(), line.subject_id) == ([(line.pk, her.subject_id)], None)
    seal()
    assert found() == {}
    with web_role():
        assert "Logget inn" in client.get("/minside/logg/").content.decode()
    with access.acting(actor="console", purpose=(), reason="request:7"):
        sql("delete from audit_value where id = %s", line.pk)
    with web_role():
        assert "Logget inn" not in client.get("/minside/logg/").content.decode()
    seal()
    assert found() == {}
    assert lines() == [line]


def test_a_log_in_that_is_moved_to_somebody_else_is_found(her):
    Logged.objects.create(datum="account.logins")
    log_in()
    other = member(HARBOUR, given="Ola")
    seal()
    with unguarded("audit_value"):
        sql("update audit_value set subject_id = %s where datum = 'account.logins'", other.subject_id)
    assert found() == {"value_differs": 1}
