"""What goes in the nights to come, as the office sees it: counted by rule for those responsible, and by
person for whoever's duties reach the very grounds that end. It is the run's own plan, of a later day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from hjemmel.kernel import clock
from hjemmel.kernel.access import masks
from hjemmel.kernel.retention import due

AHEAD = 30  # days
FURTHEST = 62  # days that may be asked about
MOST = 1000  # persons of a rule that are listed

HEAD = (
    "language plpgsql stable security definer set search_path = pg_catalog"
    " set jit = off set plan_cache_mode = force_custom_plan as"
)
REFUSE = f"""
  if kernel.responsible() is null then
    raise exception 'not responsible' using errcode = 'insufficient_privilege';
  end if;
  if upto > kernel.today() + {FURTHEST} then
    raise exception 'too far ahead' using errcode = 'insufficient_privilege';
  end if;"""


@dataclass(frozen=True, slots=True)
class Coming:
    """How many of a kind go by a rule, and how many persons they are about."""

    rule: str
    happens: str
    things: int
    persons: int


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of whom something goes, from which day on, and how much."""

    subject_id: int
    due: date | None
    things: int


def next_night() -> date:
    """Return the day of the next night."""
    return clock.last_night() + timedelta(days=1)


def last_day() -> date:
    """Return the last day that the plan looks ahead to."""
    return next_night() + timedelta(days=AHEAD - 1)


def coming(upto: date) -> list[Coming]:
    """Return what goes up to a day, with the register as it stands now, by rule. One query.

    For those responsible. Raises PermissionDenied.
    """
    return [Coming(*row) for row in _read("select * from kernel.retention_coming(%s)", upto)]


def persons(upto: date, rule: str, *, first: int = 0, size: int = MOST + 1) -> list[Person]:
    """Return those of whom something goes by a rule, and whom the actor's duties reach through it; in order
    of the day. One query.
    """
    sql = "select * from kernel.retention_persons(%s, %s, %s) offset %s limit %s"
    return [Person(*row) for row in _read(sql, upto, rule, MOST + 1, first, size)]


def reached(upto: date, rule: str) -> int:
    """Return how many they are, or MOST + 1 where there are more than MOST. One query."""
    (row,) = _read("select count(*) from kernel.retention_persons(%s, %s, %s)", upto, rule, MOST + 1)
    return int(row[0])


def statements(positions: Mapping[str, int]) -> Iterable[str]:
    """The functions, safe to run again."""
    planned = due.items(due.QUEUE, positions).replace("%(day)s", "upto")
    count = f"""
create or replace function kernel.retention_coming(upto date) returns table (rule text, happens text,
  things bigint, persons bigint) {HEAD} $$
#variable_conflict use_column
begin {REFUSE}
  return query select i.rule::text, i.happens::text, count(*), count(distinct i.subject_id)
                 from ({planned}) i group by 1, 2 order by 1, 2;
end $$"""
    return [count, _persons(planned)]


def _persons(planned: str) -> str:
    """Whom the actor may see through the very rule that ends: by a duty in force on a ground of that rule."""
    return f"""
create or replace function kernel.retention_persons(upto date, of_rule text, most int)
returns table (subject_id bigint, due date, things bigint) {HEAD} $$
#variable_conflict use_column
begin {REFUSE}
  return query
    with i as materialized (
      select p.subject_id, min(p.due) as due, count(*) as things from ({planned}) p
       where p.rule = of_rule group by 1)
    select i.subject_id, i.due, i.things from i where exists (
      select from public.grounds_ground g
        join public.grounds_clause c on c.id = g.clause_id and c.status = 'live' and c.rule = of_rule
        join public.subjects_subject s on s.id = g.subject_id
        join public.units_unit u on u.id = g.unit_id
        join public.access_duty d on d.clause_id = g.clause_id
       where g.subject_id = i.subject_id and d.bits <> {masks.NONE}
         and {masks.in_force()}
         and {masks.reaches()})
     order by i.due, i.subject_id limit most;
end $$"""


def _read(sql: str, *given: str | int | date) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
