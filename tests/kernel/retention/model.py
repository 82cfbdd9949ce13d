"""The rules of retention once more, in plain Python over a handful of people: what must be left on a day. It
reads the declaration, and shares no SQL and no code with what it checks."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from hjemmel.declaration import Declaration, Period

LOGGED_FOR = Period.parse("P5Y")


@dataclass
class Record:
    """A membership, tenure, consent, contact or account, by its dates."""

    kind: str
    row: Any
    started: date
    ended: date | None = None  # of a tenure: the last day in office

    def event(self, name: str) -> date | None:
        """The day of an event, or None while it has not happened."""
        if name == "account.created" or name.endswith((".joined", ".started", ".given", ".since")):
            return self.started
        if name == "tenure.ended" and self.ended is not None:
            return self.ended + timedelta(days=1)
        return self.ended

    def is_so(self, condition: str | None) -> bool:
        """Whether a condition holds of the record."""
        return {None: True, "account.unused": self.ended is None, "account.used": self.ended is not None}[
            condition
        ]


@dataclass
class Line:
    """A value in the log: of which datum, of which record (None: of the person), written when."""

    datum: str
    record: int | None
    written: date


@dataclass
class Human:
    """One person: her records, the data written about her, and what the log says of her."""

    records: dict[int, Record] = field(default_factory=dict)
    data: frozenset[str] = frozenset()
    log: dict[int, Line] = field(default_factory=dict)


def holds(declaration: Declaration, record: Record, day: date) -> tuple[bool, frozenset[str]]:
    """Whether any rule holds the record on the day, and which data the rules hold because of it."""
    data: set[str] = set()
    alive = False
    for activity in declaration.active:
        for keep in activity.keep:
            if keep.what != record.kind or not record.is_so(keep.when):
                continue
            event = record.event(keep.after) if keep.after else None
            if event is not None and keep.period is not None and keep.period.add_to(event) <= day:
                continue
            alive = True
            data |= set(activity.subset(keep.data))
    return alive, frozenset(data)


def after_sweep(declaration: Declaration, human: Human, day: date) -> Human:
    """What must be left of the person, and no less, when the sweep of the day is done."""
    kept = {pk: holds(declaration, record, day) for pk, record in human.records.items()}
    records = {pk: human.records[pk] for pk, (alive, _) in kept.items() if alive}
    held = frozenset[str]().union(*(kept[pk][1] for pk in records))
    return Human(records, human.data & held, dict(_lines(human, kept, held, day)))


def _lines(
    human: Human, kept: dict[int, tuple[bool, frozenset[str]]], held: frozenset[str], day: date
) -> Iterator[tuple[int, Line]]:
    for pk, line in human.log.items():
        of = held if line.record is None else kept.get(line.record, (False, frozenset()))[1]
        if line.datum in of and LOGGED_FOR.add_to(line.written) > day:
            yield pk, line
