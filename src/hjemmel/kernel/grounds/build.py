"""The ledger in SQL, generated from the catalog: one definition (`grounds_fresh`), and triggers that keep the
table equal to it. Clause rows are data: a changed rule touches no code here.
"""

from hjemmel.kernel import catalog
from hjemmel.kernel.catalog import Table

COLUMNS = "clause_id, record_id, subject_id, unit_id, since, ended, until"
CHANGED = "(g.subject_id, g.unit_id, g.since, g.ended, g.until) is distinct from"
EXCLUDED = ", ".join(f"excluded.{c}" for c in ("subject_id", "unit_id", "since", "ended", "until"))


def fresh(table: Table, source: str, *, asked: str = "public.grounds_asked") -> str:
    """The grounds that the rows of `source` make: the definition, for a view or for a trigger. `asked`: who
    asked to be erased.
    """
    events = {e.name: e.sql for e in catalog.events(table.name)}
    cases = " ".join(f"when '{name}' then {sql}" for name, sql in sorted(events.items()))
    when = "case c.event " + cases + " end" if cases else "null::date"
    counted = f"case c.count_from when 'year_end' then kernel.year_end({when}) else {when} end"
    conditions = " ".join(f"when '{c.name}' then {c.sql}" for c in catalog.conditions(table.name))
    holds = f"case c.condition {conditions} end" if conditions else "false"
    since = events[table.since] if table.since else "null::date"
    ended = events[table.ended] if table.ended else "null::date"
    unit = f"coalesce(r.{table.unit}, kernel.root_unit())" if table.unit else "kernel.root_unit()"
    # Asked to be erased: what is over by that day ends on it, where the rule lets it.
    over = f"{ended} <= a.asked_on" if table.ended else f"coalesce({since} <= a.asked_on, true)"
    return (
        f"select c.id as clause_id, r.{table.key} as record_id, r.{table.subject} as subject_id,"
        f" {unit} as unit_id, {since} as since, {ended} as ended,\n"
        f"  least(({counted} + c.period)::date,"
        f" case when c.at_request = 'delete' and {over} then a.asked_on end) as until\n"
        f"  from {source} r\n"
        f"  join public.grounds_clause c on c.record = '{table.record}' and c.status <> 'old'\n"
        f"  left join {asked} a on a.subject_id = r.{table.subject}\n"
        f" where c.condition is null or {holds}"
    )


def _put(table: Table, name: str, source: str) -> str:
    """A trigger function: the changed rows' grounds put, and those that no longer apply taken away."""
    select = fresh(table, source)
    return f"""
create or replace function kernel.{name}() returns trigger language plpgsql security definer
set search_path = pg_catalog as $$ begin
  insert into public.grounds_ground as g ({COLUMNS})
  {select}
  on conflict (clause_id, record_id) do update
     set (subject_id, unit_id, since, ended, until, done) = ({EXCLUDED}, false)
   where {CHANGED} ({EXCLUDED});
  if exists (select from public.grounds_clause where record = '{table.record}' and condition is not null) then
    delete from public.grounds_ground g using public.grounds_clause k
     where k.id = g.clause_id and k.record = '{table.record}' and k.condition is not null
       and g.record_id = any(array(select s.{table.key} from {source} s))
       and not exists (
         select from ({select}) f where (f.clause_id, f.record_id) = (g.clause_id, g.record_id));
  end if;
  return null;
end $$"""


def _record(table: Table) -> list[str]:
    base = f"public.{table.name}"
    name = f"{table.name}_ground"
    done = [
        _put(table, f"{name}_put", "new_t"),
        f"create or replace trigger g_insert after insert on {base} referencing new table as new_t"
        f" for each statement execute function kernel.{name}_put()",
        f"create or replace trigger g_update after update on {base}"
        f" referencing new table as new_t for each statement execute function kernel.{name}_put()",
        f"create or replace trigger f_moved after update of {table.subject} on {base} for each row"
        f" when (old.{table.subject} is distinct from new.{table.subject})"
        f" execute function kernel.record_moved('{table.subject}')",
        f"""
create or replace function kernel.{name}_cut() returns trigger language plpgsql security definer
set search_path = pg_catalog as $$ begin
  delete from public.grounds_ground g using public.grounds_clause k
   where k.record = '{table.record}' and g.clause_id = k.id
     and g.record_id = any(array(select {table.key} from old_t));
  return null;
end $$""",
        f"create or replace trigger g_delete after delete on {base} referencing old table as old_t"
        f" for each statement execute function kernel.{name}_cut()",
    ]
    for what, rows in (("insert", "new_t"), ("update", "new_t"), ("delete", "old_t")):
        source = f"(select q.* from {base} q where q.{table.subject} in (select x.subject_id from {rows} x))"
        kind = "new" if rows == "new_t" else "old"
        done += [
            _put(table, f"{name}_asked_{what}", source),
            f"create or replace trigger g_asked_{table.name}_{what} after {what} on public.grounds_asked"
            f" referencing {kind} table as {rows} for each statement"
            f" execute function kernel.{name}_asked_{what}()",
        ]
    for key, other in sorted({e.via for e in catalog.events(table.name) if e.via}):
        dates = sorted({f", {e.column}" for e in catalog.events(table.name) if e.via == (key, other)})
        # Only where the date itself moved: a run counts its lines many times over. EXCEPT is never a nested
        # loop, whatever was planned for one row.
        moved = f"select id{''.join(dates)} from new_t except select id{''.join(dates)} from old_t"
        source = f"(select q.* from {base} q where q.{key} in (select x.id from ({moved}) x))"
        done += [
            _put(table, f"{name}_via_{key}", source),
            f"create or replace trigger g_via_{table.name}_{key} after update on public.{other}"
            " referencing old table as old_t new table as new_t"
            f" for each statement execute function kernel.{name}_via_{key}()",
        ]
    return done


YEAR_END = """
create or replace function kernel.year_end(day date) returns date language sql immutable
set search_path = pg_catalog as $$ select make_date(extract(year from day)::int, 12, 31) $$
"""

# DO UPDATE, not DO NOTHING: it waits for a sweep that is taking the subject out, and puts it in anew;
# doing nothing lost such subjects (measured).
LOST = """
create or replace function kernel.ground_lost() returns trigger language plpgsql security definer
set search_path = pg_catalog as $$ begin
  insert into public.grounds_recheck select distinct subject_id from old_t
  on conflict (subject_id) do update set subject_id = excluded.subject_id;
  return null;
end $$
"""

# A record that now concerns another subject leaves the former one to be looked at again.
MOVED = """
create or replace function kernel.record_moved() returns trigger language plpgsql security definer
set search_path = pg_catalog as $$ begin
  insert into public.grounds_recheck values ((to_jsonb(old) ->> tg_argv[0])::bigint)
  on conflict (subject_id) do update set subject_id = excluded.subject_id;
  return null;
end $$
"""

ENTER = """
create or replace function kernel.subject_enters() returns trigger language plpgsql security definer
set search_path = pg_catalog as $$ begin
  insert into public.grounds_entering select id, pg_current_xact_id()::text from new_t;
  return null;
end $$
"""

# No person without a record: whoever enters one says why, in the same transaction.
ENTERED = """
create or replace function kernel.subject_entered() returns trigger language plpgsql security definer
set search_path = pg_catalog as $$ begin
  delete from public.grounds_entering where subject_id = new.id;
  if not exists (select from public.grounds_ground where subject_id = new.id)
     and exists (select from public.subjects_subject where id = new.id) then
    raise exception 'a person needs a record that says why she is held'
      using errcode = 'check_violation', constraint = 'subject_has_ground';
  end if;
  return null;
end $$
"""

ENTERING = """
create or replace function kernel.entering(subject bigint) returns boolean
language sql stable security definer
set search_path = pg_catalog as $$
  select exists (select from public.grounds_entering e
                  where e.subject_id = subject and e.xact = pg_current_xact_id_if_assigned()::text)
$$
"""


def statements() -> list[str]:
    """The SQL that keeps the ledger; safe to run again."""
    views = "\nunion all\n".join(fresh(t, f"public.{t.name}") for t in catalog.records())
    return [
        YEAR_END,
        LOST,
        MOVED,
        ENTER,
        ENTERED,
        ENTERING,
        "drop view if exists public.grounds_fresh",
        f"create view public.grounds_fresh as\n{views}",
        "create or replace trigger lost after delete on public.grounds_ground referencing old table as old_t"
        " for each statement execute function kernel.ground_lost()",
        "create or replace trigger g_enters after insert on public.subjects_subject"
        " referencing new table as new_t for each statement execute function kernel.subject_enters()",
        "drop trigger if exists z_entered on public.subjects_subject",
        "create constraint trigger z_entered after insert on public.subjects_subject"
        " deferrable initially deferred for each row execute function kernel.subject_entered()",
        *[s for t in catalog.records() for s in _record(t)],
    ]
