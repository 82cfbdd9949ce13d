"""Erasing one person at request: what goes, what stays and why, hidden at once, and to the end."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection

from hjemmel.declaration import texts_of
from hjemmel.domain.members.models import Membership
from hjemmel.domain.people.models import Email, Person
from hjemmel.kernel import access, clock
from hjemmel.kernel.audit.models import Entry
from hjemmel.kernel.erasure import actions, queries
from hjemmel.kernel.erasure.models import Erasure
from hjemmel.kernel.grounds.models import Asked, Ground
from hjemmel.kernel.grounds.queries import in_force
from hjemmel.kernel.retention.queries import waiting
from hjemmel.kernel.statement.actions import apply
from hjemmel.kernel.subjects.models import Subject
from hjemmel.kernel.subjects.refusals import refusals
from tests.kernel.retention import register
from tests.kernel.retention.keeping import keeper, rows, sweep
from tests.kernel.verify.register import counts
from tests.planting import HARBOUR, HILL, ROOT, member, officer

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("RET-03")]
REGISTER = ("membership/administration", "contact_register/administration")
LATER = "    after: membership.ended\n    then: delete\n    because"
LOG = "after: log.written, then: delete}"


AT_REQUEST = {
    "membership": "then: delete\n    at_request: delete",
    "change_log": "then: delete, at_request: delete",
}


@pytest.fixture(autouse=True)
def acts():
    """The console, and rules that heed what people ask for."""
    with access.acting(actor="console", purpose="membership/administration"):
        declared()
        yield


def declared(undo: str | None = "P30D") -> dict[str, str]:
    """A society that deletes the history of a membership, and the log of it, at request; its files."""
    files = texts_of("mission")
    assert "undo: P30D\n" in files["organisation.yaml"]
    if undo is None:
        files["organisation.yaml"] = files["organisation.yaml"].replace("undo: P30D\n", "")
    for name, before in (("membership", LATER), ("change_log", LOG)):
        file = f"activities/{name}.yaml"
        assert files[file].count(before) == 1
        files[file] = files[file].replace(before, before.replace("then: delete", AT_REQUEST[name]))
    apply(files)
    return files


def left(**fields: Any) -> Membership:
    """A member who left last year, so that her history is kept for some years more."""
    tie = member(joined_on=date(2015, 3, 1), left_on=date(2026, 1, 1), leaving="left", **fields)
    register.settle()
    sweep(clock.today())
    return tie


def erase(subject: int) -> actions.Erased:
    request = actions.ask(subject_id=subject)
    with keeper():
        return actions.walk(request)


def test_what_goes_is_what_the_plan_says_and_the_plan_changes_nothing():
    tie = left()
    before = register.every_row()
    found = queries.plan(tie.subject_id)
    assert register.every_row() == before
    assert not Asked.objects.exists()
    assert not Erasure.objects.exists()
    assert {i.happens for i in found.goes} == {"row", "record", "person"}
    assert (found.held, found.stays) == ((), ())
    done = erase(tie.subject_id)
    assert done.left == 0
    assert sum(n for of in done.counts.values() for n in of.values()) == len(found.goes)
    assert Subject.objects.get(pk=tie.subject_id).gone_on == clock.today()
    assert register.everything_stored().get(tie.subject_id) is None
    assert not Asked.objects.exists()
    assert Erasure.objects.get().state == "done"
    assert counts() == {}


def test_the_log_says_by_which_request_and_not_what():
    tie = left()
    request = erase(tie.subject_id).request
    gone = Entry.objects.filter(subject_id=tie.subject_id, kind__in=["deleted", "erased"], at__isnull=False)
    assert gone.filter(table_name="members_membership").get().reason == f"request:{request}"
    assert Entry.objects.get(table_name="erasure_erasure").reason == f"request:{request}"
    assert not rows("select 1 from audit_value where subject_id = %s", tie.subject_id)


def test_it_is_hidden_at_once_and_the_night_ends_what_was_broken_off(as_app):
    tie = left()
    rights = officer("privacy_officer", ROOT)
    with as_app(actor=f"officer:{rights.pk}", purpose=REGISTER):
        assert Person.objects.filter(pk=tie.subject_id).exists()
        request = actions.ask(subject_id=tie.subject_id)
        assert not Person.objects.filter(pk=tie.subject_id).exists()
        assert not Membership.objects.filter(subject=tie.subject_id).exists()
    assert Membership.objects.filter(subject=tie.subject_id).exists()
    assert tie.subject_id in waiting(clock.today())
    assert counts() == {}
    done = sweep(clock.today())
    assert f"request:{request}" in done.counts
    assert not Membership.objects.filter(subject=tie.subject_id).exists()
    with keeper():
        again = actions.walk(request)
    assert (again.left, again.counts) == (0, {})
    assert Erasure.objects.get().state == "done"
    assert counts() == {}


def test_a_membership_that_lasts_is_ended_first():
    tie = member()
    register.settle()
    found = queries.plan(tie.subject_id)
    assert found.goes == ()
    assert {(s.why, s.record) for s in found.stays} == {("open", "membership")}
    before = register.every_row()[tie.subject_id]
    assert erase(tie.subject_id).counts == {}
    assert register.every_row()[tie.subject_id] == before
    Membership.objects.filter(pk=tie.pk).update(left_on=clock.today(), leaving="left")
    register.settle()
    assert erase(tie.subject_id).left == 0
    assert Subject.objects.get(pk=tie.subject_id).gone_on == clock.today()


def test_another_relation_keeps_what_it_holds_and_nothing_else():
    tie = left()
    register.contact(tie.subject, register.Mark("k"), since=date(2026, 2, 1))
    Email.objects.create(subject_id=tie.subject_id, address="a@example.org", matching="a@example.org")
    register.settle()
    found = queries.plan(tie.subject_id)
    assert {(s.why, s.record) for s in found.stays} == {("open", "contact")}
    erase(tie.subject_id)
    assert not Membership.objects.filter(subject=tie.subject_id).exists()
    assert register.stored(tie.subject_id) == {
        "person.name", "person.birth_date", "person.postal_address", "person.email",
    }  # fmt: skip
    assert counts() == {}


def test_a_rule_that_heeds_no_request_says_until_when_and_a_statute_says_which():
    tie = left()
    register.consent(
        tie.subject, register.Mark("s"), given_on=date(2025, 1, 1), withdrawn_on=date(2026, 6, 1)
    )
    register.settle()
    (stay,) = [s for s in queries.plan(tie.subject_id).stays if s.rule == "contact_register/keep/3"]
    assert (stay.why, stay.until, stay.data) == ("rule", date(2027, 6, 1), ("consent.choice", "person.name"))
    assert queries._statute(_activity("gifts"), ["person.national_id"]) == "skatteloven.6-50"
    assert queries._statute(_activity("gifts"), ["person.name"]) is None


def _activity(name: str) -> Any:
    return in_force().activity(name)


def test_a_hold_goes_before_a_request_and_the_request_before_the_rule():
    tie = left()
    hold = register.hold(tie.subject, register.Mark("h"), set_on=clock.today(), data=["person.name"])
    register.settle()
    found = queries.plan(tie.subject_id)
    assert {i.table for i in found.held} == {"people_person"}
    erase(tie.subject_id)
    assert register.stored(tie.subject_id) == {"person.name"}
    assert counts() == {}
    type(hold).objects.filter(pk=hold.pk).update(ends_on=clock.today())
    sweep(clock.today())
    assert register.stored(tie.subject_id) == frozenset()


def test_held_records_stay_asked_for_and_go_when_the_hold_is_released():
    tie = left()
    hold = register.hold(tie.subject, register.Mark("h"), set_on=clock.today())
    register.settle()
    request = erase(tie.subject_id).request
    assert Membership.objects.filter(pk=tie.pk).exists()
    assert Asked.objects.get().request == request
    assert (
        not Ground.objects.filter(subject=tie.subject_id, until__isnull=True)
        .exclude(clause__record="hold")
        .exists()
    )
    assert counts() == {}
    type(hold).objects.filter(pk=hold.pk).update(ends_on=clock.today())
    assert f"request:{request}" in sweep(clock.today()).counts
    assert not Membership.objects.filter(pk=tie.pk).exists()
    assert not Asked.objects.exists()


def test_other_people_are_untouched_byte_for_byte():
    tie, other = left(), left(given="Ida")
    before = register.every_row()[other.subject_id]
    erase(tie.subject_id)
    assert register.every_row()[other.subject_id] == before


def test_who_does_not_handle_rights_neither_plans_nor_erases(as_app):
    tie = left()
    for office, unit in (("register_keeper", ROOT), ("chapter_leader", HARBOUR), ("chapter_leader", HILL)):
        subject = officer(office, unit)
        with as_app(actor=f"officer:{subject.pk}", purpose=REGISTER):
            assert not queries.may(tie.subject_id)
            for act in (lambda: actions.ask(subject_id=tie.subject_id), lambda: _web(tie.subject_id)):
                with pytest.raises(PermissionDenied):
                    act()
    with as_app(actor=f"self:{tie.subject_id}", purpose=REGISTER), pytest.raises(PermissionDenied):
        actions.ask(subject_id=tie.subject_id)
    assert not Erasure.objects.exists()


def _web(subject: int) -> None:
    with refusals():
        queries.read(subject)


def test_a_ground_that_should_have_ended_at_request_is_found(db):
    tie = left()
    actions.ask(subject_id=tie.subject_id)
    with connection.cursor() as cursor:
        cursor.execute(
            "update grounds_ground set until = '2031-01-01', done = true where record_id = %s and until = %s",
            [tie.pk, clock.today()],
        )
        assert cursor.rowcount == 1
    assert counts()["grounds_differ"] == 1


def test_nobody_who_is_gone_is_erased_again():
    tie = left()
    erase(tie.subject_id)
    with pytest.raises(IntegrityError):
        actions.ask(subject_id=tie.subject_id)


def test_two_walks_of_one_request_do_no_double_work():
    tie = left()
    request = actions.ask(subject_id=tie.subject_id)
    seen: list[dict[str, dict[str, int]]] = []
    with keeper():
        first = actions.walk(request, step=lambda _n: seen.append(actions.walk(request).counts))
    assert seen == [first.counts]
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from audit_entry where table_name = 'members_membership'"
                       " and kind = 'deleted' and subject_id = %s", [tie.subject_id])  # fmt: skip
        assert cursor.fetchone() == (1,)
