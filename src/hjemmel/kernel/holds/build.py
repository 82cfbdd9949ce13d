"""Holds in SQL: what they cover, and the triggers that let nobody's DELETE pass one.

The sweep leaves what is held by itself (`due` counts a hold's data as still to be stored); this is for
everybody else, and for a sweep that is wrong.
"""

from collections.abc import Iterable, Mapping

from hjemmel.kernel import catalog
from hjemmel.kernel.access import guards, masks
from hjemmel.kernel.access.functions import bits
from hjemmel.kernel.catalog import Table

HEAD = "language plpgsql security definer set search_path = pg_catalog as"
KEPT = (
    "raise exception 'a hold keeps this from being deleted'"
    " using errcode = 'check_violation', constraint = 'hold_keeps', table = '{name}'"
)

# The scope as bits, from the names of the data, and who set it.
SET = f"""
create or replace function kernel.hold_set() returns trigger {HEAD} $$
begin
  new.bits := ~{masks.NONE};
  if new.data is not null then
    if exists (select from unnest(new.data) n where not exists (
                 select from public.catalog_datum c where c.name = n)) then
      raise exception 'no such data' using errcode = 'check_violation', constraint = 'hold_of_data';
    end if;
    select coalesce(bit_or(set_bit({masks.NONE}, c.position, 1)), {masks.NONE}) into new.bits
      from public.catalog_datum c where c.name = any(new.data);
  end if;
  new.set_by := kernel.acting();
  new.swept := false;
  if new.reason is null or new.ends_on <= new.set_on then
    raise exception 'a hold needs a reason, and a day to last'
      using errcode = 'check_violation', constraint = 'hold_has_reason';
  end if;
  return new;
end $$
"""

# What ended is over, and nothing ends before today: else what should have stayed would seem to have been due.
# Another end than was set lets the sweep look at the subject once more.
CHANGED = f"""
create or replace function kernel.hold_changed() returns trigger {HEAD} $$
begin
  if new.ends_on is distinct from old.ends_on then
    if old.ends_on <= kernel.today() or new.ends_on < kernel.today() then
      raise exception 'a hold that is over does not begin again, and none ends before today'
        using errcode = 'check_violation', constraint = 'hold_ends_ahead';
    end if;
    new.swept := false;
  end if;
  return new;
end $$
"""

# The scope of a hold is what it was set for: another scope is another hold.
SCOPE = """
create or replace function kernel.hold_scope() returns trigger language plpgsql
set search_path = pg_catalog as $$ begin
  raise exception 'a hold keeps its scope' using errcode = 'insufficient_privilege', table = 'holds_hold';
end $$
"""


def lasting(hold: str = "h", day: str = "kernel.today()") -> str:
    """The test that a hold lasts on the day."""
    return f"({hold}.ends_on is null or {hold}.ends_on > {day})"


def reaching(table: Table, hold: str = "h") -> str:
    """The test that a hold is of the records of a table, or of everything."""
    if not table.record or table.datum_column:
        return f"{hold}.record is null"
    return f"({hold}.record is null or {hold}.record = '{table.record}')"


def covers(table: Table, positions: Mapping[str, int], row: str, hold: str = "h") -> str:
    """The test that a hold that reaches a row holds some datum of it. Where a table has no data of its own
    (the keys of the vault), its rows serve what is sealed; the subject's own row is covered by any.
    """
    if table.name == "subjects_subject":
        return "true"
    if table.datum_column:
        place = f"(select position from public.catalog_datum where name = {row}.{table.datum_column})"
        return f"{reaching(table, hold)} and get_bit({hold}.bits, {place}) = 1"
    data = set(table.data.values()) or {d for t in catalog.tables() for d in t.sealed}
    whole = bits(dict(positions), frozenset(data))
    return f"{reaching(table, hold)} and ({hold}.bits & B'{whole}') <> {masks.NONE}"


def statements(positions: Mapping[str, int]) -> Iterable[str]:
    """The functions and triggers, safe to run again."""
    done = [
        SET,
        CHANGED,
        SCOPE,
        "create or replace trigger b_set before insert on public.holds_hold"
        " for each row execute function kernel.hold_set()",
        "create or replace trigger b_changed before update on public.holds_hold"
        " for each row execute function kernel.hold_changed()",
        "create or replace trigger a_scope before update of record, data, set_on on public.holds_hold"
        " for each row when (current_user = 'hjemmel_app'"
        " and (old.record, old.data, old.set_on) is distinct from (new.record, new.data, new.set_on))"
        " execute function kernel.hold_scope()",
    ]
    for table in catalog.tables():
        if table.subject:
            done += _kept(table, positions)
    return done


def _kept(table: Table, positions: Mapping[str, int]) -> Iterable[str]:
    name, base = f"kernel.{table.name}_held", f"public.{table.name}"
    return [
        _function(f"{name}_delete", table, "old_t o", covers(table, positions, "o")),
        _function(
            f"{name}_update",
            table,
            f"old_t o join new_t n on n.{table.key} = o.{table.key}",
            f"(({_lost(table)}) and {covers(table, positions, 'o')}"
            f" or {reaching(table)} and (({_emptied(table, positions)}) & h.bits) <> {masks.NONE})",
        ),
        f"create or replace trigger a_held_delete after delete on {base} referencing old table as old_t"
        f" for each statement execute function {name}_delete()",
        f"create or replace trigger a_held_update after update on {base}"
        " referencing old table as old_t new table as new_t"
        f" for each statement execute function {name}_update()",
    ]


def _function(name: str, table: Table, rows: str, test: str) -> str:
    """Most registers have no hold on most days: that is asked first. EXECUTE, since one row and a hundred
    thousand want different plans.
    """
    return f"""
create or replace function {name}() returns trigger {HEAD} $$
declare found boolean;
begin
  if not exists (select from public.holds_hold h where {lasting()}) then return null; end if;
  execute $q$ select count(*) > 0 from {rows}
    join public.holds_hold h on h.subject_id = o.{table.subject} and {lasting()}
   where {test} $q$ into found;
  if found then
    {KEPT.format(name=table.name)};
  end if;
  return null;
end $$"""


def _lost(table: Table) -> str:
    """The test that the row is the subject's no more."""
    if table.name == "subjects_subject":
        return "o.gone_on is null and n.gone_on is not null"
    return f"o.{table.subject} is distinct from n.{table.subject}"


def _emptied(table: Table, positions: Mapping[str, int]) -> str:
    """The bits of the data that the row has lost. A pointer to somebody else goes with that other person."""
    test = "coalesce(o.{c}::text, '') <> '' and coalesce(n.{c}::text, '') = ''"
    return guards.changed(table, dict(positions), test, leave=frozenset(table.others.values()))
