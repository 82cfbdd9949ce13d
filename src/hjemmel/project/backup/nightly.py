"""The night's backup, as a job of the worker's."""

import logging
from datetime import UTC, datetime, timedelta

from django.conf import settings
from procrastinate.contrib.django import app

from hjemmel.project.backup.register import Backups

log = logging.getLogger(__name__)
SUNDAY = 6
NEVER = datetime.min.replace(tzinfo=UTC)


def begin() -> None:
    """Put the night's backup in the queue if none was made for a day: the machine was off, or it failed."""
    made = [copy.made for copy in Backups(settings.CONFIG).known() if copy.kind == "data"]
    waits = any(app.job_manager.list_jobs(task=back_up.name, status="todo"))
    if not waits and max(made, default=NEVER) < datetime.now(UTC) - timedelta(days=1, hours=1):
        back_up.configure().defer(timestamp=0)


# After the sweep (02:17 UTC), so that what went is not in it.
@app.periodic(cron="47 2 * * *")
@app.task(queue="backup")
def back_up(timestamp: int) -> None:
    """Make the night's backup and end old ones; on Sundays read it in as well, to see that it can be."""
    del timestamp
    now = datetime.now(UTC)
    done = Backups(settings.CONFIG).take(test=now.weekday() == SUNDAY)
    log.info("backup %s: %s rows, %s ended", done.taken.data.id[:8], done.taken.rows, len(done.ended))
