"""After a restore: what the journal says was erased since the backup goes once more."""

from collections.abc import Iterable, Iterator

from django.db import connection

from hjemmel.kernel import access, catalog
from hjemmel.kernel.journal import queries
from hjemmel.kernel.journal.models import Batch
from hjemmel.kernel.journal.queries import Erased
from hjemmel.kernel.journal.steps import digest
from hjemmel.kernel.retention import sweeping
from hjemmel.kernel.retention.sweeping import Step

AT_ONCE = 20_000  # ids read at a time

Found = dict[tuple[str, bytes], int]


def replay(actor: str = "console") -> int:
    """Erase in this register what the journal has and it has not; return how many things went. Each batch is
    a transaction of its own and leaves its mark, so that a replay which broke off goes on where it was.

    Raises BrokenJournalError, before anything goes, where the journal is not as it was written.
    """
    batches = list(queries.to_replay())
    found = _find(batches)
    return sum(_again(batch, found, actor) for batch in batches)


def _again(batch: Erased, found: Found, actor: str) -> int:
    """Do what the batch did to those of its rows that are here."""
    done = 0
    with access.acting(actor=actor, purpose=()), connection.cursor() as cursor:
        for step in batch.steps:
            rows = [found[step.table, row] for row in step.rows if (step.table, row) in found]
            if rows:
                again = Step(step.happens, step.table, step.rule, list(step.data), rows)
                sweeping.do(cursor, again, batch.day)
                done += again.count
        cursor.execute(
            "select set_config('hjemmel.reason', '', true), set_config('hjemmel.erasing', '', true)"
        )
        Batch.objects.create(pk=batch.batch)
    return done


def _find(batches: Iterable[Erased]) -> Found:
    """Return which rows of this register the digests mean: every id of the tables named is tried."""
    wanted: dict[str, set[bytes]] = {}
    for batch in batches:
        for step in batch.steps:
            wanted.setdefault(step.table, set()).update(step.rows)
    return {
        (table, made): row
        for table, digests in wanted.items()
        for row in _ids(table)
        if (made := digest(table, row)) in digests
    }


def _ids(table: str) -> Iterator[int]:
    entry = catalog.find(table)
    if entry is None or not entry.key:
        return  # a table of before, which this version does not have
    last = -1
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                f"select {entry.key} from public.{table} where {entry.key} > %s order by 1 limit {AT_ONCE}",
                [last],
            )
            ids = [row[0] for row in cursor.fetchall()]
        if not ids:
            return
        yield from ids
        last = ids[-1]
