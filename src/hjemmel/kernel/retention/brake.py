"""The brake: a night far above the usual does nothing until somebody responsible has looked at the plan.

What she says is a row that only a function writes, and the run reads it. It can let nothing go that the plan
does not say is due: an approval answers when, and no more.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from hjemmel.kernel import access
from hjemmel.kernel.grounds.models import Version
from hjemmel.kernel.retention.models import Decision, Run, Stop
from hjemmel.kernel.retention.queries import Counts, count

BRAKE, TIMES, NIGHTS = 1000, 5, 30


class RetentionError(RuntimeError):
    """The run could not begin; the message says why and what to do."""


class BrakeError(RetentionError):
    """Far more is due than usual. Somebody has to look at the plan, and approve it or run it by hand."""


class RejectedError(RetentionError):
    """Somebody responsible has rejected what was planned, and nobody has approved it since."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """Why a run of so many persons is stopped, if it is; the approval it goes on, where it needs one."""

    why: Stop.Why | None
    usual: int
    approval: Decision | None = None


def begin(day: date, actor: str, number: int, *, brake: int | None, despite: bool = False) -> Run:
    """Note a run about so many persons before it begins; one that is stopped is noted with its plan.

    Without `brake` somebody is looking: only a rejection stops her, and with `despite` not even that.
    Raises BrakeError and RejectedError.
    """
    weighed = Weighed(None, 0) if despite else weigh(number, brake=brake)
    if weighed.why == Stop.Why.REJECTED and brake is None:
        message = "What was planned has been rejected. Approve it in the office, or go on in spite of it."
        raise RejectedError(message)
    now, stopped = timezone.now(), weighed.why is not None
    with access.acting(actor=actor, purpose=()):
        run = Run.objects.create(
            day=day,
            actor=actor,
            state=Run.State.STOPPED if stopped else Run.State.RUNNING,
            began_at=now,
            ended_at=now if stopped else None,
            due=number,
            version=Version.objects.filter(replaced_on__isnull=True).first(),
        )
        if stopped:
            _note(run, day, weighed)
        if weighed.approval is not None:
            Decision.objects.filter(pk=weighed.approval.pk).update(used_by=run)
    if weighed.why == Stop.Why.REJECTED:
        message = "What was planned has been rejected, and nobody has approved it since."
        raise RejectedError(message)
    if stopped:
        message = (
            f"Something is due of {number} persons; the usual is at most {weighed.usual}."
            " Look at the plan; then approve it in the office, or run it by hand."
        )
        raise BrakeError(message)
    return run


def weigh(number: int, *, brake: int | None) -> Weighed:
    """Weigh a plan about so many persons against what is usual and what has been decided."""
    usual = max((run.due for run in _nights()), default=0)
    last = Decision.objects.order_by("-pk").first()
    if last is not None and _forbids(last):
        return Weighed(Stop.Why.REJECTED, usual)
    if brake is None or number <= max(brake, TIMES * usual):
        return Weighed(None, usual)
    if last is not None and allows(last, number):
        return Weighed(None, usual, last)
    return Weighed(Stop.Why.UNUSUAL, usual)


def most(due: int) -> int:
    """How many persons an approval of a plan of so many reaches: a tenth more, and ten besides."""
    return due + due // 10 + 10


def allows(decision: Decision, number: int) -> bool:
    """Whether a run of so many persons may go on this: an approval in its time, by the declaration that is
    still in force, of about so much, that no run has used up.
    """
    return (
        decision.says == Decision.Says.APPROVED
        and decision.until is not None
        and decision.until > timezone.now()
        and number <= most(decision.due)
        and decision.run.version is not None
        and decision.run.version.replaced_on is None
        and (decision.used_by is None or decision.used_by.state != Run.State.DONE)
    )


def _note(run: Run, day: date, weighed: Weighed) -> None:
    """Note beside a stopped run what was planned and what is usual, rule by rule."""
    Stop.objects.create(
        run=run,
        why=weighed.why or Stop.Why.UNUSUAL,
        planned=count(day),
        usual=highest(one.counts for one in _nights()),
        usual_due=weighed.usual,
    )


def highest(counts: Iterable[Counts]) -> Counts:
    """Return the most of everything in any of these."""
    found: Counts = {}
    for one in counts:
        for rule, of in one.items():
            held = found.setdefault(rule, {})
            for what, number in of.items():
                held[what] = max(number, held.get(what, 0))
    return found


def _forbids(decision: Decision) -> bool:
    """Whether a rejection still stands: no run has come to its end since."""
    later = Run.objects.filter(pk__gt=decision.run_id, state=Run.State.DONE)
    return decision.says == Decision.Says.REJECTED and not later.exists()


def _nights() -> list[Run]:
    return list(Run.objects.filter(state=Run.State.DONE).order_by("-pk")[:NIGHTS])
