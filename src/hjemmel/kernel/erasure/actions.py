"""Erasing one person: asked for, and so hidden, at once; then gone through to the end, however often that is
broken off; then read once more.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import OperationalError, connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjemmel.kernel import access, clock
from hjemmel.kernel.erasure.models import Erasure
from hjemmel.kernel.erasure.queries import read
from hjemmel.kernel.journal import actions as journal
from hjemmel.kernel.retention import due, sweeping
from hjemmel.kernel.retention.queries import Counts, places, tally
from hjemmel.kernel.subjects.models import new_id
from hjemmel.kernel.subjects.refusals import refusals

JOB = "job:erasure"
TOO_LATE = _("This can no longer be undone.")
ROUNDS = 20  # an erasure ends what hangs on it; a few rounds are many


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did, by rule, and how much of what it should take is left (somebody is writing)."""

    request: int
    counts: Counts
    left: int


def ask(*, subject_id: int) -> int:
    """Ask that the subject be erased, and return the request's number: what goes is hidden from now on.

    Raises PermissionDenied, and IntegrityError where the person is gone already.
    """
    request = new_id()
    with refusals(), connection.cursor() as cursor:
        cursor.execute("select kernel.erasure_ask(%s, %s)", [subject_id, request])
    return request


def ask_back(request: int) -> None:
    """Ask that an erasure be taken back. Raises Refused where that is too late, and PermissionDenied."""
    with refusals({"erasure_can_be_undone": ("", TOO_LATE)}), connection.cursor() as cursor:
        cursor.execute("select kernel.erasure_undo(%s)", [request])


def walk(request: int, *, actor: str = JOB, step: Callable[[int], None] = lambda _round: None) -> Erased:
    """Let go what was asked for, and return what went. Safe to break off and to run again: a walk that does
    not come to its end is ended by the next, or by the night. `step` is told of each round done.

    For the keeper's role. Raises UnwritableJournalError.
    """
    journal.settle()
    steps = due.steps(places())
    subject = _whose(request)
    for number in range(ROUNDS):
        if subject is None or not _round(request, subject, steps, actor):
            break
        step(number)
    left = len(read(subject).goes) if subject is not None else 0
    with access.acting(actor=actor, purpose=()):
        done = {"state": Erasure.State.DONE, "ended_at": timezone.now()} if not left else {}
        Erasure.objects.filter(pk=request, state=Erasure.State.ASKED).update(left=left, **done)
    counts: Counts = Erasure.objects.values_list("counts", flat=True).get(pk=request)
    return Erased(request, counts, left)


def unfinished() -> list[int]:
    """Return the requests that were asked for and not gone through to the end."""
    return list(Erasure.objects.filter(state=Erasure.State.ASKED).values_list("pk", flat=True))


def _whose(request: int) -> int | None:
    """Whose request it is, while it ends anything."""
    with connection.cursor() as cursor:
        cursor.execute("select subject_id from public.grounds_asked where request = %s", [request])
        row = cursor.fetchone()
    return row[0] if row else None


def _round(request: int, subject: int, steps: str, actor: str) -> bool:
    """One transaction: all that is due of the subject. Whether anything was."""
    try:
        with access.acting(actor=actor, purpose=()), connection.cursor() as cursor:
            ids, done = sweeping.batch(cursor, steps, [subject], clock.today(), wait=True)
            if not ids:
                return False
            before = Erasure.objects.values_list("counts", flat=True).get(pk=request)
            counts = [(rule, what, n) for rule, of in before.items() for what, n in of.items()]
            counts += [(one.rule, one.happens, one.count) for one in done]
            Erasure.objects.filter(pk=request).update(counts=tally(counts))
    except OperationalError:  # somebody is writing about her just now
        return False
    return bool(done)
