"""What happens when the sweep meets others: another sweep, a writer, its own end in the middle."""

from datetime import date
from threading import Event, Thread
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection, transaction

from hjemmel.kernel import access
from hjemmel.kernel.retention import actions, due, queries, sweeping
from hjemmel.kernel.retention.models import Run
from tests.kernel.retention.keeping import rows
from tests.planting import HILL, member

LEFT = date(2019, 6, 30)
DUE = date(2024, 6, 30)


@pytest.fixture
def left(register_apart: Any) -> list[int]:
    """The subjects of twelve members who left five years before the day."""
    return sorted(
        member(given=f"Kari{n}", joined_on=date(2010, 1, 1), left_on=LEFT).subject_id for n in range(12)
    )


def people() -> int:
    """How many persons there are."""
    return int(rows("select count(*) from people_person")[0][0])


def test_the_keeper_by_its_own_log_in_may_do_all_that_the_sweep_does(register_apart, left):
    with register_apart("keeper"):
        planned = queries.plan(DUE)
        assert rows("select current_user, session_user") == [("hjemmel_keeper", "hjemmel_keeper")]
        done = actions.run(DUE)
    assert (done.subjects, done.counts, done.left) == (12, planned.counts, 0)
    assert people() == 0


def test_there_is_one_sweep_at_a_time(register_apart, left):
    began, told = Event(), Event()
    first: list[actions.Swept] = []

    def hold(swept: int, total: int) -> None:
        began.set()
        assert told.wait(30)

    def sweep() -> None:
        try:
            first.append(actions.run(DUE, batch=5, progress=hold))
        finally:
            connection.close()

    thread = Thread(target=sweep)
    thread.start()
    assert began.wait(30)
    with pytest.raises(actions.AlreadyRunningError, match="one at a time"):
        actions.run(DUE)
    told.set()
    thread.join()
    assert first[0].subjects == 12
    assert actions.run(DUE).subjects == 0


def states() -> list[str]:
    return list(Run.objects.order_by("pk").values_list("state", flat=True))


def test_broken_off_between_batches_it_goes_on_where_it_was(register_apart, left):
    planned = queries.count(DUE)

    def stop(swept: int, total: int) -> None:
        if swept >= 10:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        actions.run(DUE, batch=5, progress=stop)
    assert people() == 2
    broken = Run.objects.get()
    assert (broken.state, broken.swept, broken.ended_at is None) == (Run.State.BROKEN, 10, False)
    rest = actions.run(DUE, batch=5)
    assert rest.subjects == 2
    counts = [
        (r, h, n) for part in (broken.counts, rest.counts) for r, of in part.items() for h, n in of.items()
    ]
    assert queries.tally(counts) == planned


def test_killed_by_the_server_it_leaves_whole_batches_and_no_lock(register_apart, left, second):
    mine = rows("select pg_backend_pid()")[0][0]

    def kill(swept: int, total: int) -> None:
        second.execute("select pg_terminate_backend(%s)", [mine])
        second.commit()

    with pytest.raises(OperationalError):
        actions.run(DUE, batch=5, progress=kill)
    connection.close()
    assert people() == 7
    assert states() == ["broken"]
    Run.objects.update(state=Run.State.RUNNING)  # as a process leaves it that was killed outright
    assert actions.run(DUE).subjects == 7
    assert people() == 0
    assert states() == ["broken", "done"]


def test_a_new_record_under_way_is_waited_for_and_keeps_the_person(register_apart, left, second):
    come_back = left[0]
    _join(second, come_back)
    assert actions.run(DUE).left == 1
    assert people() == 1
    second.commit()
    done = actions.run(DUE)
    assert (done.left, done.counts) == (0, {"membership/keep/2": {"record": 1, "row": 1}})
    assert rows("select given_name, gone_on from people_person p join subjects_subject s using (id)") == [
        (rows("select given_name from people_person")[0][0], None)
    ]
    assert rows("select unit_id from members_membership") == [(HILL,)]


def test_who_comes_too_late_is_told_that_the_person_is_gone(register_apart, left, second):
    gone = left[0]
    with access.acting(actor="job:retention", purpose=()), connection.cursor() as cursor:
        ids = sweeping.lock(cursor, [gone], wait=False)
        with pytest.raises(psycopg.errors.LockNotAvailable):
            _join(second, gone)
        second.rollback()
        for step in sweeping.decide(cursor, due.steps(queries.places()), ids, DUE):
            sweeping.do(cursor, step, DUE)
        sweeping.close(cursor, ids, DUE)
    with pytest.raises(psycopg.errors.CheckViolation, match="gone from the register"):
        _join(second, gone)


def test_a_membership_taken_up_again_meanwhile_is_not_swept(register_apart, left, second):
    back = left[0]
    second.execute("update members_membership set left_on = null where subject_id = %s", [back])
    assert actions.run(DUE).left == 1
    second.commit()
    done = actions.run(DUE)
    assert (done.left, done.counts) == (0, {})
    assert rows("select subject_id, left_on from members_membership") == [(back, None)]


def test_a_membership_taken_up_again_while_the_sweep_waits_is_not_swept(register_apart, left, second):
    back, sweeps = left[0], rows("select pg_backend_pid()")[0][0]
    second.execute("delete from audit_logged")  # what is logged takes a share of the lock by that alone
    second.commit()
    second.execute("update members_membership set left_on = null where subject_id = %s", [back])

    done = Event()

    def commit_once_it_waits() -> None:
        waits = "select 1 from pg_locks where pid = %s and not granted"
        while not done.is_set() and not second.execute(waits, [sweeps]).fetchone():
            pass
        second.commit()

    thread = Thread(target=commit_once_it_waits)
    thread.start()
    try:
        actions.run(DUE)
    finally:
        done.set()
        thread.join()
    assert rows("select subject_id, left_on from members_membership") == [(back, None)]
    assert people() == 1


def test_somebody_who_writes_while_the_sweep_decides_waits_for_it(register_apart, left, second):
    with transaction.atomic(), connection.cursor() as cursor:
        sweeping.lock(cursor, left, wait=False)
        with pytest.raises(psycopg.errors.LockNotAvailable):
            second.execute(
                "insert into people_phone (id, version, subject_id, number) values (1, 1, %s, 'x')", left[:1]
            )


def _join(other: psycopg.Connection[Any], subject: int) -> None:
    other.execute(
        "insert into members_membership (id, version, subject_id, unit_id, kind, joined_on)"
        " values (%s, 1, %s, %s, 'ordinary', '2024-06-01')",
        [subject // 2, subject, HILL],
    )
