"""Writing the journal: ahead of what is erased, and once more when that is committed.

The line ahead is on the disk before the erasure can be: so a backup of before can always be made to follow.
Its mark is a row that comes with the erasure's own transaction, so that whoever finds a line without its end
(the machine stopped, or the transaction was rolled back) asks the register which of the two it was.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import partial
from typing import Literal

from django.db import connection, transaction

from hjemmel.kernel import clock
from hjemmel.kernel.journal import book, queries
from hjemmel.kernel.journal.models import Batch
from hjemmel.kernel.journal.steps import Erasure, written

# The transaction that wrote a line ahead holds this as long as it lasts: nobody settles the line meanwhile.
_silent: ContextVar[bool] = ContextVar("hjemmel_journal_silent", default=False)
HELD = "hashtext('hjemmel.journal'), (%s & 2147483647)::int"


def erase(steps: Iterable[Erasure], *, day: date | None = None) -> None:
    """Write down what is about to be erased in this transaction. Call it before the commit, whatever erases:
    rule, request or order. Raises UnwritableJournalError; then nothing may be erased.
    """
    _ahead("erase", steps, day)


def give_back(steps: Iterable[Erasure], *, day: date | None = None) -> None:
    """Write down that what was erased is there again after this transaction: an undo. No replay takes it."""
    _ahead("back", steps, day)


def settle() -> int:
    """Say of every line ahead whose end is missing whether it was committed; return how many there were. One
    whose transaction still runs is left.
    """
    return 0 if _silent.get() else sum(_settle(batch) for batch in queries.open_batches())


@contextmanager
def silent() -> Iterator[None]:
    """Within this block nothing is written down: a backup is being read in, and the register it becomes is
    not in use yet.
    """
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)


def forget(before: datetime) -> int:
    """Delete the journal's months that end before then, with their marks; return how many files went. Call it
    with a time before the oldest backup that can still be read.
    """
    there = book.files(book.folder())
    old = [path for path in there[:-1] if path.stem < f"{before:%Y-%m}"]
    for path in old:
        path.unlink()
    first = before.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    Batch.objects.filter(at__lt=first).delete()
    return len(old)


def _ahead(what: Literal["erase", "back"], steps: Iterable[Erasure], day: date | None) -> None:
    told = [written(step) for step in steps if step.rows]
    if not told or _silent.get():
        return
    if not connection.in_atomic_block:
        message = "What is erased and its mark in the journal must be one transaction."
        raise transaction.TransactionManagementError(message)
    batch = Batch.objects.create().pk
    with connection.cursor() as cursor:
        cursor.execute(f"select pg_advisory_xact_lock({HELD})", [batch])
    book.append({what: batch, "day": (day or clock.today()).isoformat(), "steps": told})
    transaction.on_commit(partial(_end, "done", batch))


def _end(how: Literal["done", "void"], batch: int) -> None:
    book.append({how: batch})


def _settle(batch: int) -> bool:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"select pg_try_advisory_xact_lock({HELD})", [batch])
        if not cursor.fetchone()[0]:
            return False
        there = Batch.objects.filter(pk=batch).exists()
    _end("done" if there else "void", batch)
    return True
