"""Planted violations of invariants 4 and 5."""

import pytest
from django.db import IntegrityError, connection, transaction

from hjemmel.domain.people.models import Phone
from hjemmel.kernel import access
from hjemmel.kernel.verify import columns, log
from hjemmel.kernel.verify.reading import one
from tests.kernel.verify.register import Register, counts, settle, unguarded


def sql(text: str, *params: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text, params)


def test_a_row_that_went_without_a_line(planted: Register):
    with unguarded("people_phone", "m_log_delete"):
        Phone.objects.filter(subject=planted.members[111].subject_id).delete()
    assert counts([log.verify()]) == {"gone_without_log": 1}


def test_a_row_that_came_uncounted(planted: Register):
    with unguarded("people_phone", "m_log_insert"):
        Phone.objects.create(subject_id=planted.members[111].subject_id, number="+4768050199")
    assert counts([log.verify()]) == {"gone_without_log": 1}


def test_a_table_that_was_emptied_at_a_stroke(planted: Register):
    settle()
    there = one("select count(*) from people_phone")
    sql("truncate people_phone")
    assert counts([log.verify()]) == {"gone_without_log": there}


def test_a_line_that_was_torn_out(planted: Register):
    with unguarded("audit_entry"):
        sql(
            "delete from audit_entry where id = (select min(id) from audit_entry where kind = 'deleted')",
        )
    assert counts([log.verify()]) == {"gone_without_log": 1}


def test_a_line_without_a_reason(planted: Register):
    with unguarded("audit_entry"):
        sql("alter table audit_entry drop constraint audit_entry_gone_for_a_reason")
        sql(
            "update audit_entry set reason = 'because'"
            " where id = (select min(id) from audit_entry where kind = 'deleted')"
        )
    assert counts([log.verify()]) == {"gone_without_log": 1}


@pytest.fixture
def values(planted: Register) -> int:
    """How many values the log holds of one member: rows that are counted, and not logged each."""
    with access.acting(actor="console", purpose="membership/administration"):
        for number in ("+4768050125", "+4768050126"):
            Phone.objects.filter(subject=planted.members[111].subject_id).update(number=number)
    settle()
    there: int = one("select count(*) from audit_value")
    assert there > 1
    return there


def test_counted_rows_that_went_for_no_reason_of_ours(values: int):
    sql("set local hjemmel.reason = 'because'")
    with pytest.raises(IntegrityError, match="audit_tally_gone_for_a_reason"), transaction.atomic():
        sql("delete from audit_value")
    sql("alter table audit_tally drop constraint audit_tally_gone_for_a_reason")
    sql("delete from audit_value")
    result = log.verify()
    assert (result.count, result.name) == (values, "gone_without_log")
    assert all(example.startswith("audit_value: no reason") for example in result.examples)


def test_counted_rows_that_went_with_a_reason_count_nothing(values: int):
    sql("set local hjemmel.reason = 'request:7'")
    sql("delete from audit_value")
    assert counts([log.verify()]) == {}


def test_what_goes_with_a_reason_counts_nothing(planted: Register):
    with access.acting(actor="console", purpose="membership/administration", reason="request:7"):
        Phone.objects.filter(subject=planted.members[111].subject_id).delete()
    assert counts([log.verify()]) == {}


@pytest.mark.parametrize(
    ("ddl", "found"),
    [
        ("alter table people_person add column religion text", "people_person.religion"),
        ("create table notes (about text)", "notes.about"),
        ("create materialized view copied as select given_name from people_person", "copied.given_name"),
        ("create table kernel.notes (about text)", "kernel.notes.about"),
    ],
    ids=["column", "table", "materialised view", "another schema"],
)
def test_a_column_that_nobody_declared(planted: Register, ddl: str, found: str):
    settle()
    with connection.cursor() as cursor:
        cursor.execute("set local role hjemmel_owner")
        cursor.execute(ddl)
        cursor.execute("reset role")
    result = columns.verify()
    assert (result.count, result.examples) == (1, (found,))


def test_a_column_of_another_owners_is_found_too(planted: Register):
    settle()
    sql("set local role hjemmel_kernel")
    sql("create table kernel.hidden (about text)")
    sql("reset role")
    assert columns.verify().examples == ("kernel.hidden.about",)


def test_a_large_object(superuser):
    """Nobody but a superuser can make one."""
    assert columns.verify().count == 0
    superuser("select lo_from_bytea(1002003, 'self:1')")
    result = columns.verify()
    assert (result.count, result.examples) == (1, ("large object 1002003",))
