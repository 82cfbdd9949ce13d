"""What becomes of each row of a chunk, in the file's order, decided before anything is written."""

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from datetime import date

from hjemmel.domain.imports.actions.entering import enter
from hjemmel.domain.imports.actions.matching import match
from hjemmel.domain.imports.actions.plan import Plan
from hjemmel.domain.imports.actions.renewing import renew
from hjemmel.domain.imports.actions.ties import Waits, find_tie
from hjemmel.domain.imports.actions.wanting import Wanting
from hjemmel.domain.imports.csv import Field, Problem, Row
from hjemmel.domain.imports.models import Row as StagedRow
from hjemmel.domain.imports.queries.known import Known, People, candidates, load
from hjemmel.domain.imports.queries.reasons import REFUSED, WAITING
from hjemmel.domain.imports.queries.rights import Rights, clauses_of
from hjemmel.domain.imports.queries.setting import Setting
from hjemmel.domain.imports.queries.wanted import Wanted
from hjemmel.domain.members.models import Membership

REJECTED, QUEUED = StagedRow.State.REJECTED, StagedRow.State.QUEUED


@dataclass(slots=True)
class Counts:
    """What became of the rows, and how often a datum was left out because nothing lets it be held."""

    read: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    queued: int = 0
    rejected: int = 0
    dropped: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Counts") -> None:
        """Add the other's counts to these."""
        for name in ("read", "added", "changed", "unchanged", "queued", "rejected"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.dropped.update(other.dropped)


@dataclass(slots=True)
class Decided:
    """What a chunk's rows come to: the counts, and what to write."""

    counts: Counts = field(default_factory=Counts)
    plan: Plan = field(default_factory=Plan)


class Decider:
    """Decides rows with the rights of one actor. `people` are those met so far."""

    def __init__(
        self,
        *,
        wanting: Wanting,
        setting: Setting,
        rights: Rights,
        numbers: Container[int],
        today: date,
    ) -> None:
        self._wanting = wanting
        self._setting = setting
        self._rights = rights
        self._numbers = numbers
        self._today = today

    def decide(self, rows: Sequence[Row], people: People) -> Decided:
        """Return what becomes of the rows. `people` learns whom they bring and what they change."""
        decided = Decided()
        wanted = [self._wanting.row(row) for row in rows]
        sound = [row for row in wanted if isinstance(row, Wanted)]
        self._meet(sound, people)
        for row, asked in zip(rows, wanted, strict=True):
            decided.counts.read += 1
            if isinstance(asked, Wanted):
                self._one(asked, people, decided)
            else:
                stage(decided, row.line, row.cells, asked, REJECTED)
        return decided

    def _meet(self, sound: list[Wanted], people: People) -> None:
        """Let `people` hold whoever the rows may be about, and each row what may be written of it."""
        if not sound:
            return
        asked = [
            {"unit_id": row.unit_id, "joined_on": row.draft.joined_on, "left_on": row.left_on}
            for row in sound
        ]
        for row, clauses in zip(sound, clauses_of(Membership, asked), strict=True):
            row.may = self._rights.of(clauses, self._setting.units[row.unit_id], ended=row.ended)
        ids = [pk for pk in candidates(sound, self._rights) if pk not in people.by_id]
        for person in load(ids, self._rights, today=self._today) if ids else []:
            people.put(person)

    def _one(self, row: Wanted, people: People, decided: Decided) -> None:
        found = match(row, people, self._numbers)
        if found.doubt:
            self._wait(decided, row, found.doubt)
        elif found.person is None:
            self._new(decided, row, people)
        else:
            self._again(decided, row, found.person, people)

    def _new(self, decided: Decided, row: Wanted, people: People) -> None:
        if refusal := self._may_not_make(row):
            self._refuse(decided, row, refusal)
            return
        person, dropped = enter(decided.plan, row, today=self._today)
        decided.counts.added += 1
        decided.counts.dropped.update(dropped)
        people.put(person)

    def _again(self, decided: Decided, row: Wanted, person: Known, people: People) -> None:
        if person.restricted:
            self._wait(decided, row, "person.restricted")
            return
        tie = find_tie(row, person, today=self._today)
        if isinstance(tie, Waits):
            self._wait(decided, row, tie.code)
        elif tie is None and (refusal := self._may_not_make(row)):
            self._refuse(decided, row, refusal)
        else:
            changed, dropped = renew(decided.plan, row, person, tie, today=self._today)
            decided.counts.changed += changed
            decided.counts.unchanged += not changed
            decided.counts.dropped.update(dropped)
            people.put(person)

    def _may_not_make(self, row: Wanted) -> str:
        """The code of why no new membership can be made of the row, or nothing."""
        if not {"membership.unit", "person.name"} <= row.may.write:
            if self._rights.scoped and row.ended:
                return "membership.ended_not_yours"
            return "membership.time_over" if row.ended else "unit.not_yours"
        # Whom the actor would not see again, the next list would bring again.
        return "" if "person.name" in row.may.see else "membership.ended_not_yours"

    def _refuse(self, decided: Decided, row: Wanted, code: str) -> None:
        field_ = Field.UNIT if code.startswith("unit.") else Field.LEFT_ON
        problem = Problem(row.line, self._wanting.label(field_), code, *REFUSED[code])
        stage(decided, row.line, row.cells, (problem,), REJECTED)

    def _wait(self, decided: Decided, row: Wanted, code: str) -> None:
        problem = Problem(row.line, "", code, *WAITING[code])
        stage(decided, row.line, row.cells, (problem,), QUEUED)


def stage(
    decided: Decided, line: int, cells: Sequence[str], problems: Sequence[Problem], state: StagedRow.State
) -> None:
    """Let a row stay in the staging, refused or waiting. Texts come from the codes when they are shown."""
    if state == REJECTED:
        decided.counts.rejected += 1
    else:
        decided.counts.queued += 1
    told = [{"column": storable(problem.column), "code": problem.code} for problem in problems]
    raw = [storable(cell) for cell in cells]
    decided.plan.staged.append({"line": line, "state": state, "raw": raw, "problems": told})


def storable(text: str) -> str:
    """Return `text` without the one character that the database cannot hold."""
    return text.replace("\x00", "\ufffd")
