"""What the journal tells."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hjemmel.kernel.journal import book
from hjemmel.kernel.journal.models import Batch
from hjemmel.kernel.journal.steps import Digested, read

ASKED = ("request:", "order:")  # a person's or an authority's word: carried out where it is not known to be


@dataclass(frozen=True, slots=True)
class Erased:
    """A batch that a restored register has to erase once more."""

    batch: int
    day: date
    steps: tuple[Digested, ...]


def open_batches(where: Path | None = None) -> list[int]:
    """Return the batches of which nobody has written how they ended, the oldest first."""
    begun: dict[int, None] = {}
    for line in book.lines(where):
        for what in ("erase", "back"):
            if what in line:
                begun[line[what]] = None
        for how in ("done", "void"):
            begun.pop(line.get(how, 0), None)
    return list(begun)


def ended(where: Path | None = None) -> dict[int, bool]:
    """Return of every batch that ended whether it was committed."""
    return {line[how]: how == "done" for line in book.lines(where) for how in ("done", "void") if how in line}


def to_replay(where: Path | None = None) -> Iterator[Erased]:
    """Yield what was erased and this register (a backup that was read in) has not erased, in that order.

    What was given back since is left out. Of batches without an end those are carried out that somebody had
    asked for; what a rule alone had begun to erase is due still, and the next sweep takes it.
    """
    certain, here = ended(where), set(Batch.objects.values_list("pk", flat=True))
    back = _given_back(where, certain)
    for number, line in enumerate(book.lines(where)):
        batch = line.get("erase")
        if batch is None or batch in here or not certain.get(batch, True):
            continue
        steps = tuple(
            Digested(step.happens, step.table, step.rule, step.data, rows)
            for step in map(read, line["steps"])
            if (batch in certain or step.rule.startswith(ASKED))
            and (rows := tuple(row for row in step.rows if back.get((step.table, row), -1) < number))
        )
        if steps:
            yield Erased(batch, date.fromisoformat(line["day"]), steps)


def _given_back(where: Path | None, certain: dict[int, bool]) -> dict[tuple[str, bytes], int]:
    """Return of each row that was given back the number of the last line that says so."""
    return {
        (step.table, row): number
        for number, line in enumerate(book.lines(where))
        if certain.get(line.get("back", 0))
        for step in map(read, line["steps"])
        for row in step.rows
    }
