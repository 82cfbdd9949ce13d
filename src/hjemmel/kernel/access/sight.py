"""What the actor sees and may change of a subject, as names of data: for showing, never for deciding; the
database decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from hjemmel.kernel.access.actor import current

EVERYTHING = "repeat('1', 256)::bit(256)"


@dataclass(frozen=True, slots=True)
class Sight:
    """The data the actor sees, and those of them she may change."""

    seen: frozenset[str]
    changeable: frozenset[str]


def of_subject(subject_id: int) -> Sight:
    """Return what the actor sees and may change of the subject. One query."""
    masks = ("kernel.mask(x.id)", "kernel.change_mask(x.id)")
    return _ask(masks, {"ids": [subject_id]})[subject_id]


def of_records(*, record: str, subject_id: int, record_ids: Sequence[int]) -> dict[int, Sight]:
    """Return what the actor sees and may change of each record, by its own grounds only. One query."""
    masks = (
        "kernel.record_mask(%(record)s, %(subject)s, x.id)",
        "kernel.record_change_mask(%(record)s, %(subject)s, x.id)",
    )
    return _ask(masks, {"ids": list(record_ids), "record": record, "subject": subject_id})


def _ask(masks: tuple[str, str], values: dict[str, int | str | list[int]]) -> dict[int, Sight]:
    """The console and the register itself, which act by no duty, read the tables and see everything."""
    actor = current()
    unmasked = actor is not None and actor.name.partition(":")[0] in {"console", "system", "job"}
    seen, changeable = (EVERYTHING, EVERYTHING) if unmasked else masks
    with connection.cursor() as cursor:
        cursor.execute(
            f"with m as materialized (select x.id, {seen} as seen, {changeable} as changeable"
            "  from unnest(%(ids)s::bigint[]) x(id))"
            " select m.id, array(select name from catalog_datum where get_bit(m.seen, position) = 1),"
            " array(select name from catalog_datum where get_bit(m.changeable, position) = 1) from m",
            values,
        )
        return {row[0]: Sight(frozenset(row[1]), frozenset(row[2])) for row in cursor.fetchall()}
