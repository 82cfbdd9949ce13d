"""Invariants 1 to 3: what is stored against what may be, and the ledger against a fresh derivation.

What is due goes in the night. So data are overdue, and count under 2, when the last night should have taken
them: their last ground ended before it. What the register only learned since (a membership that ended last
month, entered today) waits for the coming night, provided that the last one left nothing.

Walks all subjects once, a span at a time. What holds a datum is a number with a bit for each datum, our own
and not the catalog's, so that a million persons take minutes and not hours.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from typing import Any

from django.db import models

from hjemmel.declaration import Declaration
from hjemmel.kernel import catalog
from hjemmel.kernel.catalog import Table
from hjemmel.kernel.verify import reading
from hjemmel.kernel.verify.naive import Elsewhere, Ground, Reader, readers
from hjemmel.kernel.verify.reading import Span, fetch
from hjemmel.kernel.verify.result import Result, Tally

SPAN = 5_000
ROW = "row"  # stands for the row itself, where no datum of it is stored
Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Night:
    """The last night whose time has come, and whether it was kept: a run went through all that was due."""

    day: date
    kept: bool = False


@dataclass(slots=True)
class Held:
    """Which data are held, as bits: by a ground that is not overdue, and by any ground at all."""

    now: int = 0
    ever: int = 0


@dataclass(frozen=True, slots=True)
class Hold:
    """What keeps data though no ground does: all of a subject, or the records of one kind; all data, or some.
    A row of the log is a record of no kind here: only a hold of everything keeps it.
    """

    record: str | None
    data: frozenset[str] | None

    def keeps(self, table: Table, datum: str) -> bool:
        """Whether it keeps a datum of a row of the table. ROW is the row itself, of which it keeps anything;
        of somebody it holds anything of, the person's own.
        """
        if table.name == "subjects_subject":
            return True
        if self.record is not None and (self.record != table.record or table.datum_column):
            return False
        if self.data is None:
            return True
        if datum != ROW:
            return datum in self.data
        return bool(self.data & (set(table.data.values()) or {d for t in catalog.tables() for d in t.sealed}))


class Bits:
    """Our own numbering of the data."""

    def __init__(self) -> None:
        self.names: list[str] = [ROW]
        self.places: dict[str, int] = {ROW: 0}
        self.sets: dict[frozenset[str], int] = {}

    def one(self, datum: str) -> int:
        """The bit of one datum."""
        if datum not in self.places:
            self.places[datum] = len(self.names)
            self.names.append(datum)
        return 1 << self.places[datum]

    def all(self, data: frozenset[str]) -> int:
        """The bits of several, and that of the row: whoever holds anything holds the row."""
        if data not in self.sets:
            self.sets[data] = reduce(lambda sum_, datum: sum_ | self.one(datum), data, 1)
        return self.sets[data]

    def spell(self, bits: int) -> list[str]:
        """The names of the data in `bits`."""
        return [name for place, name in enumerate(self.names) if bits >> place & 1]


@dataclass(slots=True)
class Walk:
    """What the three invariants share while the walk goes on."""

    night: Night
    readers: dict[str, Reader]
    elsewhere: Elsewhere
    bits: Bits = field(default_factory=Bits)
    groundless: Tally = field(default_factory=lambda: Tally(1, "data_without_ground"))
    past: Tally = field(default_factory=lambda: Tally(2, "data_past_last_ground"))
    differing: Tally = field(default_factory=lambda: Tally(3, "grounds_differ"))
    rows: int = 0
    grounds: int = 0
    wanted: dict[tuple[str, int], int] = field(default_factory=dict)
    holds: dict[int, list[Hold]] = field(default_factory=dict)
    subjects: dict[int, Held] = field(default_factory=lambda: defaultdict(Held))
    records: dict[Key, Held] = field(default_factory=lambda: defaultdict(Held))


def verify(declaration: Declaration, night: Night) -> list[Result]:
    """Invariants 1, 2 and 3, by one walk over every subject."""
    walk = walked(declaration, night)
    checked = f"{walk.rows} rows and {walk.grounds} grounds, after the night of {night.day}: all"
    return [tally.result(checked) for tally in (walk.groundless, walk.past, walk.differing)]


def walked(declaration: Declaration, night: Night) -> Walk:
    """The walk itself: what it counted, and how much it went through."""
    found = readers(declaration, reading.root(reading.tree()))
    walk = Walk(night, found, reading.elsewhere(found))
    for span in reading.spans(SPAN):
        walk.subjects.clear()
        walk.records.clear()
        walk.holds = _holds(walk, span)
        waiting = [(table, _stored(table, walk, span)) for table in catalog.tables() if table.subject]
        fresh = _derive(walk, waiting)
        _hold(walk, fresh, _compare(walk, fresh, span))
        for table, rows in waiting:
            for row in rows:
                _judge(walk, table, row)
        _hanging(walk, span)
    _others(walk)
    _undoable(walk)
    return walk


def _stored(table: Table, walk: Walk, span: Span) -> list[dict[str, Any]]:
    """The rows of one table: keys, what its reader needs, and a bit for each datum that is not NULL."""
    reader = walk.readers.get(table.name)
    names = list(dict.fromkeys([table.key, table.subject or "", *(reader.columns if reader else [])]))
    names += [table.datum_column] if table.datum_column else []
    names += ["gone_on"] if table.name == "subjects_subject" else []
    rows = fetch(
        f"select {reading.quoted(names)}, {_present(table)}"
        f' from public."{table.name}" where "{table.subject}" >= %s and "{table.subject}" < %s',
        [span.low, span.high],
    )
    walk.rows += len(rows)
    return [dict(zip([*names, "present"], row, strict=True)) for row in rows]


def _data(table: Table) -> list[str]:
    """The data of a table in a fixed order; the first place is for what the row's own datum names."""
    return [catalog.ROW_DATUM, *sorted(set(table.data.values()))]


def _present(table: Table) -> str:
    """SQL: a number with a bit for each of the table's data that is stored in the row."""
    parts = []
    for place, datum in enumerate(_data(table)):
        columns = (
            table.row_data
            if datum == catalog.ROW_DATUM
            else [column for column, d in table.data.items() if d == datum]
        )
        if columns:
            stored = " or ".join(f'"{c}" is not null' for c in columns)
            parts.append(f"case when {stored} then {1 << place} else 0 end")
    return f"({' + '.join(parts) or '0'}) as present"


def _derive(walk: Walk, waiting: Iterable[tuple[Table, list[dict[str, Any]]]]) -> dict[Key, Ground]:
    """The grounds that the rows make."""
    fresh: dict[Key, Ground] = {}
    for table, rows in waiting:
        reader = walk.readers.get(table.name)
        for row in rows:
            for ground in reader.grounds(row, walk.elsewhere) if reader else ():
                fresh[ground.rule, ground.record_id] = ground
    return fresh


def _hold(walk: Walk, fresh: dict[Key, Ground], unswept: set[Key]) -> None:
    """Note what the grounds hold, and whether it is overdue."""
    tables = {table.record: table.name for table in catalog.records()}
    for key, ground in fresh.items():
        bits = walk.bits.all(ground.data)
        overdue = ground.until is not None and ground.until < walk.night.day
        for held in (
            walk.subjects[ground.subject_id],
            walk.records[tables[ground.record], ground.record_id],
        ):
            held.ever |= bits
            if not overdue or (walk.night.kept and key in unswept):
                held.now |= bits


def _holds(walk: Walk, span: Span) -> dict[int, list[Hold]]:
    """The holds that lasted through the night, by subject, as whoever set them wrote them."""
    found: dict[int, list[Hold]] = defaultdict(list)
    for subject, record, data, ends_on in fetch(
        "select subject_id, record, data, ends_on from public.holds_hold"
        " where subject_id >= %s and subject_id < %s",
        [span.low, span.high],
    ):
        if ends_on is None or ends_on >= walk.night.day:
            found[subject].append(Hold(record, None if data is None else frozenset(data)))
    return found


def _compare(walk: Walk, fresh: dict[Key, Ground], span: Span) -> set[Key]:
    """The stored ledger of this span against the fresh grounds, both ways. Returns those that are as they
    should be and that no night has gone through since.
    """
    missing, unswept = dict(fresh), set[Key]()
    stored = fetch(
        "select c.rule, c.status, g.record_id, g.done, g.subject_id, g.unit_id, g.since, g.ended,"
        " case when g.until > '9999-12-31' then '9999-12-31' else g.until end from public.grounds_ground g"
        " join public.grounds_clause c on c.id = g.clause_id where g.subject_id >= %s and g.subject_id < %s",
        [span.low, span.high],
    )
    walk.grounds += len(stored)
    for rule, status, record, done, *rest in stored:
        found = missing.pop((rule, record), None) if status == "live" else None
        if found is None:
            walk.differing.add(f"{rule}: record {record} has a ground that nothing makes ({status})")
        elif tuple(rest) != (found.subject_id, found.unit_id, found.since, found.ended, found.until):
            walk.differing.add(f"{rule}: record {record} has another ground than it should")
        elif not done:
            unswept.add((rule, record))
    walk.differing.add_all(f"{rule}: record {record} lacks its ground" for rule, record in missing)
    return unswept


def _judge(walk: Walk, table: Table, row: Mapping[str, Any]) -> None:
    """Whether what one row stores is held, and still is."""
    subject: int = row[table.subject or ""]
    by_subject = walk.subjects[subject]
    own = walk.records[table.name, row[table.key]] if table.record else by_subject
    wanted = _wanted(walk, table, row)
    told = f"{table.name} {row[table.key]}"
    kept = _kept(walk, table, row, wanted or 1)
    if not wanted:
        if row.get("gone_on") is None:
            _weigh(walk, own, 1 & ~kept, told)
        return
    named = _named(walk, table, row)
    _weigh(walk, own, wanted & ~named & ~kept, told)
    if named:
        _weigh(walk, by_subject, named & ~kept, told)


def _kept(walk: Walk, table: Table, row: Mapping[str, Any], wanted: int) -> int:
    """The bits, of those wanted, that some hold keeps."""
    holds = walk.holds.get(row[table.subject or ""], ())
    if not holds:
        return 0
    if table.datum_column:  # the row stays whole, for the datum that it names
        names = walk.bits.spell(_named(walk, table, row))
        return wanted if any(hold.keeps(table, name) for hold in holds for name in names) else 0
    names = walk.bits.spell(wanted)
    return sum(walk.bits.one(name) for name in names if any(hold.keeps(table, name) for hold in holds))


def _wanted(walk: Walk, table: Table, row: Mapping[str, Any]) -> int:
    """The bits of what a row stores."""
    key = table.name, row["present"]
    if key not in walk.wanted:
        stored = (d for place, d in enumerate(_data(table)) if place and row["present"] >> place & 1)
        walk.wanted[key] = reduce(lambda sum_, datum: sum_ | walk.bits.one(datum), stored, 0)
    return walk.wanted[key] | _named(walk, table, row)


def _named(walk: Walk, table: Table, row: Mapping[str, Any]) -> int:
    """The bit of the datum that the row itself names, where a value of it is stored."""
    if table.datum_column and row["present"] & 1:
        return walk.bits.one(row[table.datum_column])
    return 0


def _weigh(walk: Walk, held: Held, wanted: int, told: str) -> None:
    """Count what is not held at all, and what was held and no longer is."""
    if wanted & ~held.now == 0:
        return
    walk.groundless.add_all(f"{told} {datum}" for datum in walk.bits.spell(wanted & ~held.ever))
    walk.past.add_all(f"{told} {datum}" for datum in walk.bits.spell(wanted & held.ever & ~held.now))


def _hanging(walk: Walk, span: Span) -> None:
    """Rows that hang on a record (an address on its account): held as long as the record holds them."""
    for table in catalog.tables():
        if table.subject or not table.data:
            continue
        owner = _owner(table)
        if owner is None:
            count = reading.one(f'select count(*) from public."{table.name}"') if span.low < 0 else 0
            if count:
                walk.groundless.add(f"{table.name}: hangs on nothing that has a ground", count)
            continue
        column, entry = owner
        rows = fetch(
            f'select r."{table.key}", o."{entry.key}", {_present(table)} from public."{table.name}" r'
            f' join public."{entry.name}" o on o."{entry.key}" = r."{column}"'
            f' where o."{entry.subject}" >= %s and o."{entry.subject}" < %s',
            [span.low, span.high],
        )
        for key, record, present in rows:
            wanted = _wanted(walk, table, {"present": present})
            _weigh(walk, walk.records[entry.name, record], wanted, f"{table.name} {key}")


def _owner(table: Table) -> tuple[str, Table] | None:
    """The key by which a table hangs on a record, and the record's table."""
    for f in table.model._meta.local_concrete_fields:
        if isinstance(f, models.ForeignKey):
            entry = catalog.find(f.remote_field.model._meta.db_table)
            if entry is not None and entry.record:
                return f.column, entry
    return None


def _undoable(walk: Walk) -> None:
    """What was sealed for an undo is stored until its last day, and no longer; a key, as long as anything."""
    rows = fetch(
        "select id from public.erasure_undo where ends_on < %s union all select k.erasure_id"
        " from public.erasure_undokey k where not exists (select from public.erasure_undo u"
        "  where u.erasure_id = k.erasure_id)",
        [walk.night.day],
    )
    walk.past.add_all(f"erasure_undo {key}: can be taken back no more" for (key,) in rows)


def _others(walk: Walk) -> None:
    """Keys to further subjects (who recruited a member) go when those are gone."""
    for table in catalog.tables():
        for role, column in table.others.items():
            rows = fetch(
                f'select r."{table.key}" from public."{table.name}" r'
                f' join public.subjects_subject s on s.id = r."{column}" where s.gone_on is not null'
            )
            walk.past.add_all(f"{table.name} {key}: {role} is gone" for (key,) in rows)
