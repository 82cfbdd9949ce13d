"""What holds keep back on a day that would else go."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction

from hjemmel.kernel import catalog
from hjemmel.kernel.holds import build as keeping
from hjemmel.kernel.retention import due


@dataclass(frozen=True, slots=True)
class Kept:
    """What would go on a day and does not, for the sake of these holds (by id): as an item of the plan."""

    happens: str
    table: str
    row_id: int
    subject_id: int
    datum: str | None
    rule: str
    due: date | None
    holds: tuple[int, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain values, for JSON. Ids only."""
        given = {name: getattr(self, name) for name in self.__slots__}
        return given | {"due": self.due.isoformat() if self.due else None, "holds": list(self.holds)}


def kept_back(day: date, positions: Mapping[str, int], subjects: Sequence[int] | None = None) -> list[Kept]:
    """Return what would be due on the day and is held: of those subjects, or of everybody.

    Reads the tables, so it is for the keeper and the owner.
    """
    source = due.HELD if subjects is None else due.OF_BATCH
    free, held = (
        f"select {due.COLUMNS} from ({due.items(source, positions, holds=on)}) i" for on in (False, True)
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local jit = off; set local plan_cache_mode = force_custom_plan")
        cursor.execute(
            f"{free} except {held} order by 4, 7, 6, 1, 2, 3, 5", {"day": day, "ids": list(subjects or ())}
        )
        items = cursor.fetchall()
        cursor.execute(
            "select h.subject_id, h.id, h.record, h.bits::text from public.holds_hold h"
            f" where h.subject_id = any(%s) and {keeping.lasting(day='%s')} order by h.id",
            [list({item[3] for item in items}), day],
        )
        holds = cursor.fetchall()
    return [_kept(item, holds, positions) for item in items]


def _kept(item: Sequence[Any], holds: Iterable[Sequence[Any]], positions: Mapping[str, int]) -> Kept:
    """An item with the holds that keep it: those of the subject that reach its table, and its datum."""
    happens, name, row, subject, datum, rule, day = item
    table = catalog.find(name)
    record = table.record if table and not table.datum_column else None
    data = {datum} if datum else set(table.data.values()) if table else set()
    found = [
        number
        for held, number, kind, bits in holds
        if held == subject
        and (
            happens in {"person", "reference"}
            or (kind in {None, record} and any(bits[positions[each]] == "1" for each in data))
        )
    ]
    return Kept(happens, name, row, subject, datum, rule, day, tuple(found))
