"""Guards on writing, in sets: what a statement changed, as bits, less what may be, must be nothing.

Two rules. No datum without a ground: whoever writes, the subject's grounds (or the record's own) must hold
the datum on this day. And the app writes only what the present actor's duties let her change.
"""

from hjemmel.kernel.access import masks
from hjemmel.kernel.access.functions import bits
from hjemmel.kernel.catalog import Table

APP = "coalesce(nullif(current_setting('role'), 'none'), session_user) = 'hjemmel_app'"


def changed(table: Table, positions: dict[str, int], test: str, leave: frozenset[str] = frozenset()) -> str:
    """The bits of the data that the row `n` changes; `test` says how, over a column `{c}`."""
    cases = [
        f"case when {test.format(c=c)} then B'{bits(positions, (d,))}' else {masks.NONE} end"
        for c, d in table.data.items()
        if c not in leave
    ]
    cases += [
        f"case when {test.format(c=c)} then kernel.bit(n.{table.datum_column}) else {masks.NONE} end"
        for c in table.row_data
    ]
    return " | ".join(cases) or masks.NONE


def statements(table: Table, positions: dict[str, int]) -> list[str]:
    """The guard functions and triggers of one table, safe to run again."""
    if not (table.data or table.row_data) or (table.record and table.datum_column):
        return []  # the log's values are written by the log alone, about data that were held
    updated = changed(table, positions, "o.{c} is distinct from n.{c} and n.{c} is not null")
    touched = changed(table, positions, "o.{c} is distinct from n.{c}")
    inserted = changed(table, positions, "n.{c} is not null")
    given = changed(table, positions, "n.{c} is not null", leave=table.entry)
    pairs = f"old_t o join new_t n on n.{table.key} = o.{table.key}"
    name, base = f"kernel.{table.name}_guard", f"public.{table.name}"
    return [
        _function(f"{name}_update", table, pairs, held=updated, may=touched),
        f"create or replace trigger a_guard_update after update on {base}"
        " referencing old table as old_t new table as new_t"
        f" for each statement execute function {name}_update()",
        # After the ground trigger: a new record's own ground says what may be written into it.
        _function(f"{name}_insert", table, "new_t n", held=inserted, may=given),
        f"create or replace trigger h_guard_insert after insert on {base} referencing new table as new_t"
        f" for each statement execute function {name}_insert()",
    ]


def _function(name: str, table: Table, rows: str, *, held: str, may: str) -> str:
    subject, key = f"n.{table.subject}", f"n.{table.key}"
    this = f"'{table.record}', {subject}, {key}"
    holds = f"kernel.record_held({this})" if table.record else f"kernel.held({subject})"
    lets = f"kernel.record_change_mask({this})" if table.record else f"kernel.change_mask({subject})"
    return f"""
create or replace function {name}() returns trigger language plpgsql security definer
set search_path = pg_catalog as $$ declare found boolean; begin
  execute $q$ select exists (select from {rows}
    where (({held}) & ~coalesce({holds}, {masks.NONE})) <> {masks.NONE}) $q$
     into found;
  if found then
    raise exception 'no ground holds this datum' using errcode = 'check_violation',
      constraint = 'datum_has_ground', table = '{table.name}';
  end if;
  if {APP} then
    execute $q$ select exists (select from {rows}
      where (({may}) & ~coalesce({lets}, {masks.NONE})) <> {masks.NONE}) $q$
       into found;
    if found then
      raise exception 'your duties do not let you change this' using errcode = 'insufficient_privilege',
        table = '{table.name}';
    end if;
  end if;
  return null;
end $$"""
