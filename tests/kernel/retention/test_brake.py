"""The brake, and what somebody responsible says of what it stopped."""

from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from hjemmel.kernel import access, clock
from hjemmel.kernel.audit.models import Entry
from hjemmel.kernel.retention import actions, approvals, brake
from hjemmel.kernel.retention.models import Decision, Run
from hjemmel.kernel.subjects.refusals import Refused
from tests.kernel.retention.keeping import keeper
from tests.planting import HARBOUR, ROOT, member, officer

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("RET-01")]
LEFT, DUE = date(2019, 6, 30), date(2024, 6, 30)
WHY = "Planen er lest og stemmer"


@pytest.fixture(autouse=True)
def acts():
    with access.acting(actor="console", purpose="membership/administration"), clock.at(date(2018, 1, 1)):
        yield


def left(count: int = 1) -> None:
    for _ in range(count):
        member(joined_on=date(2010, 1, 1), left_on=LEFT)


def stop(brake_at: int = 1, on: date = DUE) -> Run:
    """A night that the brake stops."""
    with keeper(), pytest.raises(brake.RetentionError):
        actions.run(on, brake=brake_at)
    run = Run.objects.latest("pk")
    assert run.state == Run.State.STOPPED
    return run


@pytest.fixture
def say(as_app):
    """`say("approved")` as somebody responsible, of the last run."""
    keeper_of_it = officer("register_keeper", ROOT, starts_on=date(2010, 1, 1))

    def answer(says: str, run: Run | None = None, why: str = WHY) -> int:
        wanted = (run or Run.objects.latest("pk")).pk
        with as_app(actor=f"officer:{keeper_of_it.pk}", purpose="retention/proof"):
            return approvals.decide(wanted, says, why)

    return answer


@contextmanager
def refused(name: str):
    with pytest.raises(Refused) as found:
        yield
    assert list(found.value.errors) == [name]


def test_a_stopped_run_notes_what_was_planned_beside_the_usual():
    left(2)
    with keeper():
        actions.run(DUE, actor="console")
    left(12)
    run = stop()
    found = approvals.stopped(run.pk)
    assert found is not None
    assert (found.why, found.due, found.usual_due, found.waits) == ("unusual", 12, 2, True)
    assert found.planned["membership/keep/2"]["record"] == 12
    assert found.usual["membership/keep/2"]["record"] == 2
    assert run.version_id is not None


def test_what_is_approved_goes_once_and_no_more(say):
    left(3)
    run = stop()
    number = say("approved", run)
    with keeper():
        assert actions.run(DUE, brake=1).subjects == 3
    used = Decision.objects.get(pk=number)
    assert used.used_by == Run.objects.latest("pk")
    assert (used.office, used.reason, used.due) == ("register_keeper", WHY, 3)
    assert Entry.objects.filter(table_name="retention_decision", record_id=number).count() == 1
    left(20)
    stop()


def test_an_approval_reaches_so_many_and_ends_by_itself(say):
    left(3)
    run = stop()
    say("approved", run)
    left(brake.most(3) - 3 + 1)
    run = stop()  # clearly more than what was approved
    assert (run.due, brake.most(3)) == (14, 13)
    say("approved", run)
    Decision.objects.filter(run=run).update(until=timezone.now() - timedelta(minutes=1))
    run = stop()
    say("approved", run)
    with keeper():
        assert actions.run(DUE, brake=1).subjects == 14


def test_after_a_rejection_nothing_goes_until_somebody_has_looked(say):
    left(3)
    say("rejected", stop())
    with keeper(), pytest.raises(brake.RejectedError):
        actions.run(DUE, brake=1000)  # not even what is usual
    again = Run.objects.latest("pk")
    found = approvals.stopped(again.pk)
    assert found is not None
    assert (found.why, found.due) == ("rejected", 3)
    with keeper(), pytest.raises(brake.RejectedError):
        actions.run(DUE, actor="console")
    assert Run.objects.latest("pk") == again
    say("approved", again)
    with keeper():
        assert actions.run(DUE, brake=1).subjects == 3
    left(2)
    with keeper():
        assert actions.run(DUE, brake=1000).subjects == 2  # and the nights go on as before


def test_whoever_runs_it_by_hand_may_go_on_in_spite_of_it(say):
    left(2)
    say("rejected", stop())
    with keeper():
        assert actions.run(DUE, actor="console", despite=True).subjects == 2
        left_over = actions.run(DUE, brake=1)
    assert left_over.subjects == 0


def test_a_run_that_broke_off_goes_on_by_the_same_approval(say):
    left(3)
    number = say("approved", stop())
    broken = Run.objects.create(
        day=DUE, actor="job:retention", state=Run.State.BROKEN, due=3, began_at=timezone.now()
    )
    Decision.objects.filter(pk=number).update(used_by=broken)
    with keeper():
        assert actions.run(DUE, brake=1).subjects == 3


def test_only_the_last_run_is_answered_for_and_only_with_a_reason(say):
    left(3)
    first = stop()
    last = stop()
    with refused(""):
        say("approved", first)
    with refused("reason"):
        say("approved", last, "kort")
    say("rejected", last)
    with refused(""):
        say("rejected", last)
    say("approved", last)  # she has looked again
    with keeper():
        actions.run(DUE, brake=1)
    with refused(""):
        say("approved", last)


def test_nobody_but_those_responsible_says_anything_and_nobody_writes_it_herself(as_app):
    left(3)
    run = stop()
    stranger = officer("chapter_leader", HARBOUR, starts_on=date(2010, 1, 1))
    with (
        as_app(actor=f"officer:{stranger.pk}", purpose="retention/proof"),
        pytest.raises(PermissionDenied),
    ):
        approvals.decide(run.pk, "approved", WHY)
    for actor in ("job:retention", "console", "system"):
        with as_app(actor=actor, purpose="retention/proof"), pytest.raises(PermissionDenied):
            approvals.decide(run.pk, "approved", WHY)
    responsible = officer("register_keeper", ROOT, starts_on=date(2010, 1, 1))
    with (
        as_app(actor=f"officer:{responsible.pk}", purpose="retention/proof"),
        connection.cursor() as cursor,
    ):
        for sql in (
            "insert into retention_decision (run_id, says, due, reason, subject_id, office, at)"
            f" values ({run.pk}, 'approved', 3, 'x', 1, 'x', now())",
            "update retention_decision set due = 100000",
            "update retention_run set state = 'done'",
        ):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                cursor.execute(sql)
    assert not Decision.objects.exists()
