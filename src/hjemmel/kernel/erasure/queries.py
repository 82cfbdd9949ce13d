"""The plan of an erasure: what goes now, what stays and why. Just what the walk will do, without doing it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.db import connection, transaction

from hjemmel.declaration import Activity, Declaration
from hjemmel.kernel import catalog, clock
from hjemmel.kernel.grounds.queries import in_force
from hjemmel.kernel.retention.queries import Item
from hjemmel.kernel.subjects.models import new_id

Why = Literal["open", "floor", "rule", "review"]


@dataclass(frozen=True, slots=True)
class Stay:
    """What is left of the data of one record, and why: the relation is `open` (end it first), a statute asks
    for it (`floor`), a declared time is not over (`rule`), or nothing has ended it but somebody's review.
    """

    why: Why
    activity: str
    rule: str
    record: str
    record_id: int
    ended: date | None
    until: date | None
    statute: str | None
    data: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What an erasure of the subject does on `day`: what goes, what a hold keeps back, and what stays."""

    subject_id: int
    day: date
    goes: tuple[Item, ...]
    held: tuple[Item, ...]
    stays: tuple[Stay, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain values, for JSON. Ids only, nothing about anybody."""
        return {
            "subject": self.subject_id,
            "day": self.day.isoformat(),
            **{name: [_plain(one) for one in getattr(self, name)] for name in ("goes", "held", "stays")},
        }


@dataclass(frozen=True, slots=True)
class Listed:
    """An erasure as the office meets it: its number, when and from which office it was asked for, and until
    when it can be taken back (None: not any more, or never).
    """

    request: int
    asked_on: date
    office: str | None
    state: str
    undo_until: date | None


def listed() -> list[Listed]:
    """Return the last erasures, the newest first. Whom they were of is told to nobody. One query.

    For those who handle the rights of all; the database refuses others.
    """
    with connection.cursor() as cursor:
        cursor.execute("select * from kernel.erasures()")
        return [Listed(*row) for row in cursor.fetchall()]


def may(subject_id: int) -> bool:
    """Whether the actor handles the rights of the subject. One query."""
    with connection.cursor() as cursor:
        cursor.execute("select kernel.handles_rights(%s)", [subject_id])
        return bool(cursor.fetchone()[0])


def plan(subject_id: int) -> Plan:
    """Return what an erasure would do today: it is asked for, read and taken back. Raises as `ask` does."""
    with transaction.atomic(), connection.cursor() as cursor:
        before = transaction.savepoint()
        cursor.execute("select kernel.erasure_ask(%s, %s)", [subject_id, new_id()])
        found = read(subject_id)
        transaction.savepoint_rollback(before)
    return found


def read(subject_id: int) -> Plan:
    """Return what is due of the subject and what is not, as things stand now."""
    with connection.cursor() as cursor:
        cursor.execute("select * from kernel.erasure_goes(%s) order by 8, 7, 2, 3, 4, 6", [subject_id])
        items = [(row[0], Item(*row[1:])) for row in cursor.fetchall()]
        cursor.execute("select * from kernel.erasure_stays(%s)", [subject_id])
        grounds = cursor.fetchall()
    goes, held = (tuple(item for is_held, item in items if is_held == which) for which in (False, True))
    return Plan(subject_id, clock.today(), goes, held, tuple(_stays(in_force(), grounds)))


def _stays(declaration: Declaration, grounds: Iterable[Any]) -> Iterable[Stay]:
    """Each ground that is left, with why it is. Of the log's values one stands for all by the same rule."""
    today = clock.today()
    ends = {table.record for table in catalog.records() if table.ended}
    told: set[tuple[str, str]] = set()
    for activity, rule, record, record_id, ended, until, data in grounds:
        if record == "log_value" and (rule, record) in told:
            continue
        told.add((rule, record))
        of = declaration.activity(activity)
        statute = _statute(of, data)
        why: Why = "review" if until is None else "rule"
        if record in ends and (ended is None or ended > today):
            why = "open"
        elif statute:
            why = "floor"
        yield Stay(why, activity, rule, record, record_id, ended, until, statute, tuple(data))


def _statute(activity: Activity, data: Iterable[str]) -> str | None:
    """The statute that makes the activity keep some of these data, if one does (GDPR art. 6.1.c)."""
    held = set(data)
    for basis in activity.basis:
        if basis.article == "6.1.c" and basis.statute and held & (basis.for_ or held):
            return basis.statute
    return None


def _plain(one: Item | Stay) -> dict[str, Any]:
    found = {name: getattr(one, name) for name in one.__slots__}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in found.items()}
