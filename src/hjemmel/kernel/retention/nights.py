"""What the nights have done, as counts. They name nobody, so whoever works in the office may read them."""

from datetime import date

from hjemmel.kernel import clock
from hjemmel.kernel.retention.models import Run


def last_run() -> Run | None:
    """Return the last run that ended, or None before the first night."""
    return Run.objects.filter(ended_at__isnull=False).order_by("-id").first()


def came(night: date) -> bool:
    """Whether that night's run came: it ended on its day, or since. One that the brake stopped came too, and
    waits for a person; one that was broken off did not.
    """
    ended = Run.objects.exclude(state=Run.State.RUNNING)
    return ended.filter(day__gte=night, day__lte=clock.today()).exists()
