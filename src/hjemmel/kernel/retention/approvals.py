"""What the brake stopped as the office meets it: what waits, what was said of it, and saying it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.db import connection
from django.utils.translation import gettext_lazy as _

from hjemmel.kernel.retention.brake import allows, most
from hjemmel.kernel.retention.models import Decision, Run
from hjemmel.kernel.retention.queries import Counts
from hjemmel.kernel.subjects.refusals import Sentence, refusals

CONSTRAINTS: dict[str, tuple[str, Sentence]] = {
    "retention_stop_is_last": ("", _("Another run has come since. Look at the list of runs anew.")),
    "retention_decided": ("", _("Somebody has said so already. Look at the page anew.")),
    "retention_reason": ("reason", _("Write why, in ten letters or more and 500 at most.")),
}
Answer = Literal["approved", "rejected"]


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody responsible said of a stopped run: by which office, when, why, and until when it counts.
    `holds`: a run may still go on it. `used_by` is the run that did.
    """

    says: str
    office: str
    at: datetime
    reason: str
    until: datetime | None
    holds: bool
    used_by: int | None
    most: int


@dataclass(frozen=True, slots=True)
class Stopped:
    """A run that the brake stopped: what was planned of how many persons, beside the most of late; what was
    said of it, the latest first. `last`: nothing came after, so it waits for somebody.
    """

    id: int
    day: date
    why: str
    due: int
    usual_due: int
    planned: Counts
    usual: Counts
    said: tuple[Said, ...]
    last: bool

    @property
    def waits(self) -> bool:
        """Whether nobody has said yes to it, so that nothing goes."""
        return self.last and not any(one.says == Decision.Says.APPROVED and one.holds for one in self.said)


def waiting() -> Stopped | None:
    """Return the run that waits for somebody, if the last one was stopped. Read by those responsible."""
    last = Run.objects.exclude(state=Run.State.BROKEN).order_by("-pk").first()
    if last is None or last.state != Run.State.STOPPED:
        return None
    found = stopped(last.pk)
    return found if found and found.waits else None


def stopped(number: int) -> Stopped | None:
    """Return what the brake noted of a run, and what was said of it; None where it stopped none of that
    number.
    """
    run = Run.objects.select_related("stop").filter(pk=number, stop__isnull=False).first()
    if run is None:
        return None
    said = Decision.objects.filter(run=run).select_related("run").order_by("-pk")
    later = Run.objects.filter(pk__gt=number).exclude(state=Run.State.BROKEN).exists()
    return Stopped(
        id=run.pk,
        day=run.day,
        why=run.stop.why,
        due=run.due,
        usual_due=run.stop.usual_due,
        planned=run.stop.planned,
        usual=run.stop.usual,
        said=tuple(_said(one, latest=place == 0) for place, one in enumerate(said)),
        last=not later,
    )


def decide(run: int, answer: Answer, reason: str) -> int:
    """Say yes or no to what the brake stopped, and why; returns the number of what was said.

    A yes lets the next run go on; whoever says it asks for one. Raises Refused and PermissionDenied.
    """
    with refusals(CONSTRAINTS), connection.cursor() as cursor:
        cursor.execute("select kernel.retention_decide(%s, %s, %s)", [run, answer, reason])
        row: tuple[int] = cursor.fetchone()
    return row[0]


def _said(one: Decision, *, latest: bool) -> Said:
    return Said(
        says=one.says,
        office=one.office,
        at=one.at,
        reason=one.reason,
        until=one.until,
        holds=latest and allows(one, one.due),
        used_by=one.used_by_id,
        most=most(one.due),
    )
