"""Sealing: lines that have come since the last time get their places in the trees, and the trees are signed.

A batch is one transaction: places and checkpoint come together or not at all, so a sealing that is killed
has sealed whole batches and the next goes on from there. Sealings that meet take turns. Nothing here asks for
an actor: no row about anybody is read but by number.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db import connection, transaction

from hjemmel.kernel.audit import notes
from hjemmel.kernel.audit.models import Checkpoint, Leaf, Reached
from hjemmel.kernel.audit.tree import Tree

BATCH = 50_000
LOWEST = -(2**63)

# What of a line is bound by its leaf: all of it. Values are not in the line, their commitment is.
ENTRY = (
    "'entry', r.id, {at}, r.actor, r.purpose, r.kind, r.table_name, r.record_id, r.subject_id, r.datum,"
    " r.field, r.reason, encode(r.commitment, 'hex')"
)
TALLY = "'tally', r.id, {at}, r.table_name, r.rows, r.reason"
AT = "(extract(epoch from r.at) * 1000000)::bigint"

PICKED = """
(select '{kind}' as kind, r.id as line,
        date_trunc('month', r.at at time zone 'Europe/Oslo')::date as month,
        sha256('\\x00'::bytea || convert_to(json_build_array({columns})::text, 'UTF8')) as hash
   from public.audit_{kind} r
  where r.id > %({kind})s
    and not exists (select from public.audit_leaf l where l.kind = '{kind}' and l.line = r.id)
  order by r.id limit %(batch)s)"""

PUT = f"""
with picked as materialized ({
    " union all ".join(
        PICKED.format(kind=kind, columns=columns.format(at=AT))
        for kind, columns in (("entry", ENTRY), ("tally", TALLY))
    )
}),
sizes as (select month, max(size) as size from public.audit_checkpoint group by 1),
put as (
  insert into public.audit_leaf (month, place, kind, line, hash)
  select p.month,
         coalesce(s.size, 0) + row_number() over (partition by p.month order by p.kind, p.line) - 1,
         p.kind, p.line, p.hash
    from picked p left join sizes s on s.month = p.month
  returning month, place, kind, line, hash)
select month, kind, line, hash from put order by month, place
"""

BEGIN = """
select clock_timestamp(), pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint,
       (select coalesce(max(id), 0) from public.audit_entry),
       (select coalesce(max(id), 0) from public.audit_tally)
  from pg_current_snapshot() s
"""

# Of sealings that met, the one that began last is noted.
ENDED = """
insert into public.audit_reached as r
  (id, began_at, entry_floor, tally_floor, entry_top, tally_top, horizon) values (1, %s, %s, %s, %s, %s, %s)
on conflict (id) do update
  set (began_at, entry_floor, tally_floor, entry_top, tally_top, horizon)
    = (excluded.began_at, excluded.entry_floor, excluded.tally_floor, excluded.entry_top,
       excluded.tally_top, excluded.horizon)
where r.began_at < excluded.began_at
"""


class BrokenLogError(RuntimeError):
    """What was sealed last is not what was signed: nothing is sealed on top of it."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """How many lines were sealed, and the number of the last checkpoint (None before the first)."""

    lines: int
    checkpoint: int | None


def seal(
    *, whole: bool = False, batch: int = BATCH, progress: Callable[[int], Any] = lambda _: None
) -> Sealed:
    """Seal every line that waits. Safe to break off, to run again, and to run twice at a time.

    Looks no further back than a line can still turn up (a transaction that took long); `whole` looks through
    the whole log. Raises BrokenLogError. For the keeper's role and the owner's.
    """
    began = _begin()
    seen = began.floors(whole=whole)
    lines = 0
    while True:
        with transaction.atomic():
            found = _batch(seen, began.since, batch)
        if not found:
            break
        lines += sum(found.values())
        progress(lines)
    began.ended(whole=whole)
    last = latest()
    return Sealed(lines, last.number if last else None)


def latest() -> Checkpoint | None:
    """Return the last checkpoint; it covers all before it, of every month."""
    return Checkpoint.objects.order_by("-number").first()


@dataclass(frozen=True, slots=True)
class _Begun:
    """The moment at which a sealing begins, and where the one before it had come."""

    at: datetime
    oldest: int  # no transaction that still runs has a lower number
    horizon: int
    tops: Mapping[str, int]
    before: Reached | None

    @property
    def since(self) -> datetime | None:
        return self.before.began_at if self.before else None

    def floors(self, *, whole: bool) -> dict[str, int]:
        if self.before is None or whole:
            return {Leaf.Kind.ENTRY: LOWEST, Leaf.Kind.TALLY: LOWEST}
        return {Leaf.Kind.ENTRY: self.before.entry_floor, Leaf.Kind.TALLY: self.before.tally_floor}

    def ended(self, *, whole: bool) -> None:
        """Note how far it has come. What had been drawn when the last sealing began is sealed for good once
        every transaction of that time has ended; until then the floors stay where they were.
        """
        before, floors = self.before, self.floors(whole=whole)
        if before and before.horizon <= self.oldest:
            floors = {Leaf.Kind.ENTRY: before.entry_top, Leaf.Kind.TALLY: before.tally_top}
        kinds = (Leaf.Kind.ENTRY, Leaf.Kind.TALLY)
        with connection.cursor() as cursor:
            figures = [*(floors[kind] for kind in kinds), *(self.tops[kind] for kind in kinds)]
            cursor.execute(ENDED, [self.at, *figures, self.horizon])


def _begin() -> _Begun:
    before = Reached.objects.first()
    with connection.cursor() as cursor:
        cursor.execute(BEGIN)
        at, oldest, horizon, entry, tally = cursor.fetchone()
    return _Begun(at, oldest, horizon, {Leaf.Kind.ENTRY: entry, Leaf.Kind.TALLY: tally}, before)


def _batch(seen: dict[str, int], since: datetime | None, batch: int) -> dict[date, int]:
    """Seal some lines with numbers above those `seen`, which move on; return how many, by month."""
    done: dict[date, int] = {}
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('hjemmel.seal'))")
        last = latest()
        if last is not None:
            _refuse_broken(last)
        cursor.execute(PUT, {**seen, "batch": batch})
        rows = cursor.fetchall()
        cursor.execute("select clock_timestamp()")
        (now,) = cursor.fetchone()
    for month, leaves in groupby(rows, key=lambda row: row[0]):
        tree = _tree(month)
        for _, kind, line, leaf in leaves:
            tree.add(bytes(leaf))
            seen[kind] = max(seen[kind], line)
            done[month] = done.get(month, 0) + 1
        last = _sign(month, tree, last, now, since)
    return done


def _tree(month: date) -> Tree:
    """The month's tree as it was signed last."""
    before = Checkpoint.objects.filter(month=month).order_by("-size").first()
    if before is None:
        return Tree()
    _refuse_broken(before)
    return Tree.grown(before.size, bytes(before.peaks))


def _sign(
    month: date, tree: Tree, last: Checkpoint | None, now: datetime, since: datetime | None
) -> Checkpoint:
    number = last.number + 1 if last else 1
    signed = notes.Signed(
        month=month,
        size=tree.size,
        root=tree.root,
        number=number,
        previous=notes.text_of(last.note) if last else None,
        sealed=now,
        since=since,
    )
    return Checkpoint.objects.create(
        number=number,
        month=month,
        size=tree.size,
        root=tree.root,
        peaks=tree.packed,
        note=notes.write(signed),
    )


def _refuse_broken(checkpoint: Checkpoint) -> None:
    """Go on from nothing but what this register has signed: else a change to the past would be signed too."""
    tree = Tree.grown(checkpoint.size, bytes(checkpoint.peaks))
    fits = notes.says(checkpoint.note, month=checkpoint.month, size=tree.size, root=tree.root)
    if not fits or len(tree.peaks) != checkpoint.size.bit_count():
        message = f"checkpoint {checkpoint.number} is not as it was signed"
        raise BrokenLogError(message)
