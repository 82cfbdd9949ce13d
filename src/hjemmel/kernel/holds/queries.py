"""The holds there are, as the reader sees them."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from hjemmel.kernel import clock
from hjemmel.kernel.holds.models import Hold


@dataclass(frozen=True, slots=True)
class HoldRow:
    """A hold as the reader sees it (None where it is hidden), and whether it still `lasts`."""

    id: int
    version: int
    reason: str | None
    reference: str | None
    record: str | None
    data: list[str] | None
    set_by: str | None
    set_on: date | None
    ends_on: date | None
    reviewed_on: date | None
    lasts: bool


def may_set(subject_id: int) -> bool:
    """Whether the actor may set a hold on what there is about the subject. One query."""
    with connection.cursor() as cursor:
        cursor.execute("select kernel.may_tie('hold', %s, null)", [subject_id])
        return bool(cursor.fetchone()[0])


def of(subject_id: int) -> list[HoldRow]:
    """Return the holds on the subject that the actor sees, the newest first. One query."""
    fields = [name for name in HoldRow.__slots__ if name != "lasts"]
    today = clock.today()
    return [
        HoldRow(**row, lasts=row["ends_on"] is None or row["ends_on"] > today)
        for row in Hold.objects.filter(subject_id=subject_id).order_by("-set_on", "-pk").values(*fields)
    ]
