"""The nights: when they are, and what the last ones have done, as counts. They name nobody, so whoever works
in the office may read them.
"""

from datetime import UTC, date, datetime, time, timedelta

from hjemmel.kernel import clock
from hjemmel.kernel.retention.models import Run

NIGHT = time(2, 17)  # UTC: a new day has begun in Oslo, summer and winter
CRON = f"{NIGHT.minute} {NIGHT.hour} * * *"


def last_run() -> Run | None:
    """Return the last run that ended, or None before the first night."""
    return Run.objects.filter(ended_at__isnull=False).order_by("-id").first()


def last_night(now: datetime | None = None) -> date:
    """Return the day of the last night whose time has come: yesterday, in the hours before today's. On a day
    that a demonstration or a test was moved to there is no hour, and its night has come.
    """
    moved = clock.moved()
    if moved is not None and now is None:
        return moved
    since = timedelta(hours=NIGHT.hour, minutes=NIGHT.minute)
    return ((now or datetime.now(UTC)) - since).astimezone(UTC).date()


def was_kept(night: date) -> bool:
    """Whether a run on that day, or since, went through all that was due and left nothing."""
    done = Run.objects.filter(state=Run.State.DONE, left=0)
    return done.filter(day__gte=night, day__lte=clock.today()).exists()
