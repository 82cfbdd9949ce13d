"""Two versions of the rules side by side, in tables of this transaction alone, for counting what differs.

`next_ground` are the grounds that the new clauses would make, `seat` what the duties of both versions reach
through the offices held today, unit by unit, and `eye` the same officer by officer. They, and the clauses
they stand on, go when the transaction is rolled back.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from hjemmel.declaration import Declaration
from hjemmel.kernel.access import masks
from hjemmel.kernel.access.models import OfficeDuty
from hjemmel.kernel.catalog.models import Datum
from hjemmel.kernel.grounds.models import Clause
from hjemmel.kernel.statement.actions import clauses, duties

BEFORE, AFTER = "before", "after"
COLUMNS = "clause_id, record_id, subject_id, unit_id, ended, until"

GROUNDS = f"""
create temporary table next_ground on commit drop as
select {COLUMNS} from public.grounds_fresh where clause_id = any(%s)"""

DUTIES = """
create temporary table laid_duty (side text, office text, at text[], rule text, clause_id int, bits bit(256),
  below boolean, sees_ended boolean, may_shielded boolean, may_restricted boolean) on commit drop"""

# Of those who hold the same offices at the same units one stands for all. What lies under a unit is looked up
# once, and not for every ground, or every office, whether it lies under each of thousands of units.
SEATS = f"""
create temporary table seat on commit drop as
with held as (
  select t.subject_id, t.office, t.unit_id from public.units_tenure t where {masks.on_its_day("t")}),
alike as (
  select subject_id, min(subject_id) over (partition by offices) as actor
    from (select subject_id, array_agg(distinct (office, unit_id)::text) as offices from held group by 1) h),
under as (select u.id, a.above from public.units_unit u cross join lateral unnest(u.ancestors) a(above))
select distinct d.side, d.office, d.rule, a.actor, h.unit_id as held_at, d.clause_id, n.id as unit_id, d.bits,
       d.sees_ended, d.may_shielded, d.may_restricted
  from laid_duty d
  join held h on h.office = d.office
  join alike a on a.subject_id = h.subject_id
  join public.units_unit o on o.id = h.unit_id and o.kind = any(d.at)
  join under n on n.above = o.id and (d.below or n.id = o.id)"""

# The same, whatever office and rule it is by: a row for each ground that an officer sees, and not one for
# every purpose it may be seen for.
EYES = """
create temporary table eye on commit drop as
select side, actor, clause_id, unit_id, bit_or(bits) as bits, sees_ended, may_shielded, may_restricted
  from seat group by side, actor, clause_id, unit_id, sees_ended, may_shielded, may_restricted"""


@dataclass(frozen=True, slots=True)
class Plan:
    """The clauses and the duties before and after, and the places of data in their bits."""

    before: tuple[Clause, ...]
    after: tuple[Clause, ...]
    duties: dict[str, list[OfficeDuty]]
    places: dict[str, int]

    @property
    def new(self) -> set[int]:
        """The clauses that only come."""
        return {clause.pk for clause in self.after if clause.status == Clause.Status.NEXT}


def lay(old: Declaration, new: Declaration) -> Plan:
    """Lay the rules of `new` beside those in force, which are those of `old`."""
    places = dict(Datum.objects.values_list("name", "position"))
    live = tuple(Clause.objects.filter(status=Clause.Status.LIVE))
    wanted = {clause.fingerprint: clause for a in new.active for clause in clauses(a, places)}
    kept = {clause.fingerprint: clause for clause in live if clause.fingerprint in wanted}
    Clause.objects.bulk_create([clause for mark, clause in wanted.items() if mark not in kept])
    after = tuple(kept.get(mark, clause) for mark, clause in wanted.items())
    both = {BEFORE: duties(old, places, live), AFTER: duties(new, places, after)}
    return _laid(Plan(live, after, both, places))


def lay_past(old: Declaration, new: Declaration) -> Plan:
    """Lay the duties of `old`, in force no more, beside those of `new`, which is. What was held by the older
    rules is known no longer, so nothing is held before.
    """
    places = dict(Datum.objects.values_list("name", "position"))
    live = tuple(Clause.objects.filter(status=Clause.Status.LIVE))
    both = {BEFORE: duties(old, places, live), AFTER: duties(new, places, live)}
    return _laid(Plan((), live, both, places))


def _laid(plan: Plan) -> Plan:
    with connection.cursor() as cursor:
        cursor.execute(GROUNDS, [list(plan.new)])
        cursor.execute(DUTIES)
        cursor.executemany(
            "insert into laid_duty values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [_row(side, row) for side, rows in plan.duties.items() for row in rows],
        )
        cursor.execute(SEATS)
        cursor.execute(EYES)
        cursor.execute("analyze next_ground, laid_duty, seat, eye")
    return plan


def _row(side: str, row: OfficeDuty) -> tuple[Any, ...]:
    what = (row.office, row.at, row.rule, row.clause_id, row.bits)
    return (side, *what, row.below, row.sees_ended, row.may_shielded, row.may_restricted)


def grounds(plan: Plan, ids: Iterable[int]) -> str:
    """SQL for the grounds of some clauses, of those that are new too. Nothing but numbers goes into it."""
    wanted = set(ids)
    standing = (
        f"select {COLUMNS} from public.grounds_ground where clause_id = any({_array(wanted - plan.new)})"
    )
    if not wanted & plan.new:
        return f"({standing})"
    laid = f"select {COLUMNS} from next_ground where clause_id = any({_array(wanted & plan.new)})"
    return f"({standing} union all {laid})"


def sight(plan: Plan, side: str, *, by: str, seat: str, where: str) -> str:
    """SQL for what is seen on a side, `by` the table `seat` or `eye`: a row per `seat` (where it is held, or
    the officer) and subject, with the bits. `where` narrows the duties `d`.
    """
    ids = {row.clause_id for row in plan.duties[side]}
    return f"""
  select d.{seat} as seat, g.subject_id, bit_or({masks.shown()}) as bits
    from {grounds(plan, ids)} g
    join public.subjects_subject s on s.id = g.subject_id
    join {by} d on (d.clause_id, d.unit_id) = (g.clause_id, g.unit_id) and d.side = '{side}'
   where {where} and {masks.open_to()}
   group by 1, 2"""


def _array(ids: Iterable[int]) -> str:
    return f"'{{{','.join(str(int(each)) for each in sorted(ids))}}}'::int[]"
