"""What the nights have done, as counts. They name nobody, so whoever works in the office may read them."""

from datetime import date

from hjemmel.kernel import clock
from hjemmel.kernel.retention.models import Run

_ON_THE_WAY = (Run.State.RUNNING, Run.State.BROKEN)


def last_run() -> Run | None:
    """Return the last run that was not broken off, or None before the first night."""
    return Run.objects.exclude(state__in=_ON_THE_WAY).order_by("-id").first()


def came(night: date) -> bool:
    """Whether that night's run came: it ended on its day, or since. One that the brake stopped came too, and
    waits for a person; one that was broken off did not.
    """
    ended = Run.objects.exclude(state__in=_ON_THE_WAY)
    return ended.filter(day__gte=night, day__lte=clock.today()).exists()
