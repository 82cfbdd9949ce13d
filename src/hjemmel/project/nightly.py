"""What follows a night's run: the search for leftovers that is its proof, the forecast, and the letter to the
responsible office. It carries nothing and looks for itself what is not done yet, so it may come twice.
"""

import logging
from collections.abc import Callable

from procrastinate.contrib.django import app

from hjemmel.kernel import clock
from hjemmel.kernel.grounds.queries import NothingDeclaredError, in_force
from hjemmel.kernel.retention import forecast, outside, proofs, reports
from hjemmel.kernel.retention.tasks import followed_by
from hjemmel.kernel.verify.actions import leftovers

log = logging.getLogger(__name__)


class NotAllDoneError(RuntimeError):
    """Something that follows a run failed; the log says what. The rest is done."""


@app.task(queue="retention")
def follow() -> None:
    """Do what is not done yet. One thing that fails keeps none of the others back."""
    try:
        in_force()
    except NothingDeclaredError:
        return
    failed = [step.__name__ for step in (_note_tasks, _prove, _look_ahead, _tell) if not _done(step)]
    if failed:
        raise NotAllDoneError(", ".join(failed))


def begin() -> None:
    """Have it done after each run from now on, and once now: a worker may have stopped in between."""
    followed_by(follow.defer)
    if not any(app.job_manager.list_jobs(task=follow.name, status="todo")):
        follow.defer()


def _note_tasks() -> None:
    outside.note_tasks()


def _prove() -> None:
    if (run := proofs.unproved()) is not None:
        proofs.prove(run, leftovers)


def _look_ahead() -> None:
    if not forecast.is_kept(clock.today()):
        forecast.keep_forecast()


def _tell() -> None:
    if (run := reports.untold()) is not None:
        reports.tell(run)


def _done(step: Callable[[], None]) -> bool:
    try:
        step()
    except Exception:
        log.exception("after the night: %s failed", step.__name__)
        return False
    return True
