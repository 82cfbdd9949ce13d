"""Invariant 6: what every officer could read, asked as the app role, against the second reading. Both ways:
what is seen and not allowed, and what is allowed and not seen.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from hjemmel.declaration import Declaration
from hjemmel.kernel.catalog import Table
from hjemmel.kernel.verify import duties, functions, reading, rights, world
from hjemmel.kernel.verify.app import App
from hjemmel.kernel.verify.reading import columns_of, fetch, one
from hjemmel.kernel.verify.result import Result, Tally
from hjemmel.kernel.verify.sight import Reading, Tenure
from hjemmel.kernel.verify.world import LEDGER, LEDGER_COLUMNS, Expected, Seen, masked

FULL = 2_500  # subjects; up to here all officers and all rows
OFFICERS, SUBJECTS, NEAR, OWN = 6, 300, 20, 8  # beyond: officers an office, subjects, some of each one's own
BARE = 60  # rows of each table whose bare ids are tried: the mask is a function there, and slow
NOBODY = ("", "console", "form:join", "officer:1", "self:1")


@dataclass(slots=True)
class Look:
    """One actor acting for some purposes, and what she should see. `bare`: try the bare tables too."""

    actor: str
    purposes: tuple[str, ...]
    expected: Expected
    bare: bool = False


class Matrix:
    """The looks to be tried on one register."""

    def __init__(self, declaration: Declaration, today: date) -> None:
        self.declaration = declaration
        self.tree = reading.tree()
        self.reading = Reading(declaration, self.tree, today)
        rows = fetch("select id, subject_id, office, unit_id, starts_on, ends_on from public.units_tenure")
        self.tenures = sorted((Tenure(*row) for row in rows), key=lambda tenure: tenure.id)
        self.random = random.Random(today.toordinal())  # noqa: S311 another sample each day, the same one all day
        self.subjects = one("select count(*) from public.subjects_subject")
        self.full = self.subjects <= FULL
        self.officers = self._officers()
        self.ids = None if self.full else self._sample()
        self.world = world.load(declaration, self.tree, self.ids)
        self.app = App(self.ids)

    def looks(self) -> Iterator[Look]:
        """Nobody, every officer, each office for each purpose and none, and people on their own pages."""
        everything = self.reading.purposes
        nothing = Expected(self.world, lambda _: [])
        for actor in NOBODY:
            yield Look(actor, everything, nothing, bare=True)
        for subject, tenures in self.officers.items():
            yield self._officer(subject, tenures, everything)
        for subject, tenures in self._each_office():
            for purposes in self._purposes(tenures):
                yield self._officer(subject, tenures, purposes, bare=True)
        for subject in self._own():
            expected = world.oneself(self.world, self.reading, subject, everything[:1])
            yield Look(f"self:{subject}", everything[:1], expected, bare=True)
            yield Look(f"self:{subject}", (), nothing)

    def _officer(
        self, subject: int, tenures: list[Tenure], purposes: tuple[str, ...], *, bare: bool = False
    ) -> Look:
        expected = world.officer(self.world, self.reading, tenures, purposes)
        return Look(f"officer:{subject}", purposes, expected, bare)

    def _purposes(self, tenures: list[Tenure]) -> Iterator[tuple[str, ...]]:
        """Each purpose for which she has a duty, all others at once, one that is not declared, and none."""
        own = [p for p in self.reading.purposes if self.reading.held(tenures, (p,))]
        yield from ((p,) for p in own)
        yield (*(p for p in self.reading.purposes if p not in own), "nothing/nothing")
        yield ()

    def _officers(self) -> dict[int, list[Tenure]]:
        """Everybody who holds or held an office; in a large register some of each office."""
        found: dict[int, list[Tenure]] = {}
        for tenure in self.tenures:
            found.setdefault(tenure.subject_id, []).append(tenure)
        if self.full:
            return found
        chosen: set[int] = set()
        for office in sorted({tenure.office for tenure in self.tenures}):
            holders = sorted({t.subject_id for t in self.tenures if t.office == office})
            chosen |= set(self.random.sample(holders, min(OFFICERS, len(holders))))
        return {subject: found[subject] for subject in sorted(chosen)}

    def _each_office(self) -> Iterator[tuple[int, list[Tenure]]]:
        """For each office somebody who holds it today."""
        for office in sorted({tenure.office for tenure in self.tenures}):
            for subject, tenures in self.officers.items():
                if any(t.office == office and t.runs_on(self.reading.today) for t in tenures):
                    yield subject, tenures
                    break

    def _sample(self) -> list[int]:
        """Subjects at random (ids are random, so the next one after a random number is), the officers, and
        some that each officer's unit holds.
        """
        found = set(self.officers)
        for _ in range(SUBJECTS):
            start = self.random.randrange(2**63)
            rows = fetch("select id from public.subjects_subject where id >= %s order by id limit 1", [start])
            found |= {row[0] for row in rows}
        for unit in {t.unit_id for tenures in self.officers.values() for t in tenures}:
            near = "select distinct subject_id from public.grounds_ground where unit_id = %s limit %s"
            found |= {row[0] for row in fetch(near, [unit, NEAR])}
        return sorted(found)

    def some(self, table: Table, seen: Seen) -> set[int]:
        """Some rows of a table: of those that are seen, and of all."""
        rows = self.world.rows[table.name]
        several = self.random.sample(rows, min(BARE, len(rows)))
        return {key[0] for key in list(seen)[:BARE]} | {row[table.key] for row in several}

    def _own(self) -> list[int]:
        held = sorted(self.world.grounds)
        return self.random.sample(held, min(OWN, len(held)))


def verify(declaration: Declaration, today: date) -> Result:
    """Invariant 6. The day is the database's own, asked once more here: sight is a matter of days."""
    tally = Tally(6, "readable_beyond_duty")
    matrix = Matrix(declaration, today)
    told = duties.verify(declaration, matrix.reading, matrix.tenures, tally)
    relations = rights.verify(tally)
    called = functions.verify(tally)
    count = 0
    with matrix.app:
        for look in matrix.looks():
            count += 1
            _try(look, matrix, tally)
    several = "all" if matrix.full else "a sample, another each day"
    return tally.result(
        f"rights on {relations} tables and views and {called} functions: all;"
        f" {told} duties of {len(matrix.tenures)} tenures: all; {count} looks, among them by"
        f" {len(matrix.officers)} officers, each office for each purpose and none, at"
        f" {len(matrix.world.people)} of {matrix.subjects} subjects: {several}"
    )


def _try(look: Look, matrix: Matrix, tally: Tally) -> None:
    """Read every view as the app, and hold each cell against the reading."""
    several = len(look.purposes) > 1
    purposes = f"{len(look.purposes)} purposes" if several else " ".join(look.purposes) or "nothing"
    who = f"{look.actor or 'nobody'} for {purposes}"
    app = matrix.app
    with app.acting(look.actor, look.purposes):
        for table in masked():
            seen = app.view(table.name, columns_of(table), (table.key,), table.subject or "")
            _compare(f"{who}: {table.name}", look.expected.table(table), seen, tally)
            if look.bare:
                keys = matrix.some(table, seen)
                there = {key for key in seen if key[0] in keys}
                _compare_ids(f"{who}: bare {table.name}", set(app.bare(table, keys)), there, tally)
        seen = app.view(LEDGER, list(LEDGER_COLUMNS), ("clause_id", "record_id"), "subject_id")
        _compare(f"{who}: {LEDGER}", look.expected.ledger(), seen, tally)


def _compare(told: str, expected: Seen, seen: Seen, tally: Tally) -> None:
    """Every row and cell, both ways. Examples name rows and columns, never what stands there."""
    for key in sorted(seen.keys() ^ expected.keys()):
        what = "is seen and not allowed" if key in seen else "is allowed and not seen"
        tally.add(f"{told} {_id(key)} {what}")
    for key in seen.keys() & expected.keys():
        for column, value in expected[key].items():
            if seen[key][column] != value:
                what = "is seen and not allowed" if value is None else "is allowed and not seen"
                tally.add(f"{told} {_id(key)} {column} {what}")


def _compare_ids(told: str, there: set[tuple[Any, ...]], seen: set[tuple[Any, ...]], tally: Tally) -> None:
    """The bare table, where the app may read ids, shows no other ids than the view."""
    for key in sorted(there ^ seen):
        tally.add(f"{told} {_id(key)} is {'seen' if key in seen else 'there'} and not in the other")


def _id(key: tuple[Any, ...]) -> str:
    return "/".join(str(part) for part in key)
