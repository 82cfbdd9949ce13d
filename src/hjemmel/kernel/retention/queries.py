"""The plan: exactly what a run would do on a day, without doing it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.db import connection, transaction

from hjemmel.kernel import clock
from hjemmel.kernel.catalog.models import Datum
from hjemmel.kernel.retention import due
from hjemmel.kernel.retention.held import Kept, kept_back

Happens = Literal["record", "datum", "row", "reference", "person", "subject"]
Counts = dict[str, dict[str, int]]  # rule → what happens → how often


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is due. `happens`:

    record: the record `row_id` is deleted · row: a row of data about the person is deleted · datum: `datum`
    is emptied in a row that stays · reference: so is the pointer to somebody who goes · person: nothing is
    left but an id that the log knows · subject: not even that.

    `rule` is the keep rule that held it last ("none" where the rule was taken back), `due` the day it ended.
    """

    happens: Happens
    table: str
    row_id: int
    subject_id: int
    datum: str | None
    rule: str
    due: date | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What is due on `day`, in order of the day it fell due, and how much by which rule; and what holds keep
    back that would else be due.
    """

    day: date
    items: tuple[Item, ...]
    counts: Counts
    held: tuple[Kept, ...] = ()

    @property
    def subjects(self) -> int:
        """How many persons it concerns."""
        return len({item.subject_id for item in self.items})

    def as_json(self) -> dict[str, Any]:
        """Plain values, for JSON. Ids only, nothing about anybody."""
        items = [
            {name: getattr(item, name) for name in Item.__slots__}
            | {"due": item.due.isoformat() if item.due else None}
            for item in self.items
        ]
        return {
            "day": self.day.isoformat(),
            "subjects": self.subjects,
            "counts": self.counts,
            "items": items,
            "held": [one.as_json() for one in self.held],
        }


def plan(on: date | None = None) -> Plan:
    """Return what a run would do on that day (today if not said), with the register as it stands now.

    Reads the tables, so it is for the keeper and the owner.
    """
    day = on or clock.today()
    rows = _read(due.items(due.QUEUE, places()), day)
    items = tuple(sorted((Item(*row) for row in rows), key=_order))
    held = tuple(kept_back(day, places()))
    return Plan(day, items, tally((i.rule, i.happens, 1) for i in items), held)


def count(on: date | None = None) -> Counts:
    """Return how much would go by which rule on that day: as `plan`, counted in the database."""
    day = on or clock.today()
    sql = f"select rule, happens, count(*) from ({due.items(due.QUEUE, places())}) i group by 1, 2"
    return tally(_read(sql, day))


def persons(day: date) -> int:
    """Return how many persons the plan of that day concerns, counted in the database."""
    sql = f"select count(distinct subject_id) from ({due.items(due.QUEUE, places())}) i"
    return int(_read(sql, day)[0][0])


def waiting(day: date) -> list[int]:
    """Return the subjects a run on that day looks at: something of theirs ended, or was lost."""
    return [row[0] for row in _read(f"select q.id from ({due.QUEUE}) q order by 1", day)]


def places() -> Mapping[str, int]:
    """Return the place of each datum in the bit sets."""
    return dict(Datum.objects.values_list("name", "position"))


def tally(rows: Iterable[tuple[str, str, int]]) -> Counts:
    """Return the counts of (rule, what happens, how often), summed, in order of the rules."""
    found: Counter[tuple[str, str]] = Counter()
    for rule, happens, number in rows:
        found[rule, happens] += number
    counts: Counts = {}
    for (rule, happens), number in sorted(found.items()):
        counts.setdefault(rule, {})[happens] = number
    return counts


def _read(sql: str, day: date) -> list[Any]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local jit = off; set local plan_cache_mode = force_custom_plan")
        cursor.execute(sql, {"day": day})
        return list(cursor.fetchall())


def _order(item: Item) -> tuple[Any, ...]:
    return (item.due or date.max, item.rule, item.happens, item.table, item.row_id, item.datum or "")
