"""Planted violations of invariants 1 to 3: each raises its own count by just so much."""

from datetime import date, timedelta

import pytest
from django.db import connection

from hjemmel.domain.people.models import Email, Person, Phone
from hjemmel.kernel import clock
from hjemmel.kernel.holds.models import Hold
from hjemmel.kernel.subjects.models import Subject
from hjemmel.kernel.verify import ledger, reading
from tests.kernel.verify.register import LEFT, Register, counts, settle, unguarded
from tests.planting import member

GUARDS = ("a_guard_update",)


def found(night: date | None = None, *, kept: bool = False) -> dict[str, int]:
    return counts(ledger.verify(reading.in_force()[0], ledger.Night(night or clock.today(), kept=kept)))


def sql(text: str, *params: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(text, params)
        return cursor.rowcount


def test_a_datum_that_no_ground_ever_held(planted: Register):
    with unguarded("people_person", "a_guard_update"):
        Person.objects.filter(pk=planted.contact.pk).update(gender="woman", employer="Verftet")
    assert found() == {"data_without_ground": 3}  # gender, employer, and gender once more as a logged value


def test_a_sealed_value_that_no_ground_holds(planted: Register):
    with unguarded("vault_sealed", "h_guard_insert"):
        sql(
            "insert into vault_sealed (id, version, subject_id, datum, value)"
            " values (1, 1, %s, 'person.national_id', 'x')",
            planted.contact.pk,
        )
    assert found() == {"data_without_ground": 1}


def test_a_record_that_came_behind_the_ledger(planted: Register):
    """Two clauses should hold the office of the contact; by the rules they do, in the ledger they do not."""
    contact = planted.contact
    with unguarded("units_tenure", "g_insert", "h_guard_insert"):
        sql(
            "insert into units_tenure (id, version, subject_id, office, unit_id, starts_on)"
            " values (1, 1, %s, 'chapter_leader', 111, '2026-01-01')",
            contact.pk,
        )
    assert found() == {"grounds_differ": 2}


def test_rows_of_somebody_without_any_record(planted: Register):
    with unguarded("subjects_subject"):
        Subject.objects.create(id=7)
    with unguarded("people_phone", "h_guard_insert"):
        Phone.objects.create(subject_id=7, number="+4768050199", kind=None, main=None)
    assert found() == {"data_without_ground": 2}  # the subject that nothing says why is there, and its number


def test_what_the_end_of_a_relation_should_have_taken(planted: Register):
    with unguarded("people_email", "h_guard_insert"):
        Email.objects.create(subject_id=planted.ended.subject_id, address="a@example.org")
    assert found() == {"data_past_last_ground": 1}


@pytest.mark.parametrize(
    ("night", "gone"), [(date(2030, 12, 31), 0), (date(2031, 1, 1), 0), (date(2031, 1, 2), 9)]
)
def test_what_is_due_on_a_day_is_overdue_when_a_later_night_has_come(db, night: date, gone: int):
    ended = member(joined_on=date(2015, 3, 1), left_on=LEFT, leaving="left")
    for model in (Email, Phone):
        with unguarded(model._meta.db_table):
            model.objects.filter(subject=ended.subject_id).delete()
    settle()
    # Name, birth date and address; the membership's unit, type, dates, manner of joining and reason of
    # leaving; and the subject.
    assert found(night).get("data_past_last_ground", 0) == gone


def test_what_was_entered_since_the_night_waits_for_the_next_one(planted: Register):
    """Left in January, entered today: the ledger says January, but no night has come by since."""
    membership = planted.members[111]
    settle()
    sql("update members_membership set left_on = '2026-01-01' where id = %s", membership.pk)
    assert found(kept=True) == {}
    assert found()["data_past_last_ground"] > 0  # the last night was not kept
    sql("update grounds_ground set done = true where record_id = %s and until is not null", membership.pk)
    assert found(kept=True)["data_past_last_ground"] > 0  # one went by, and took nothing


def test_what_the_ledger_does_not_know_of_waits_for_no_night(planted: Register):
    membership = planted.members[111]
    with unguarded("members_membership"):
        sql("update members_membership set left_on = '2026-01-01' where id = %s", membership.pk)
    assert found(kept=True)["data_past_last_ground"] > 0


def test_a_log_value_of_a_datum_that_is_no_longer_held(planted: Register):
    ended = planted.ended.subject_id
    with unguarded("audit_value", "g_insert"):
        sql(
            "insert into audit_value (id, version, subject_id, datum, old, new, key, written_on)"
            " values (1, 1, %s, 'person.email', 'a', 'b', 'k', %s)",
            ended,
            clock.today(),
        )
    assert found() == {"data_past_last_ground": 1, "grounds_differ": 1}


def test_a_staged_row_past_its_thirty_days(planted: Register):
    due = clock.today() + timedelta(days=1)
    assert found(due).get("data_past_last_ground") is None
    assert found(due + timedelta(days=1))["data_past_last_ground"] == 2  # the row's datum, its subject


def test_a_recruiter_who_is_gone(planted: Register):
    gone = planted.officers["former"].pk
    with unguarded("members_membership"):
        sql("update members_membership set recruiter_id = %s where id = %s", gone, planted.members[111].pk)
    sql("update subjects_subject set gone_on = %s where id = %s", clock.today(), gone)
    assert found() == {"data_past_last_ground": 1}


@pytest.mark.parametrize(
    "tampering",
    [
        "update grounds_ground set until = until + 1 where ctid = (select min(ctid) from grounds_ground"
        " where until is not null)",
        "update grounds_ground set unit_id = 101 where ctid = (select min(ctid) from grounds_ground"
        " where unit_id <> 101)",
        "update grounds_ground set ended = '2026-01-02' where ctid = (select min(ctid) from grounds_ground"
        " where ended is null)",
        "delete from grounds_ground where ctid = (select min(ctid) from grounds_ground)",
        "insert into grounds_ground (clause_id, record_id, subject_id, unit_id)"
        " select clause_id, 1, subject_id, unit_id from grounds_ground limit 1",
    ],
    ids=["until", "unit", "ended", "missing", "extra"],
)
def test_a_ground_that_nothing_makes_or_that_is_not_as_made(planted: Register, tampering: str):
    settle()
    assert sql(tampering) == 1
    assert found() == {"grounds_differ": 1}


def test_a_record_changed_behind_the_ledger(planted: Register):
    """Moved by a day: both keep rules of the membership should have followed."""
    with unguarded("members_membership"):
        sql("update members_membership set joined_on = joined_on + 1 where id = %s", planted.members[111].pk)
    assert found() == {"grounds_differ": 2}


def _held(subject: int, **fields: object) -> Hold:
    return Hold.objects.create(
        subject_id=subject, reason="court", reference="Sak 1", set_on=date(2018, 1, 1), **fields
    )


def _past(hold: dict[str, object] | None = None) -> dict[str, int]:
    """A member whose time was up on the first of 2031 as the night after that has come, and a hold."""
    ended = member(joined_on=date(2015, 3, 1), left_on=LEFT, leaving="left")
    for model in (Email, Phone):
        with unguarded(model._meta.db_table):
            model.objects.filter(subject=ended.subject_id).delete()
    if hold is not None:
        _held(ended.subject_id, **hold)
    settle()
    return found(date(2031, 1, 2))


@pytest.mark.parametrize(
    ("hold", "gone"),
    [
        (None, 9),
        ({}, 0),
        ({"ends_on": date(2031, 1, 2)}, 0),  # what it held goes the next night
        ({"record": "membership"}, 4),  # name, birth date and address, and what the log says of the dates
        ({"data": ["person.name"]}, 8),
        ({"record": "membership", "data": ["membership.type"]}, 8),
    ],
)
def test_what_a_hold_keeps_is_past_nothing(db, hold: dict[str, object] | None, gone: int):
    assert _past(hold).get("data_past_last_ground", 0) == gone


def test_a_hold_that_is_over_keeps_nothing(db):
    assert _past({"ends_on": date(2031, 1, 1)})["data_past_last_ground"] == 9


def test_a_hold_keeps_what_no_ground_ever_held_and_nothing_else(planted: Register):
    with unguarded("people_person", "a_guard_update"):
        Person.objects.filter(pk=planted.contact.pk).update(gender="woman", employer="Verftet")
    _held(planted.contact.pk, data=["person.gender"])
    assert found() == {"data_without_ground": 1}
