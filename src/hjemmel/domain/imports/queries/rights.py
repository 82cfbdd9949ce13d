"""What may be written: what the activity's keep rules hold of each row, and what the actor's duties let her.

The database decides in the end. This asks it beforehand, so that a datum without a ground is left out and
told of, instead of ending the row.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models

from hjemmel.domain.imports.queries.sets import as_json, recordset
from hjemmel.domain.imports.queries.units import Place
from hjemmel.domain.members.models import Membership
from hjemmel.domain.people.models import Person
from hjemmel.kernel import catalog
from hjemmel.kernel.catalog.models import Datum
from hjemmel.kernel.grounds.build import fresh
from hjemmel.kernel.grounds.models import Clause

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class May:
    """Of one record that is to be made: what may be written as it is made, what its maker may change
    afterwards, and what he sees of it.
    """

    write: frozenset[str]
    change: frozenset[str]
    see: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Duty:
    clause_id: int
    unit_id: int
    below: bool
    sees_ended: bool
    see: frozenset[str]
    write: frozenset[str]

    def reaches(self, unit: Place) -> bool:
        return unit.id == self.unit_id if not self.below else self.unit_id in unit.above


class Rights:
    """The rights of one actor in one activity. Made anew for every run."""

    def __init__(self, activity: str) -> None:
        """Read clauses and duties: three queries."""
        self.scoped = is_scoped()
        self._places = dict(Datum.objects.values_list("position", "name"))
        self._bits: dict[str, frozenset[str]] = {}
        self._all = frozenset(self._places.values())
        clauses = Clause.objects.filter(status=Clause.Status.LIVE, record="membership", activity=activity)
        self._held = {pk: self.data(bits) for pk, bits in clauses.values_list("pk", "bits")}
        self._at_entry = _entry_data()
        self._duties = self._read() if self.scoped else {}

    def data(self, bits: str | None) -> frozenset[str]:
        """Return the data that a bit set names."""
        if bits is None:
            return NOTHING
        if bits not in self._bits:
            self._bits[bits] = frozenset(self._places[i] for i, bit in enumerate(bits) if bit == "1")
        return self._bits[bits]

    def stages(self, unit: Place) -> bool:
        """Return whether the actor may let rows of that unit's lists wait."""
        return not self.scoped or any(d.write and d.reaches(unit) for d in self._duties.get("import_row", ()))

    def makes(self, unit: Place) -> bool:
        """Return whether the actor may make memberships at the unit."""
        return not self.scoped or any(d.write and d.reaches(unit) for d in self._duties["membership"])

    def of(self, clauses: Iterable[int], unit: Place, *, ended: bool) -> May:
        """Return what may be written of somebody whose membership at `unit` would have grounds by `clauses`,
        the relation `ended` already or not.
        """
        held: frozenset[str] = NOTHING.union(*(self._held.get(c, NOTHING) for c in clauses))
        if not self.scoped:
            return May(held, held, self._all)
        alive = set(clauses)
        mine = [
            d
            for d in self._duties["membership"]
            if d.clause_id in alive and d.reaches(unit) and (d.sees_ended or not ended)
        ]
        change = held & NOTHING.union(*(d.write for d in mine))
        see = NOTHING.union(*(d.see for d in mine))
        return May(change | (held & self._at_entry) if change else NOTHING, change, see)

    def _read(self) -> dict[str, list[_Duty]]:
        found: dict[str, list[_Duty]] = {"membership": [], "import_row": []}
        with connection.cursor() as cursor:
            cursor.execute(
                "select record, clause_id, unit_id, below, sees_ended, bits::text, change_bits::text"
                " from kernel.import_duties()"
            )
            for record, clause_id, unit_id, below, ended, see, write in cursor.fetchall():
                duty = _Duty(clause_id, unit_id, below, ended, self.data(see), self.data(write))
                found[record].append(duty)
        return found


# Who asked to be erased, among people who are not there yet; the web may not read who else did.
NOBODY = "(select null::bigint as subject_id, null::date as asked_on where false)"


def is_scoped() -> bool:
    """Return whether this session is the web's role, which sees by duties alone."""
    with connection.cursor() as cursor:
        cursor.execute("select current_user = 'hjemmel_app'")
        row: tuple[bool] = cursor.fetchone()
    return row[0]


def clauses_of(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> list[tuple[int, ...]]:
    """Return, for rows of a record table that are not there yet, the clauses by which each would be held
    today. All rows have the same columns. One query: the ledger's own definition over unwritten rows.
    """
    table = catalog.find(model._meta.db_table)
    if table is None or not rows:
        return [() for _ in rows]
    given = [column for column in rows[0] if column != table.key]
    told_of = {table.key, *given}
    columns = ", ".join(
        f"w.{f.column}" if f.column in told_of else f"null::{f.db_type(connection)} as {f.column}"
        for f in model._meta.local_concrete_fields
    )
    source = f"(select {columns} from {recordset(model, (table.key, *given))})"
    told = [{table.key: place, **row} for place, row in enumerate(rows)]
    grounds = fresh(table, source, asked=NOBODY)
    with connection.cursor() as cursor:
        cursor.execute(
            f"select f.record_id, array_agg(f.clause_id order by f.clause_id) from ({grounds}) f"
            " join public.grounds_clause k on k.id = f.clause_id and k.status = 'live'"
            " where f.until is null or f.until > kernel.today() group by f.record_id",
            [as_json(told)],
        )
        found = dict(cursor.fetchall())
    return [tuple(found.get(place, ())) for place in range(len(rows))]


def _entry_data() -> frozenset[str]:
    """The data that whoever makes a record or a person may fill in, whatever she may change later."""
    data: set[str] = set()
    for model in (Membership, Person):
        table = catalog.find(model._meta.db_table)
        if table is not None:
            data |= {datum for column, datum in table.data.items() if column in table.entry}
    return frozenset(data)
