"""What has no end yet is looked over, as often as its keep rule says; what is due for it, and signing it off.

Due is what a duty of the actor's may change, so that whoever is asked can also answer: what still holds is
signed off, what does not is ended where it is kept.
"""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import connection

from hjemmel.kernel import catalog, clock
from hjemmel.kernel.catalog import Table
from hjemmel.kernel.subjects.refusals import ConflictError, refusals

MOST = 1000  # of each kind the oldest so many are counted and listed; a large register may owe no end of them


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many records of a kind are due for review, since which day. With `over` there are more than that:
    no more than MOST of a kind are counted.
    """

    record: str
    count: int
    since: date
    over: bool


@dataclass(frozen=True, slots=True)
class Due:
    """A record that is due: since when it is there, when it was looked over last, and the day it was due.
    The unit is None where it is hidden.
    """

    record: str
    id: int
    version: int
    subject_id: int
    unit_id: int | None
    unit_name: str | None
    since: date | None
    reviewed_on: date | None
    due: date


def reviewable() -> list[Table]:
    """The record tables that can be looked over."""
    return [table for table in catalog.records() if table.reviewed]


def waiting() -> list[Waiting]:
    """Return what is due for review by the actor, the oldest first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select record, least(count(*), %s), min(due), count(*) > %s"
            " from kernel.reviews_due('', %s) group by 1 order by 3, 1",
            [MOST, MOST, MOST + 1],
        )
        return [Waiting(*row) for row in cursor.fetchall()]


def due(*, record: str = "", first: int = 0, size: int = 50) -> list[Due]:
    """Return a page of what is due for review by the actor, the oldest first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select d.record, d.record_id, d.version, d.subject_id, d.unit_id, u.name, d.since,"
            " d.reviewed_on, d.due from kernel.reviews_due(%s, %s) d"
            " left join public.units_unit u on u.id = d.unit_id"
            " order by d.due, d.record, d.record_id offset %s limit %s",
            [record, MOST, first, size],
        )
        return [Due(*row) for row in cursor.fetchall()]


def sign_off(*, record: str, record_id: int, version: int) -> int:
    """Note that somebody looked the record over today and that it stays; returns the row's new version.

    Raises ConflictError, and PermissionDenied where the actor may not change it.
    """
    table = next((t for t in reviewable() if t.record == record), None)
    if table is None:
        raise PermissionDenied
    rows = table.model._default_manager.filter(pk=record_id)  # noqa: SLF001 - of a model, it is public
    there = rows.values_list("version", flat=True).first()
    if there is None:
        raise PermissionDenied
    if there != version:
        raise ConflictError(version=there, stored={})
    with refusals():
        if not rows.filter(version=version).update(**{str(table.reviewed): clock.today()}):
            raise PermissionDenied
    return version + 1
