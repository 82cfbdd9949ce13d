"""All invariants at one moment: in one snapshot, so that people at work meanwhile raise no false alarm."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from hjemmel.kernel import clock
from hjemmel.kernel.verify import columns, giving, ledger, log, matrix, promises, reading, seals
from hjemmel.kernel.verify.naive import OSLO
from hjemmel.kernel.verify.result import Result


def verify(progress: Callable[[str], Any] = lambda _: None) -> list[Result]:
    """Count every invariant that the register can break, by number. Nothing is written. `progress` is told
    what begins: ledger, log, sight, statement.

    Runs as the owner, who reads all and can act as the app. Raises NotAppliedError where no declaration is
    in force.
    """
    with _snapshot() as day:
        declaration, digest = reading.in_force()
        progress("ledger")
        found = ledger.verify(declaration, _night(day))
        progress("log")
        found += [log.verify(), columns.verify(), giving.verify(), seals.verify()]
        progress("sight")
        found.append(matrix.verify(declaration, day))
        progress("statement")
        found.append(promises.verify(declaration, digest))
    return sorted(found, key=lambda result: result.number)


@dataclass(frozen=True, slots=True)
class Leftovers:
    """What is left that should be gone: counts by the name of the invariant, and what was gone through."""

    counts: dict[str, int]
    rows: int
    grounds: int


def leftovers(on: date | None = None) -> Leftovers:
    """Search for what should be gone on a day (today if not said): data that no ground holds, data past
    their last ground, and rows that went without a line in the log. For the keeper as for the owner. Raises
    NotAppliedError.
    """
    with _snapshot() as day:
        declaration, _digest = reading.in_force()
        walk = ledger.walked(declaration, _night(on or day))
        found = (walk.groundless, walk.past, log.verify())
    return Leftovers({one.name: one.count for one in found}, walk.rows, walk.grounds)


@contextmanager
def _snapshot() -> Iterator[date]:
    """The register as it is at one moment, where nothing is written; the legal day."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        with connection.cursor() as cursor:
            if outermost:
                cursor.execute("set transaction isolation level repeatable read, read only")
            cursor.execute("set local jit = off")
        day = today()
        if clock.moved():
            clock.tell_database()
        yield day


def _night(day: date) -> ledger.Night:
    """The last night whose time has come, and whether a run kept it. On a day that the register was moved to,
    its night has come.
    """
    moved = day != datetime.now(OSLO).date()
    last = day if moved else clock.last_night(datetime.now(UTC))
    done = "select exists (select from public.retention_run where state = 'done' and \"left\" = 0"
    return ledger.Night(last, kept=reading.one(f"{done} and day between %s and %s)", [last, day]))


def today() -> date:
    """The legal day, worked out anew: in Oslo, or the day that a demonstration or a test was moved to."""
    kinds = [row[0] for row in reading.fetch("select kind from public.clock_installation")]
    asked = reading.one("select nullif(current_setting('hjemmel.today', true), '')")
    moved = date.fromisoformat(asked) if asked else getattr(settings, "HJEMMEL_TODAY", None)
    if moved is not None and kinds and kinds[0] != "production":
        return moved
    return datetime.now(OSLO).date()
