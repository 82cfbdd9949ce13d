"""All of it, in one snapshot."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from hjemmel.kernel.verify.result import EXAMPLES, Result
from hjemmel.kernel.verify.seals import chain, lines, outside, values, waiting
from hjemmel.kernel.verify.seals.lines import Month
from hjemmel.kernel.verify.seals.notes import Note, read
from hjemmel.kernel.verify.seals.outcome import Found, Outcome


@dataclass(frozen=True, slots=True)
class Examined:
    """What was checked, and what was found by kind; {} where the log is whole."""

    found: dict[str, Found]
    months: list[Month]
    checkpoints: int
    last: Note | None
    waiting: int
    oldest: datetime | None
    values: int

    @property
    def count(self) -> int:
        """How many breaks there are."""
        return sum(one.count for one in self.found.values())

    @property
    def lines(self) -> int:
        """How many sealed lines were hashed anew."""
        return sum(month.size for month in self.months)


def examine(kept: str | None = None, progress: Callable[[str], Any] = lambda _: None) -> Examined:
    """Check the whole log; `kept` is the text of a checkpoint that was kept outside. Writes nothing.

    Runs as the owner. Raises NoNoteError where `kept` is no checkpoint.
    """
    note = None if kept is None else read(kept)
    outermost = not connection.in_atomic_block
    outcome = Outcome()
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("set transaction isolation level repeatable read, read only")
        progress("chain")
        followed = chain.follow(outcome)
        progress("lines")
        months = lines.check(outcome)
        waits = waiting.check(outcome, followed)
        progress("values")
        held = values.check(outcome)
        if note is not None:
            outside.check(outcome, note)
    return Examined(
        found={str(kind): one for kind, one in outcome.found.items()},
        months=months,
        checkpoints=followed.count,
        last=followed.last,
        waiting=waits.count,
        oldest=waits.oldest,
        values=held,
    )


def verify() -> Result:
    """The same as one count, for the list of invariants."""
    seen = examine()
    examples = [f"{kind}: {example}" for kind, one in seen.found.items() for example in one.examples]
    checked = f"{seen.lines} lines, {seen.checkpoints} checkpoints, {seen.values} values"
    return Result(8, "log_broken", seen.count, tuple(examples[:EXAMPLES]), checked)
