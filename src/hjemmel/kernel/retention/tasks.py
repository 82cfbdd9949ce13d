"""The nightly job. It carries nothing: what is due stands in the ledger."""

import logging

from procrastinate.contrib.django import app

from hjemmel.kernel.access.accounts import drop_expired_sessions
from hjemmel.kernel.clock import NIGHT
from hjemmel.kernel.retention.actions import BRAKE, run

log = logging.getLogger(__name__)


@app.periodic(cron=f"{NIGHT.minute} {NIGHT.hour} * * *")
@app.task(queue="retention", queueing_lock="retention", lock="retention")
def sweep(timestamp: int) -> None:
    """Run the sweep of the day. With the brake on, or a sweep under way, the job fails and says why."""
    del timestamp
    done = run(brake=BRAKE)
    drop_expired_sessions()
    log.info("retention %s: %s swept, %s left", done.day, done.subjects, done.left)
