"""The nightly job. It carries nothing: what is due stands in the ledger."""

import logging
from collections.abc import Callable

from procrastinate.contrib.django import app

from hjemmel.kernel import clock
from hjemmel.kernel.access.accounts import drop_expired_sessions
from hjemmel.kernel.retention import nights
from hjemmel.kernel.retention.actions import run
from hjemmel.kernel.retention.brake import BRAKE

log = logging.getLogger(__name__)
_followers: list[Callable[[], object]] = []


def followed_by(act: Callable[[], object]) -> None:
    """Enter what is to be done after each run, whatever became of it: proof and report come from above."""
    if act not in _followers:
        _followers.append(act)


# No lock of the queue's: a worker that is killed would leave it locked for ever, and row-level security hides
# from the queue's code what it needs to tell that the same job waits. The run has a lock that goes with the
# process, and comes once a night.
@app.periodic(cron=f"{clock.NIGHT.minute} {clock.NIGHT.hour} * * *")
@app.task(queue="retention")
def sweep(timestamp: int) -> None:
    """Run the sweep of the night, once. With the brake on or a sweep under way the job fails and says so."""
    del timestamp
    if not nights.came(clock.last_night()):
        _sweep()


@app.task(queue="retention")
def go_on() -> None:
    """Run what the brake stopped and somebody has approved since. The run reads the approval, not this."""
    _sweep()


def _sweep() -> None:
    try:
        done = run(brake=BRAKE)
    finally:
        for act in _followers:
            act()
    drop_expired_sessions()
    log.info("retention %s: %s swept, %s left", done.day, done.subjects, done.left)


def catch_up() -> None:
    """Put the last night's sweep in the queue if it did not come: the machine was off, or it broke off."""
    waits = any(app.job_manager.list_jobs(task=sweep.name, status="todo"))
    if not waits and not nights.came(clock.last_night()):
        sweep.configure().defer(timestamp=0)
