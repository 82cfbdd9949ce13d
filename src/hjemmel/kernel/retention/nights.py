"""What the nights have done, as counts. They name nobody, so whoever works in the office may read them."""

from datetime import date

from hjemmel.kernel import clock
from hjemmel.kernel.retention.models import Run


def last_run() -> Run | None:
    """Return the last run that ended, or None before the first night."""
    return Run.objects.filter(ended_at__isnull=False).order_by("-id").first()


def was_kept(night: date) -> bool:
    """Whether a run on that day, or since, went through all that was due and left nothing."""
    done = Run.objects.filter(state=Run.State.DONE, left=0)
    return done.filter(day__gte=night, day__lte=clock.today()).exists()
