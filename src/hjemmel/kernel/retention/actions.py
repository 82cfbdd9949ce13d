"""The run: what is due goes, in batches that each stand alone, until nothing is left that can go."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import date

from django.db import DatabaseError, Error, connection
from django.utils import timezone

from hjemmel.kernel import access, catalog, clock
from hjemmel.kernel.grounds.models import Clause
from hjemmel.kernel.journal import actions as journal
from hjemmel.kernel.retention import due, sweeping
from hjemmel.kernel.retention.brake import RetentionError, begin
from hjemmel.kernel.retention.held import kept_back
from hjemmel.kernel.retention.models import Run
from hjemmel.kernel.retention.queries import Counts, persons, places, tally, waiting

JOB = "job:retention"
BATCH = 2000  # subjects; a few tenths of a second in which nobody else can write to them
WAITED_FOR = 50  # subjects that somebody is writing to at the end: each is waited for once more

Progress = Callable[[int, int], None]  # subjects looked at, subjects to look at

GIVES_WAY = frozenset({"55P03", "40P01", "40001"})  # lock not available, deadlock, serialisation failure

LOGGED = """
insert into public.audit_entry (at, actor, purpose, kind, table_name, record_id, reason)
values (clock_timestamp(), kernel.acting(), '', 'run', 'retention_run', %s, %s)
"""


class AlreadyRunningError(RetentionError):
    """Another sweep is under way: there is one at a time."""


class NotYetError(RetentionError):
    """The day has not come."""


class UnknownEndError(RetentionError):
    """A rule asks for more than deleting. `args[1]` names the rules."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What a run did: for which day, how many subjects it looked at, how much went by which rule.

    `outside` counts what lay outside the database and followed it, by name.
    `left` are subjects that were due and could not be swept (written to all the while, or refused by the
    database); the next run takes them.
    """

    day: date
    subjects: int
    counts: Counts
    left: int
    outside: dict[str, int]


def run(
    on: date | None = None,
    *,
    actor: str = JOB,
    batch: int = BATCH,
    brake: int | None = None,
    despite: bool = False,
    progress: Progress | None = None,
) -> Swept:
    """Let what is due today go, and return what went. Safe to break off and to run again.

    `on` is another day: one that has been, or any where the installation is a demonstration or a test.
    `brake` stops the run where something is due of more persons than that, and of more than five times the
    most in the last thirty runs, unless somebody responsible has approved it: persons in the plan, for a
    changed rule has many looked at of whom nothing is due. Without it only a rejection stops the run, and
    `despite` goes on all the same. For the keeper's role. Raises RetentionError, AlreadyRunningError,
    BrakeError and RejectedError.
    """
    day = on or clock.today()
    with _alone(), clock.at(day) if on else nullcontext():
        _refuse(day, actor)
        _close_killed(actor)
        journal.settle()
        subjects = waiting(day)
        note = begin(day, actor, persons(day), brake=brake, despite=despite)
        sweep = _Sweep(day, actor, note, progress)
        try:
            sweep.all(subjects, batch)
            return sweep.end()
        except BaseException:
            sweep.broke_off()
            raise


class _Sweep:
    """One run on its way."""

    def __init__(self, day: date, actor: str, note: Run, progress: Progress | None) -> None:
        self.day, self.actor, self.note, self.progress = day, actor, note, progress
        self.session = connection.connection
        self.steps = due.steps(places())
        self.counts: Counts = {}
        self.swept: set[int] = set()
        self.refused: set[int] = set()
        self.total = 0

    def all(self, subjects: list[int], batch: int) -> None:
        """Pass by pass: whoever is free; where nobody is, those that somebody was writing to, one by one."""
        self.total = len(subjects)
        wait = False
        while subjects:
            before = len(self.swept)
            if wait:
                for subject in subjects[:WAITED_FOR]:
                    self.part([subject], wait=True)
            else:
                for start in range(0, len(subjects), batch):
                    self.part(subjects[start : start + batch])
            moved = len(self.swept) > before
            if wait and not moved:
                return
            wait = not moved
            subjects = [s for s in waiting(self.day) if s not in self.refused]

    def part(self, subjects: Sequence[int], *, wait: bool = False) -> None:
        """One batch, one transaction. What the database refuses is searched out by halving, and left."""
        try:
            self._batch(subjects, wait=wait)
        except DatabaseError as error:
            if connection.connection is not self.session:
                raise  # another session does not hold the lock of the one sweep
            if len(subjects) > 1:
                half = len(subjects) // 2
                self.part(subjects[:half], wait=wait)
                self.part(subjects[half:], wait=wait)
            elif getattr(error.__cause__, "sqlstate", None) not in GIVES_WAY:
                self.refused.update(subjects)
            return
        if self.progress:
            self.progress(len(self.swept), max(self.total, len(self.swept)))

    def end(self) -> Swept:
        """Let what lies outside follow, and write what was done, in the log too."""
        outside = {one.name: one.clear() for one in catalog.outsides()}
        left = len(waiting(self.day))
        held = len({one.subject_id for one in kept_back(self.day, places())})
        with access.acting(actor=self.actor, purpose=()), connection.cursor() as cursor:
            Run.objects.filter(pk=self.note.pk).update(
                state=Run.State.DONE,
                ended_at=timezone.now(),
                swept=len(self.swept),
                left=left,
                refused=len(self.refused),
                held=held,
            )
            cursor.execute(LOGGED, [self.note.pk, f"{self.day}: {len(self.swept)} swept, {left} left"])
        return Swept(self.day, len(self.swept), self.counts, left, outside)

    def broke_off(self) -> None:
        """Note that it did not come to its end: no note stays as if the run were under way."""
        connection.close_if_unusable_or_obsolete()
        with (
            suppress(Error),
            access.acting(actor=self.actor, purpose=()),
        ):  # the first error is the one to tell
            Run.objects.filter(pk=self.note.pk).update(state=Run.State.BROKEN, ended_at=timezone.now())

    def _batch(self, subjects: Sequence[int], *, wait: bool) -> None:
        if connection.connection is not self.session:
            message = "The database session was changed under way, and with it went the lock. Run it again."
            raise RetentionError(message)
        with access.acting(actor=self.actor, purpose=()), connection.cursor() as cursor:
            ids, steps = sweeping.batch(cursor, self.steps, subjects, self.day, wait=wait)
            before = [(rule, what, n) for rule, of in self.counts.items() for what, n in of.items()]
            counts = tally([*before, *((s.rule, s.happens, s.count) for s in steps)])
            swept = self.swept.union(ids)
            Run.objects.filter(pk=self.note.pk).update(counts=counts, swept=len(swept))
        self.counts, self.swept = counts, swept


@contextmanager
def _alone() -> Iterator[None]:
    """Be the one sweep. The lock is the session's, so it goes with the process, however that ends."""
    connection.ensure_connection()
    session = connection.connection
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(hashtext('hjemmel.retention'))")
        if not cursor.fetchone()[0]:
            message = "A sweep is under way already. There is one at a time; wait for it."
            raise AlreadyRunningError(message)
    try:
        yield
    finally:
        if connection.connection is session and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_unlock(hashtext('hjemmel.retention'))")


def _refuse(day: date, actor: str) -> None:
    """Never early, and never by a rule that this version cannot carry out."""
    with access.acting(actor=actor, purpose=()), connection.cursor() as cursor:
        cursor.execute("select kernel.today()")
        today: date = cursor.fetchone()[0]
    if day > today:
        message = f"{day} has not come. Only a demonstration or a test may run ahead; look at the plan."
        raise NotYetError(message)
    other = Clause.objects.filter(status=Clause.Status.LIVE).exclude(then="delete")
    if rules := ", ".join(other.order_by("rule").values_list("rule", flat=True)):
        message = f"This version can delete and nothing else, but these rules ask for more: {rules}."
        raise UnknownEndError(message, rules)


def _close_killed(actor: str) -> None:
    """Close the notes of runs that were killed outright: nobody runs but whoever holds the lock."""
    with access.acting(actor=actor, purpose=()):
        killed = Run.objects.filter(state=Run.State.RUNNING)
        killed.update(state=Run.State.BROKEN, ended_at=timezone.now())
