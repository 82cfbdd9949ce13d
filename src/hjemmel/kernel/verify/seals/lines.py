"""Every sealed line hashed anew from what its row says, in its place, up to each root that was signed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from dateutil.relativedelta import relativedelta

from hjemmel.kernel.verify.naive import OSLO
from hjemmel.kernel.verify.seals.chain import Mark
from hjemmel.kernel.verify.seals.outcome import Outcome
from hjemmel.kernel.verify.seals.streaming import stream
from hjemmel.kernel.verify.seals.trees import Tree

MARKS = "select number, month, size, root, note from public.audit_checkpoint order by month, size"
SEALED = """
select l.month, l.place, l.kind, l.line, l.hash,
       e.id, e.at, e.actor, e.purpose, e.kind, e.table_name, e.record_id, e.subject_id, e.datum, e.field,
       e.reason, e.commitment,
       t.id, t.at, t.table_name, t.rows, t.reason
  from public.audit_leaf l
  left join public.audit_entry e on l.kind = 'entry' and e.id = l.line
  left join public.audit_tally t on l.kind = 'tally' and t.id = l.line
 order by l.month, l.place
"""
ENTRY, TALLY = 5, 17  # where the columns of either begin

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST, LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
_encode = json.JSONEncoder(ensure_ascii=False).encode


def entry_hash(row: tuple[Any, ...]) -> bytes:
    """The leaf of an entry with these columns: id, at, actor, and so on to the commitment."""
    number, at, *plain, commitment = row
    shown = None if commitment is None else commitment.hex()
    return _leaf(["entry", number, _microseconds(at), *plain, shown])


def tally_hash(row: tuple[Any, ...]) -> bytes:
    """The leaf of a tally: id, at, table, rows, reason."""
    number, at, *plain = row
    return _leaf(["tally", number, _microseconds(at), *plain])


def _leaf(said: list[Any]) -> bytes:
    return sha256(b"\x00" + _encode(said).encode()).digest()


def _microseconds(at: datetime) -> int:
    since = at - EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


@dataclass(frozen=True, slots=True)
class Month:
    """A month's tree: how many lines were checked, and the root that they make."""

    month: date
    size: int
    root: bytes


def check(outcome: Outcome) -> list[Month]:
    """Go through all sealed lines; return what each month came to."""
    walk = _Walk(outcome, stream(SEALED, in_order=True))
    for mark in (Mark.of(*row) for row in stream(MARKS)):
        walk.up_to(mark)
    walk.rest()
    return walk.months


class _Walk:
    """The leaves in order, taken up to one checkpoint after the other."""

    def __init__(self, outcome: Outcome, rows: Iterator[tuple[Any, ...]]) -> None:
        self.outcome, self.rows = outcome, rows
        self.next = next(rows, None)
        self.months: list[Month] = []
        self.month: date | None = None
        self.tree, self.place, self.whole = Tree(), 0, True
        self.opens = self.closes = EPOCH

    def up_to(self, mark: Mark) -> None:
        """Take the leaves that the checkpoint covers, and compare the roots."""
        while self.next is not None and self.next[0] < mark.month:
            self._loose()
        if mark.month != self.month:
            self._begin(mark.month)
        while self.next is not None and self.next[0] == mark.month and self.next[1] < mark.size:
            self._take(mark)
        if self.place < mark.size:
            self._missing(mark.size)
        if self.whole and self.tree.root() != mark.root:
            self.whole = False
            where = f"checkpoint {mark.number}, {mark.month:%Y-%m}: {mark.size} lines"
            self.outcome.add("root_differs", where)

    def rest(self) -> None:
        """What comes after the last checkpoint."""
        while self.next is not None:
            self._loose()
        self._end()

    def _begin(self, month: date) -> None:
        self._end()
        self.month, self.tree, self.place, self.whole = month, Tree(), 0, True
        begins = datetime(month.year, month.month, 1, tzinfo=OSLO)
        self.opens = begins.astimezone(UTC)
        self.closes = (begins + relativedelta(months=1)).astimezone(UTC)  # by the clock on the wall

    def _end(self) -> None:
        if self.month is not None:
            self.months.append(Month(self.month, self.tree.size, self.tree.root()))

    def _take(self, mark: Mark) -> None:
        row = self.next
        assert row is not None  # noqa: S101 - for the type
        if row[1] > self.place:
            self._missing(row[1])
        self.place = row[1] + 1
        sealed, kind, line = bytes(row[4]), row[2], row[3]
        if kind == "entry":
            there, at = row[ENTRY] is not None, row[ENTRY + 1]
            leaf = entry_hash(row[ENTRY:TALLY]) if there else sealed
        else:
            there, at = row[TALLY] is not None, row[TALLY + 1]
            leaf = tally_hash(row[TALLY:]) if there else sealed
        if not there:
            self.outcome.add("line_gone", f"{kind} {line}")
        elif leaf != sealed:
            self.outcome.add("line_changed", f"{kind} {line}")
        elif not (self.opens <= at < self.closes and (mark.earliest or FIRST) <= at <= (mark.latest or LAST)):
            self.outcome.add("line_out_of_time", f"{kind} {line}")
        self.tree.take(sealed)
        self.next = next(self.rows, None)

    def _missing(self, until: int) -> None:
        self.outcome.add("place_gone", f"{self.month:%Y-%m}: place {self.place} on", until - self.place)
        self.place, self.whole = until, False

    def _loose(self) -> None:
        """A leaf that no checkpoint covers."""
        assert self.next is not None  # noqa: S101 - for the type
        self.outcome.add("place_loose", f"{self.next[2]} {self.next[3]}")
        self.next = next(self.rows, None)
