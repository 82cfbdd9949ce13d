"""What the database keeps so that a sweep and a writer can never miss each other.

The sweep locks the subject's row before it decides. Whoever puts in a row about the subject takes a share of
the same lock as the row goes in (the foreign key alone would take it at commit, when it is too late to decide
anew), and may not write about somebody who is gone.
"""

from collections.abc import Iterable, Mapping

from hjemmel.kernel import catalog
from hjemmel.kernel.access import masks
from hjemmel.kernel.catalog import Table

HEAD = "language plpgsql security definer set search_path = pg_catalog as"
GONE = (
    "raise exception 'this person is gone from the register'"
    " using errcode = 'check_violation', constraint = 'subject_is_here'"
)

# EXECUTE: one row and a hundred thousand want different plans.
STAYS = f"""
create or replace function kernel.subject_stays() returns trigger {HEAD} $$
declare gone boolean;
begin
  execute format(
    'select bool_or(s.gone_on is not null) from (select gone_on from public.subjects_subject
      where id in (select n.%I from new_t n) for key share) s', tg_argv[0]) into gone;
  if gone then {GONE}; end if;
  return null;
end $$
"""

ARRIVES = f"""
create or replace function kernel.subject_receives() returns trigger {HEAD} $$
begin
  perform from public.subjects_subject
    where id = (to_jsonb(new) ->> tg_argv[0])::bigint and gone_on is null for key share;
  if not found then {GONE}; end if;
  return null;
end $$
"""


def statements(positions: Mapping[str, int]) -> Iterable[str]:
    """The functions and triggers, safe to run again."""
    done = [STAYS, ARRIVES, reviews_due(positions)]
    for table in catalog.tables():
        if not table.subject or table.name == "subjects_subject":
            continue
        done.append(
            f"create or replace trigger b_stays after insert on public.{table.name}"
            " referencing new table as new_t for each statement"
            f" execute function kernel.subject_stays('{table.subject}')"
        )
        if not table.is_person:
            done.append(
                f"create or replace trigger e_receives after update of {table.subject} on public.{table.name}"
                f" for each row when (old.{table.subject} is distinct from new.{table.subject})"
                f" execute function kernel.subject_receives('{table.subject}')"
            )
    return done


def reviews_due(positions: Mapping[str, int]) -> str:
    """The function that tells an officer what she is to look over: records that nothing ends yet, longer ago
    than their rule's review says, and that her duties let her change. Of each kind, or of the one asked for,
    at most so many: a kind that nobody gets through hides no other.

    Asked for the whole register the oldest come first by their own index, which has what is not ended; asked
    for a few units, those units' grounds come first. So neither looks at everybody.
    """
    tables = [table for table in catalog.records() if table.reviewed]

    def of(scopes: Iterable[str]) -> str:
        kinds = (_kind(table, positions, scope) for table, scope in zip(tables, scopes, strict=True))
        return f"select * from ({' union all '.join(kinds)}) x order by 8, 1, 2"

    return f"""
create or replace function kernel.reviews_due(wanted text, most int) returns table (record text,
  record_id bigint, subject_id bigint, unit_id bigint, version int, since date, reviewed_on date, due date)
language plpgsql stable security definer set search_path = pg_catalog as $$
#variable_conflict use_column
begin
  if exists (select from public.access_duty d where d.unit_id = kernel.root_unit() and d.below
              and d.change_bits <> {masks.NONE} and {masks.in_force()}) then
    return query {of("true" for _ in tables)};
  else
    return query {of(map(_near, tables))};
  end if;
end $$
"""


def _near(table: Table) -> str:
    """The records at the units that the actor's duties reach."""
    return f"""r.{table.key} in (
    select g.record_id from public.access_duty d
      join public.units_unit u on u.ancestors @> array[d.unit_id] and {masks.at()}
      join public.grounds_ground g on g.unit_id = u.id and g.clause_id = d.clause_id and g.until is null
     where d.record = '{table.record}' and d.change_bits <> {masks.NONE} and {masks.in_force()})"""


def _kind(table: Table, positions: Mapping[str, int], scope: str) -> str:
    """One table's share: what is not ended, and what is ended where a rule holds that without an end too."""
    ended = next(e.column for e in catalog.events(table.name) if e.name == table.ended)
    held = f"""(select exists (select from public.grounds_clause c
        where c.record = '{table.record}' and c.status = 'live' and c.review is not null
          and (c.period is null or c.event is distinct from '{table.ended}')))"""
    living = _due(table, positions, f"r.{ended} is null and {scope}")
    gone = _due(table, positions, f"r.{ended} is not null and {held} and {scope}")
    return f"(select * from (({living}) union all ({gone})) k order by 8, 2 limit most)"


def _due(table: Table, positions: Mapping[str, int], scope: str) -> str:
    """Some of one table. The day is a rule's review after the last look or the beginning; a few days are left
    for months of other lengths, so that the index is asked by one day.
    """
    since = next(e.sql for e in catalog.events(table.name) if e.name == table.since)
    base = f"coalesce(r.{table.reviewed}, {since})"
    place = positions[table.data[str(table.reviewed)]]
    return f"""
    select '{table.record}'::text, r.{table.key}, r.{table.subject}, w.unit_id, r.version::int, {since},
           r.{table.reviewed}, w.due
      from public.{table.name} r join public.subjects_subject s on s.id = r.{table.subject}
     cross join lateral (
       select min(({base} + c.review)::date) as due,
              min(case when not s.shielded or d.may_shielded then g.unit_id end) as unit_id
         from public.grounds_ground g
         join public.grounds_clause c on c.id = g.clause_id and c.status = 'live' and c.review is not null
         join public.units_unit u on u.id = g.unit_id
         join public.access_duty d on d.clause_id = g.clause_id
        where g.subject_id = s.id and g.record_id = r.{table.key} and c.record = '{table.record}'
          and g.until is null and get_bit({masks.shown("change_bits")}, {place}) = 1
          and {masks.in_force()} and {masks.reaches()}) w
     where wanted in ('', '{table.record}')
       and {base} <= (select kernel.today() - min(c.review) + interval '3 days' from public.grounds_clause c
                       where c.record = '{table.record}' and c.status = 'live')::date
       and w.due <= (select kernel.today()) and {scope}
     order by {base} limit most"""
