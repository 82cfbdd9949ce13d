"""The second reading: which grounds a record makes, worked out from the declaration and the raw row alone.

Pure Python over plain values. It knows the declaration, what `personal.py` says of columns, and nothing of
clauses, bit sets, triggers or policies. The plainest way to say each rule is the right one here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hjemmel.declaration import Activity, Declaration, Keep
from hjemmel.kernel import catalog
from hjemmel.kernel.catalog import Condition, Event, Table

OSLO = ZoneInfo("Europe/Oslo")
Row = Mapping[str, Any]
ASKED = ("grounds_asked", "asked_on")  # subject → the day she asked to be erased


@dataclass(frozen=True, slots=True)
class Ground:
    """Why something is held: a keep rule of an activity, because of one record of one subject."""

    rule: str
    activity: str
    record: str
    record_id: int
    subject_id: int
    unit_id: int
    since: date | None
    ended: date | None
    until: date | None
    data: frozenset[str]

    def holds_on(self, day: date) -> bool:
        """Whether it holds anything that day: through the day before `until`, due on it."""
        return self.until is None or day < self.until


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Dates that stand in another table than the record: (table, column) → key → value."""

    values: Mapping[tuple[str, str], Mapping[int, Any]]


class Reader:
    """Reads the rows of one record table: when things happened, and which grounds each row makes."""

    def __init__(self, table: Table, declaration: Declaration, root: int | None) -> None:
        self.table = table
        self.root = root
        self.events: dict[str, Event] = {e.name: e for e in catalog.events(table.name)}
        self.conditions: dict[str, Condition] = {c.name: c for c in catalog.conditions(table.name)}
        self.rules = [
            (activity, keep)
            for activity in declaration.active
            for keep in activity.keep
            if keep.what == table.record
        ]
        self.data = {keep.id: _data(activity, keep) for activity, keep in self.rules}

    @property
    def columns(self) -> list[str]:
        """The columns a row must have to be read."""
        found = [self.table.key, self.table.subject or "", *([self.table.unit] if self.table.unit else [])]
        found += [e.via[0] if e.via else e.column for e in self.events.values()]
        found += [column for c in self.conditions.values() for column in c.columns]
        return list(dict.fromkeys(found))

    def grounds(self, row: Row, elsewhere: Elsewhere) -> Iterable[Ground]:
        """The grounds that this row makes."""
        since, ended = (self._day(name, row, elsewhere) for name in (self.table.since, self.table.ended))
        unit = (row[self.table.unit] if self.table.unit else None) or self.root
        for activity, keep in self.rules:
            if keep.when is not None and not self.conditions[keep.when].reading(row):
                continue
            over = until(keep, self._day(keep.after, row, elsewhere))
            asked = elsewhere.values.get(ASKED, {}).get(row[self.table.subject or ""])
            done = ended if self.table.ended else since or date.min
            yield Ground(
                rule=keep.id,
                activity=activity.name,
                record=keep.what,
                record_id=row[self.table.key],
                subject_id=row[self.table.subject or ""],
                unit_id=unit or 0,
                since=since,
                ended=ended,
                until=sooner(keep, over, done, asked),
                data=self._held(keep.id, row),
            )

    def _day(self, event: str | None, row: Row, elsewhere: Elsewhere) -> date | None:
        if event is None:
            return None
        where = self.events[event]
        value = row[where.column] if where.via is None else None
        if where.via is not None:
            value = elsewhere.values[where.via[1], where.column].get(row[where.via[0]])
        return day_of(value, day_after=where.day_after)

    def _held(self, rule: str, row: Row) -> frozenset[str]:
        always, sometimes = self.data[rule]
        if not sometimes:
            return always
        return always | {datum for datum, condition in sometimes if self._applies(condition, row)}

    def _applies(self, condition: str, row: Row) -> bool:
        known = self.conditions.get(condition)
        return known is not None and known.reading(row)


def readers(declaration: Declaration, root: int | None) -> dict[str, Reader]:
    """A reader for each record table, by the table's name."""
    return {t.name: Reader(t, declaration, root) for t in catalog.records()}


def day_of(value: date | datetime | None, *, day_after: bool = False) -> date | None:
    """The legal day of a stored date or time; `day_after` where the stored one is the last day itself."""
    if value is None:
        return None
    day = value.astimezone(OSLO).date() if isinstance(value, datetime) else value
    return day + timedelta(days=1) if day_after else day


def until(keep: Keep, event: date | None) -> date | None:
    """The day on which what the rule holds is due, or None while nothing says when."""
    if event is None or keep.period is None:
        return None
    start = date(event.year, 12, 31) if keep.count_from == "year_end" else event
    try:
        return keep.period.add_to(start)
    except ValueError:
        return date.max


def sooner(keep: Keep, over: date | None, done: date | None, asked: date | None) -> date | None:
    """The day it is due, which is the day she asked to be erased where the rule says so, and where it was
    `done` (the relation over; what has none, begun) by then.
    """
    if asked is None or keep.at_request != "delete" or done is None or done > asked:
        return over
    return asked if over is None else min(over, asked)


def _data(activity: Activity, keep: Keep) -> tuple[frozenset[str], tuple[tuple[str, str], ...]]:
    """What a keep rule holds always, and what only under a condition."""
    conditions = {use.datum: use.only_when for use in activity.data if use.only_when}
    chosen = activity.subset(keep.data)
    always = frozenset(datum for datum in chosen if datum not in conditions)
    return always, tuple((datum, conditions[datum]) for datum in chosen if datum in conditions)


def union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    """All of them together."""
    return frozenset().union(*sets)
