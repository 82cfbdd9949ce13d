"""Counting persons by sets, in the database, over the rules that `laying` laid side by side."""

from collections.abc import Iterable

from django.db import connection

from hjemmel.kernel import catalog
from hjemmel.kernel.access.masks import NONE
from hjemmel.kernel.grounds.models import Clause
from hjemmel.kernel.statement.laying import AFTER, BEFORE, Plan, grounds, sight
from hjemmel.kernel.statement.reaching import TODAY, Reach

LAST = "case when bool_or(g.until is null) then 'infinity'::date else max(g.until) end"


class Reached:
    """Whom the changes reach, worked out once for each way of reaching them. What is not about anybody is
    None, and stands for nobody.
    """

    def __init__(self, asked: Iterable[Reach | None]) -> None:
        self._numbers: dict[Reach, int] = {}
        self.persons: dict[Reach, int] = {}
        with connection.cursor() as cursor:
            cursor.execute("create temporary table reached (way int, subject_id bigint) on commit drop")
            for way, each in enumerate(dict.fromkeys(one for one in asked if one is not None)):
                cursor.execute(
                    f"insert into reached select {way}, x.subject_id from ({each.sql}) x", each.given or None
                )
                self._numbers[each] = way
                self.persons[each] = cursor.rowcount
            cursor.execute("analyze reached")

    def count(self, some: Iterable[Reach | None]) -> int:
        """Return how many persons some of the ways reach between them."""
        with connection.cursor() as cursor:
            cursor.execute(
                "select count(distinct subject_id) from reached where way = any(%s)", [self._ways(some)]
            )
            (number,) = cursor.fetchone()
        return int(number)

    def subjects(self, some: Iterable[Reach | None]) -> list[int]:
        """Return the ids of those whom some of the ways reach, in order."""
        with connection.cursor() as cursor:
            cursor.execute(
                "select distinct subject_id from reached where way = any(%s) order by 1", [self._ways(some)]
            )
            return [row[0] for row in cursor.fetchall()]

    def _ways(self, some: Iterable[Reach | None]) -> list[int]:
        return sorted({self._numbers[each] for each in some if each is not None})


def dates(plan: Plan) -> tuple[tuple[int, int], tuple[tuple[int, int], ...], int]:
    """Return what moves in time: the persons and the records due at once, the persons of whom something goes
    sooner by the year of its new date, and how many of whom something stays longer.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "create temporary table moved (subject_id bigint, due date, sooner boolean) on commit drop"
        )
        for before, after in _classes(plan):
            cursor.execute(f"insert into moved {_moved(plan, before, after)}")
        cursor.execute(
            f"select count(distinct subject_id) filter (where sooner and due <= {TODAY}),"
            " count(distinct subject_id) filter (where not sooner) from moved"
        )
        due, later = cursor.fetchone()
        cursor.execute(
            "select extract(year from due)::int, count(*) from"
            " (select subject_id, min(due) as due from moved where sooner group by 1) m group by 1 order by 1"
        )
        years = tuple((year, number) for year, number in cursor.fetchall())
    records = sum(_records(plan, str(table.record)) for table in catalog.records())
    return (due, records), years, later


def _classes(plan: Plan) -> set[tuple[frozenset[int], frozenset[int]]]:
    """Return the sets of clauses that hold the same data before and after, where those differ: data held by
    the same rules move together, and each is looked at once.
    """
    found = {(_holding(plan.before, place), _holding(plan.after, place)) for place in plan.places.values()}
    return {(before, after) for before, after in found if before != after}


def _holding(clauses: Iterable[Clause], place: int) -> frozenset[int]:
    return frozenset(clause.pk for clause in clauses if clause.bits[place] == "1")


def _moved(plan: Plan, before: frozenset[int], after: frozenset[int]) -> str:
    """SQL for the persons of whom the data of a class go on another day, the day, and whether it is sooner.

    Whoever has several grounds for a datum keeps it to the last of them. What is due already, before and
    after, has not moved.
    """
    one, other = (
        f"select g.subject_id, {LAST} as last from {grounds(plan, ids)} g group by 1"
        for ids in (before, after)
    )
    return f"""
  select subject_id, ends, ends < ended from (
    select subject_id, greatest(coalesce(b.last, {TODAY}), {TODAY}) as ended,
           greatest(coalesce(a.last, {TODAY}), {TODAY}) as ends
      from ({one}) b full join ({other}) a using (subject_id)) m
   where ends <> ended"""


def _records(plan: Plan, record: str) -> int:
    """Return how many records of a kind would have no ground of their own left."""
    before, after = (
        {clause.pk for clause in those if clause.record == record} for those in (plan.before, plan.after)
    )
    if before == after:
        return 0
    one, other = (
        f"select g.record_id from {grounds(plan, ids)} g where g.until is null or g.until > {TODAY}"
        for ids in (before, after)
    )
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from ({one} except {other}) x")
        (number,) = cursor.fetchone()
    return int(number)


def seen(plan: Plan) -> tuple[int, int, int, int]:
    """Return how many persons come into some officer's sight and out of it, and of how many somebody who saw
    them before sees more, and less.
    """
    offices = _otherwise(plan)
    if not offices:
        return 0, 0, 0, 0
    # An officer with another office besides may have seen them by that: all her duties are looked at.
    where = "d.actor in (select e.actor from seat e where e.office = any(%s))"
    one, other = (sight(plan, side, by="eye", seat="actor", where=where) for side in (BEFORE, AFTER))
    said = f"""
select count(distinct subject_id) filter (where b.bits is null),
       count(distinct subject_id) filter (where a.bits is null),
       count(distinct subject_id) filter (where a.bits & ~b.bits <> {NONE}),
       count(distinct subject_id) filter (where b.bits & ~a.bits <> {NONE})
  from ({one}) b full join ({other}) a using (seat, subject_id)
 where a.bits is distinct from b.bits"""
    with connection.cursor() as cursor:
        cursor.execute(said, [offices, offices])
        into, out, more, less = cursor.fetchone()
    return into, out, more, less


def _otherwise(plan: Plan) -> list[str]:
    """Return the offices whose sight may differ: by their duties, or by the clauses they see through."""
    told: dict[str, dict[str, set[object]]] = {}
    for side, rows in plan.duties.items():
        for row in rows:
            what = (row.clause_id, row.bits, row.below, row.sees_ended, row.may_shielded, row.may_restricted)
            sides = told.setdefault(row.office, {BEFORE: set(), AFTER: set()})
            sides[side].add((*what, tuple(row.at)))
    return sorted(office for office, sides in told.items() if sides[BEFORE] != sides[AFTER])
