"""What goes when: the ledger counted by the day each thing ends, by sets, in the database.

A record goes with the last of its grounds, a datum of a record that stays with the last ground that holds
it there, a person with the last of hers. A line of the log goes with the person it is about, if not before.
It is what the ledger says as it stands: whoever leaves, renews or asks tomorrow moves it.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.db import connection, transaction
from django.utils import timezone

from hjemmel.kernel import access, catalog, clock
from hjemmel.kernel.access.masks import NONE
from hjemmel.kernel.grounds.models import Version
from hjemmel.kernel.retention.models import Forecast

YEARS = 10
JOB = "job:retention"
Kind = Literal["record", "part", "person"]

# A ground that a night has gone through is over; one that is due counts in the first year.
ENDINGS = f"""
with g as materialized (
  select g.subject_id, g.record_id, c.record, c.rule, c.bits, g.unit_id, g.until,
         c.record = any(%(carried)s) as carried
    from public.grounds_ground g
    join public.grounds_clause c on c.id = g.clause_id and c.status = 'live'
   where g.until is null or g.until > %(day)s or not g.done and %(day)s <= (select kernel.today())),
person as materialized (
  select distinct on (subject_id) subject_id, rule, unit_id, until from g where not carried
   order by subject_id, until desc, rule),
each as materialized (
  select subject_id, rule, unit_id, until, carried, bits, row_number() over own as place,
         bit_or(bits) over (own rows between unbounded preceding and 1 preceding) as kept
    from g window own as (partition by record, record_id order by until desc, rule)),
ending (kind, rule, subject_id, unit_id, until) as (
  select 'record', e.rule, e.subject_id, e.unit_id,
         case when e.carried then least(e.until, p.until) else e.until end
    from each e left join person p on e.carried and p.subject_id = e.subject_id where e.place = 1
  union all
  select 'part', rule, subject_id, unit_id, until from each
   where place > 1 and until is not null and not carried and (bits & ~kept) <> {NONE}
  union all
  select 'person', rule, subject_id, unit_id, until from person)"""

YEAR = "extract(year from greatest(until, %(day)s::date))::int"
IN_ALL = f"""{ENDINGS}
select kind, rule, case when until is not null then {YEAR} end, count(*) from ending group by 1, 2, 3"""

AT_UNITS = f"""{ENDINGS}
insert into public.retention_expected (forecast_id, kind, rule, year, unit_id, number)
select %(forecast)s, kind, rule, case when until is not null then {YEAR} end,
       case when s.id is null then unit_id end, count(*)
  from ending e left join public.subjects_subject s on s.id = e.subject_id and s.shielded
 group by 2, 3, 4, 5"""


@dataclass(frozen=True, slots=True)
class Line:
    """How many of a kind go in a year by a rule; no year: no end is known yet."""

    kind: Kind
    rule: str
    year: int | None
    number: int


@dataclass(frozen=True, slots=True)
class AtUnit:
    """How many of a kind go at a unit; no unit: they are at none, or it is not told."""

    kind: Kind
    unit_id: int | None
    unit_name: str | None
    number: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """A forecast: as of which day, by which version of the declaration, and its numbers."""

    day: date
    version: int
    made_at: datetime
    lines: tuple[Line, ...]

    @property
    def years(self) -> range:
        """The years it is shown for one by one."""
        return range(self.day.year, self.day.year + YEARS)

    def as_json(self) -> dict[str, Any]:
        """Plain values, for JSON. Numbers only, nothing about anybody."""
        return {
            "day": self.day,
            "version": self.version,
            "years": list(self.years),
            "lines": [asdict(line) for line in self.lines],
        }


def forecast(on: date | None = None) -> Outlook:
    """Count what goes when, as if it were that day (today if not said), with the register as it stands now.

    Reads the ledger, so it is for the keeper and the owner. Raises Version.DoesNotExist.
    """
    day = on or clock.today()
    version = Version.objects.values_list("pk", flat=True).get(replaced_on__isnull=True)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local jit = off")
        cursor.execute(IN_ALL, {"day": day, "carried": _carried()})
        lines = sorted((Line(*row) for row in cursor.fetchall()), key=_order)
    return Outlook(day, version, timezone.now(), tuple(lines))


def keep_forecast() -> None:
    """Work out today's forecast, unit by unit, in place of the one before. For the keeper."""
    with access.acting(actor=JOB, purpose=()), connection.cursor() as cursor:
        Forecast.objects.all().delete()
        made = Forecast.objects.create(
            day=clock.today(),
            version=Version.objects.get(replaced_on__isnull=True),
            made_at=timezone.now(),
        )
        cursor.execute("set local jit = off")
        given: dict[str, Any] = {"day": made.day, "carried": _carried(), "forecast": made.pk}
        cursor.execute(AT_UNITS, given)


def is_kept(day: date) -> bool:
    """Whether the forecast that is kept is of that day, by the declaration in force."""
    return Forecast.objects.filter(day=day, version__replaced_on__isnull=True).exists()


def kept() -> Outlook | None:
    """Return the forecast that is kept, all units together; None before the first. Two queries."""
    made = Forecast.objects.first()
    if made is None:
        return None
    lines = _sums("kind, rule, year", "", [])
    return Outlook(made.day, made.version_id, made.made_at, tuple(Line(*row) for row in lines))


def at_units(*, rule: str, years: Sequence[int | None]) -> list[AtUnit]:
    """Return what of it goes by a rule in some years, unit by unit, the most first. One query."""
    known = [year for year in years if year is not None]
    where = "where e.rule = %s and (e.year = any(%s) or e.year is null and %s)"
    rows = _sums(
        "e.kind, e.unit_id, u.name",
        f"left join public.units_unit u on u.id = e.unit_id {where}",
        [rule, known, None in years],
    )
    return sorted((AtUnit(*row) for row in rows), key=lambda one: (-one.number, one.unit_name or ""))


def _sums(what: str, more: str, given: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"select {what}, sum(number)::bigint from public.retention_expected e {more}"
            f" group by {what} order by {what}",
            given,
        )
        return list(cursor.fetchall())


def _carried() -> list[str]:
    """The records that hold nobody by themselves: the lines of the log."""
    return [str(table.record) for table in catalog.records() if table.datum_column]


def _order(line: Line) -> tuple[Any, ...]:
    return (line.kind, line.rule, line.year is None, line.year or 0)
