"""What the log says of one subject, to herself and to those whose duties reach the log of her.

A line is shown for a datum that the reader sees of her, or a row of a table of which she sees something; and
that data of her were given to somebody, with the recipient in `field`, to all who read her log. Who
acted is told as an office and a unit, never as a person.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from hjemmel.kernel import catalog
from hjemmel.kernel.access import masks
from hjemmel.kernel.access.functions import HEAD, bits

MOST = 200  # lines at a time
LAST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log. `who` is the kind of actor: tenure, self, job, form, console or system; of a
    tenure `office` and `unit` where they are still known. `old` and `new` are there while the value is
    (`held`); of who else is named in it there is nothing.
    """

    id: int
    at: datetime
    kind: str
    table_name: str
    datum: str | None
    field: str | None
    reason: str
    who: str
    office: str | None
    unit: str | None
    old: str | None
    new: str | None
    held: bool


def lines_of(subject_id: int, *, before: int | None = None, many: int = 50) -> list[Line]:
    """Return the newest lines about the subject that the actor may read, from below number `before`."""
    with connection.cursor() as cursor:
        cursor.execute("select * from kernel.log_of(%s, %s, %s)", [subject_id, before or LAST, many])
        return [Line(*row) for row in cursor.fetchall()]


def may_read(subject_id: int) -> bool:
    """Return whether the actor may read the log of the subject."""
    with connection.cursor() as cursor:
        cursor.execute("select kernel.reads_log(%s)", [subject_id])
        row: tuple[bool] = cursor.fetchone()
    return row[0]


def statements(positions: Mapping[str, int]) -> Iterable[str]:
    """The functions, safe to run again."""
    places = dict(positions)
    return [_reads(places["log.value"]), _lines(places)]


def _reader(place: int) -> str:
    """One row for each way in which the actor may read the log of $1: her own, or by a duty. `shielded`
    says whether she may know where a shielded person belongs.
    """
    return f"""
  select true as own, true as shielded
   where $1 = (select kernel.self()) and (select kernel.purposes()) is not null
  union all
  select false, not s.shielded or d.may_shielded
    from public.grounds_ground g
    join public.subjects_subject s on s.id = g.subject_id
    join public.units_unit u on u.id = g.unit_id
    join public.access_duty d on get_bit(d.bits, {place}) = 1
   where g.subject_id = $1 and {masks.in_force()} and {masks.reaches()}"""


def _reads(place: int) -> str:
    return (
        f"create or replace function kernel.reads_log(subject bigint) returns boolean {HEAD} $$"
        f" select exists ({_reader(place)}) $$"
    )


def _table(table: catalog.Table, places: dict[str, int]) -> str:
    """A row of SQL: the table, what its rows hold, and its columns that name somebody else."""
    whole, others = bits(places, frozenset(table.data.values())), ",".join(table.others.values())
    return f"('{table.name}', B'{whole}', '{{{others}}}'::text[])"


def _lines(places: dict[str, int]) -> str:
    tables = ", ".join(_table(table, places) for table in catalog.tables() if table.data)
    return f"""
create or replace function kernel.log_of(subject bigint, before bigint, many int)
returns table (id bigint, at timestamptz, kind text, table_name text, datum text, field text, reason text,
               who text, office text, unit text, old text, new text, held boolean) {HEAD} $$
with reader as materialized (
  select bool_or(x.own) as own, bool_or(x.shielded) as shielded from ({_reader(places["log.value"])}) x),
sight as materialized (
  select case when r.own then ~{masks.NONE} else kernel.mask($1) end as m, r.shielded from reader r
   where r.own is not null),
tables (name, bits, others) as (values {tables}),
lines as (
  select e.* from sight s join public.audit_entry e on e.subject_id = $1 and e.id < $2
  union all
  select e.* from sight s join public.audit_value v on v.subject_id = $1
    join public.audit_entry e on e.id = v.id and e.subject_id is null and e.id < $2)
select l.id, l.at, l.kind, l.table_name, l.datum, l.field, coalesce(split_part(l.reason, ':', 1), ''),
       split_part(l.actor, ':', 1), o.office, case when s.shielded then u.name end,
       case when l.field <> all (t.others) then v.old end, case when l.field <> all (t.others) then v.new end,
       v.id is not null
  from lines l cross join sight s
  left join tables t on t.name = l.table_name
  left join public.audit_value v on v.id = l.id and v.subject_id = $1
  left join public.units_tenure o on l.actor like 'tenure:%' and o.id::text = substr(l.actor, 8)
  left join public.units_unit u on u.id = o.unit_id
 where case when l.datum is not null then get_bit(s.m, kernel.position(l.datum)) = 1
            when l.kind = 'disclosed' then true
            else (t.bits & s.m) <> {masks.NONE} end
 order by l.id desc limit least($3, {MOST})
$$"""
