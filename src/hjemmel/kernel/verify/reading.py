"""Raw rows, as the owner sees them, in batches: memory stays the same at a thousand persons and a million."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db import connection

from hjemmel.declaration import Declaration, load_texts
from hjemmel.kernel.catalog import Table
from hjemmel.kernel.verify.naive import ASKED, Elsewhere, Reader

LOWEST, HIGHEST = -(2**63), 2**63 - 1


class NotAppliedError(RuntimeError):
    """Raised where no declaration is in force, or more than one: there is nothing to verify against."""


def fetch(sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """All rows of one query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, list(params))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def one(sql: str, params: Sequence[Any] = ()) -> Any:
    """The first column of the first row."""
    return fetch(sql, params)[0][0]


def in_force() -> tuple[Declaration, str]:
    """The declaration whose text is stored as being in force, read anew, and the digest stored with it.
    Raises NotAppliedError where there is not exactly one.
    """
    found = fetch("select files::text, digest from public.grounds_version where replaced_on is null")
    if len(found) != 1:
        message = f"{len(found)} declarations are in force; there must be one."
        raise NotAppliedError(message)
    return load_texts(json.loads(found[0][0])), found[0][1]


@dataclass(frozen=True, slots=True)
class Span:
    """Subjects by id, from `low` to below `high`."""

    low: int
    high: int


def spans(size: int) -> Iterator[Span]:
    """Spans of about `size` subjects that cover every id there can be, so that no row falls between."""
    marks = fetch(
        "select id from (select id, row_number() over (order by id) as place from public.subjects_subject) s"
        " where place %% %s = 0 order by id",
        [size],
    )
    edges = [LOWEST, *[row[0] for row in marks], HIGHEST]
    for low, high in pairwise(edges):
        yield Span(low, high)


def elsewhere(readers: dict[str, Reader]) -> Elsewhere:
    """The dates of events that stand in another table than the record."""
    wanted = {(e.via[1], e.column) for r in readers.values() for e in r.events.values() if e.via}
    values = {
        (table, column): dict(fetch(f'select id, "{column}" from public."{table}"'))
        for table, column in wanted
    }
    values[ASKED] = dict(fetch("select subject_id, asked_on from public.grounds_asked"))
    return Elsewhere(values)


def tree() -> dict[int, tuple[int | None, str]]:
    """Every unit's parent and kind."""
    rows = fetch("select id, parent_id, kind from public.units_unit")
    return {unit: (parent, kind) for unit, parent, kind in rows}


def root(units: dict[int, tuple[int | None, str]]) -> int | None:
    """The unit that stands under no other."""
    return next((unit for unit, (parent, _) in units.items() if parent is None), None)


def quoted(names: Iterable[str], row: str = "") -> str:
    """The columns as SQL, of the row called `row` where that is given."""
    before = f"{row}." if row else ""
    return ", ".join(before + '"' + name + '"' for name in names)


def columns_of(table: Table) -> list[str]:
    """The table's columns in the order of its model."""
    return [str(f.column) for f in table.model._meta.local_concrete_fields]
