"""A chunk of rows decided and written. What the database refuses is narrowed down to the row it refuses."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import DatabaseError, connection, transaction

from hjemmel.domain.imports.actions import writing
from hjemmel.domain.imports.actions.deciding import Counts, Decided, Decider, stage
from hjemmel.domain.imports.actions.writing import ChangedMeanwhileError
from hjemmel.domain.imports.csv import Problem, Row
from hjemmel.domain.imports.models import Row as StagedRow
from hjemmel.domain.imports.models import Run
from hjemmel.domain.imports.queries.known import People
from hjemmel.domain.imports.queries.reasons import REFUSED
from hjemmel.kernel.subjects.refusals import INSUFFICIENT_PRIVILEGE

# SQLSTATE: data that do not fit, broken constraints, a raised refusal, a privilege that is not there.
_REFUSES: Final = ("22", "23", "P0001", INSUFFICIENT_PRIVILEGE)
_AGAIN: Final = "40"  # serialisation failure, deadlock


@dataclass(frozen=True, slots=True)
class Chunks:
    """Writes chunks of one run."""

    run: Run
    decider: Decider
    numbers: Container[int]
    scoped: bool

    def write(self, rows: Sequence[Row], *, patient: bool) -> Counts:
        """Decide and write the rows in the open transaction; return what became of them.

        Raises ChangedMeanwhileError where somebody else wrote the same people, if `patient`: then all of it
        is to be done anew. If not, those rows are refused.
        """
        try:
            with transaction.atomic():
                decided = self.decider.decide(rows, People())
                self._put(decided)
        except ChangedMeanwhileError:
            if patient:
                raise
            return self._apart(rows)
        except DatabaseError as error:
            state = getattr(error.__cause__, "sqlstate", None) or ""
            if state.startswith(_AGAIN):
                raise ChangedMeanwhileError from error
            if not state.startswith(_REFUSES):
                raise
            return self._apart(rows)
        return decided.counts

    def _apart(self, rows: Sequence[Row]) -> Counts:
        """Write the halves each by itself; one row alone is refused."""
        counts = Counts()
        if len(rows) > 1:
            middle = len(rows) // 2
            for part in (rows[:middle], rows[middle:]):
                counts.add(self.write(part, patient=False))
            return counts
        decided = Decided()
        decided.counts.read = 1
        row = rows[0]
        problem = Problem(row.line, "", "row.refused", *REFUSED["row.refused"])
        stage(decided, row.line, row.cells, (problem,), StagedRow.State.REJECTED)
        self._put(decided)
        return decided.counts

    def _put(self, decided: Decided) -> None:
        writing.write(decided.plan, self.run, self.numbers, scoped=self.scoped)
        with connection.cursor() as cursor:
            # What is checked at commit is checked here, so that a refusal still has a row to it.
            cursor.execute("set constraints all immediate")
            cursor.execute("set constraints all deferred")
