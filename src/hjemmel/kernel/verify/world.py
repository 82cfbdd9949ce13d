"""The raw rows that a matrix of sight is worked out from, and what an actor should see of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from hjemmel.declaration import Declaration
from hjemmel.kernel import catalog
from hjemmel.kernel.catalog import Table
from hjemmel.kernel.verify import reading
from hjemmel.kernel.verify.naive import Ground, readers, union
from hjemmel.kernel.verify.reading import columns_of, fetch, quoted
from hjemmel.kernel.verify.sight import Glimpse, Held, Person, Reading, Tenure

LEDGER = "grounds_ground"
LEDGER_COLUMNS = ("clause_id", "record_id", "subject_id", "unit_id", "since", "ended", "until")
Row = dict[str, Any]
Key = tuple[Any, ...]
Seen = dict[Key, Row]


def masked() -> list[Table]:
    """The tables that the app reads through a mask."""
    return [table for table in catalog.tables() if table.subject and not table.open_because]


def keyed() -> list[Table]:
    """The tables that the app reads a row of, by its key."""
    return [table for table in catalog.tables() if table.app == "key"]


@dataclass(slots=True)
class World:
    """Some subjects (or all), with their raw rows and the grounds worked out from these."""

    people: dict[int, Person]
    rows: dict[str, list[Row]]
    ledger: list[Row]
    grounds: dict[int, list[Ground]] = field(default_factory=lambda: defaultdict(list))


def load(declaration: Declaration, tree: dict[int, tuple[int | None, str]], ids: list[int] | None) -> World:
    """The world of the subjects in `ids`, or of all."""
    people = {
        number: Person(shielded, restricted)
        for number, shielded, restricted in _select(
            "select id, shielded, restricted from public.subjects_subject s", "s.id", ids
        )
    }
    rows = {table.name: _rows(table, ids) for table in masked()}
    ledger = _select(
        f"select {quoted(LEDGER_COLUMNS, 'g')}, c.rule, c.status from public.grounds_ground g"
        " join public.grounds_clause c on c.id = g.clause_id",
        "g.subject_id",
        ids,
    )
    names = (*LEDGER_COLUMNS, "rule", "status")
    world = World(people, rows, [dict(zip(names, row, strict=True)) for row in ledger])
    found = readers(declaration, reading.root(tree))
    elsewhere = reading.elsewhere(found)
    for table in catalog.records():
        for row in rows.get(table.name) or _rows(table, ids):
            for ground in found[table.name].grounds(row, elsewhere):
                world.grounds[ground.subject_id].append(ground)
    return world


def _rows(table: Table, ids: list[int] | None) -> list[Row]:
    columns = columns_of(table)
    rows = _select(f'select {quoted(columns, "r")} from public."{table.name}" r', f'r."{table.subject}"', ids)
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _select(sql: str, subject: str, ids: list[int] | None) -> list[tuple[Any, ...]]:
    return fetch(sql) if ids is None else fetch(f"{sql} where {subject} = any(%s)", [ids])


Looks = Callable[[Ground], list[Glimpse]]


class Expected:
    """What an actor should see: for every masked table the rows, cell by cell."""

    def __init__(self, world: World, looks: Looks) -> None:
        self.world = world
        self.persons: dict[int, frozenset[str]] = {}
        self.records: dict[tuple[str, int], frozenset[str]] = {}
        self.grounds: dict[tuple[str, int], list[Glimpse]] = {}
        for subject, grounds in world.grounds.items():
            for ground in grounds:
                if glimpses := looks(ground):
                    data = union(g.data for g in glimpses)
                    self.persons[subject] = self.persons.get(subject, frozenset()) | data
                    record = ground.record, ground.record_id
                    self.records[record] = self.records.get(record, frozenset()) | data
                    self.grounds[ground.rule, ground.record_id] = glimpses

    def table(self, table: Table) -> Seen:
        """The rows of one table that should be seen, with every hidden cell None."""
        seen: Seen = {}
        for row in self.world.rows[table.name] if self.persons else ():
            if (shown := self._row(table, row)) is not None:
                seen[(row[table.key],)] = shown
        return seen

    def ledger(self) -> Seen:
        """The rows of the ledger that should be seen."""
        return {
            (row["clause_id"], row["record_id"]): self._ground(row, glimpses)
            for row in self.world.ledger
            if row["status"] == "live"
            and (glimpses := self.grounds.get((row["rule"], row["record_id"]))) is not None
        }

    def _row(self, table: Table, row: Row) -> Row | None:
        person = self.persons.get(row[table.subject or ""])
        if person is None:
            return None
        data = self.records.get((table.record, row[table.key])) if table.record else person
        named = row[table.datum_column] if table.datum_column else None
        if data is None or (named is not None and named not in person):
            return None
        if table.data and not table.is_person and not data & set(table.data.values()):
            return None
        shown = {}
        for name, column in table.columns.items():
            wanted = named if column.datum == catalog.ROW_DATUM else column.datum
            within = person if column.datum == catalog.ROW_DATUM else data
            shown[name] = row[name] if wanted is None or wanted in within else None
        return shown

    def _ground(self, row: Row, glimpses: list[Glimpse]) -> Row:
        hidden = self.world.people[row["subject_id"]].shielded and not any(g.shielded for g in glimpses)
        return {name: row[name] for name in LEDGER_COLUMNS} | ({"unit_id": None} if hidden else {})


def officer(world: World, reading_: Reading, tenures: Iterable[Tenure], purposes: Iterable[str]) -> Expected:
    """What somebody with these tenures should see, acting for these purposes."""
    duties: dict[str, list[Held]] = defaultdict(list)
    for held in reading_.held(tenures, purposes):
        duties[held.duty.activity].append(held)

    def looks(ground: Ground) -> list[Glimpse]:
        there = duties.get(ground.activity, ())
        person = world.people[ground.subject_id]
        return [g for held in there if (g := reading_.glimpse(held, ground, person)) is not None]

    return Expected(world, looks)


def oneself(world: World, reading_: Reading, subject: int, purposes: Iterable[str]) -> Expected:
    """What a person should see on her own page: all that is held of her, and nothing of others."""
    acting = frozenset(purposes)

    def looks(ground: Ground) -> list[Glimpse]:
        mine = ground.subject_id == subject and ground.holds_on(reading_.today)
        return [Glimpse(ground.data, shielded=True)] if mine and acting else []

    return Expected(world, looks)
