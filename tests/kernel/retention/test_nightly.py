"""The night's sweep comes once: at its minute, or as soon as the worker is up again."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from hjemmel.kernel import clock
from hjemmel.kernel.retention import tasks
from hjemmel.kernel.retention.models import Run
from hjemmel.kernel.retention.nights import came
from tests.commands import environment
from tests.kernel.conftest import Login
from tests.kernel.retention.keeping import keeper, rows
from tests.planting import member

pytestmark = pytest.mark.requirement("RET-01")
LEFT = date(2026, 1, 1)
DUE, DAY = date(2031, 1, 1), timedelta(days=1)


def runs() -> list[tuple[date, str, int]]:
    return [(r.day, r.state, r.swept) for r in Run.objects.order_by("pk")]


def worker(day: date) -> None:
    """Start the worker on that day, and let it end when no job is left."""
    code = "import django; django.setup(); from hjemmel.project.worker import work; work(until_empty=True)"
    own = {"HJEMMEL_ROLE": "keeper", "HJEMMEL_TODAY": day.isoformat()}
    subprocess.run(
        [sys.executable, "-c", code], env=environment(connection.settings_dict["NAME"]) | own, check=True
    )


def jobs() -> int:
    return int(rows("select count(*) from procrastinate_jobs")[0][0])


def test_off_at_its_minute_it_runs_when_the_worker_starts_and_not_twice(register_apart: Login):
    gone = member(joined_on=date(2015, 3, 1), left_on=LEFT)
    for day, expected in (
        (DUE - DAY, [(DUE - DAY, "done", 1)]),
        (DUE - DAY, [(DUE - DAY, "done", 1)]),  # started again the same day
        (DUE + 3 * DAY, [(DUE - DAY, "done", 1), (DUE + 3 * DAY, "done", 1)]),  # three nights off
    ):
        worker(day)
        assert runs() == expected
        assert jobs() == 0
    assert rows("select gone_on from subjects_subject where id = %s", gone.subject_id) == [(DUE + 3 * DAY,)]


@pytest.mark.django_db
def test_a_night_that_waits_in_the_queue_is_not_put_there_again():
    with keeper():
        tasks.catch_up()
        tasks.catch_up()
        assert jobs() == 1
        tasks.sweep(timestamp=0)  # its minute came while the other waited
        tasks.sweep(timestamp=0)
        assert len(runs()) == 1
        tasks.catch_up()
        assert jobs() == 1


@pytest.mark.django_db
def test_a_run_that_was_broken_off_comes_again_and_one_that_was_stopped_waits_for_a_person():
    night = clock.today()
    for day, state, is_there in (
        (night - DAY, Run.State.DONE, False),
        (night, Run.State.RUNNING, False),
        (night, Run.State.BROKEN, False),
        (night + DAY, Run.State.DONE, False),  # a demonstration that had been moved ahead
        (night, Run.State.STOPPED, True),
    ):
        Run.objects.create(day=day, actor="job:retention", state=state, due=0, began_at=datetime.now(UTC))
        assert came(night) is is_there
