"""Guards on writing, in sets: what a statement changed, as bits, less what may be, must be nothing.

Two rules. No datum without a ground: whoever writes, the subject's grounds (or the record's own) must hold
the datum on this day. And the app writes only what the present actor's duties let her change.
"""

from hjemmel.kernel.access import masks
from hjemmel.kernel.access.functions import HELD, bits
from hjemmel.kernel.catalog import Table

# Asked where the statement runs: a definer function of the kernel has made its own test before it writes.
# Named to fire before its guard: who may not write learns nothing of which grounds there are.
APP = "when (current_user = 'hjemmel_app')"


def changed(table: Table, positions: dict[str, int], test: str, leave: frozenset[str] = frozenset()) -> str:
    """The bits of the data that the row `n` changes; `test` says how, over a column `{c}`. One case for each
    datum, however many columns it has.
    """
    columns: dict[str, list[str]] = {}
    for c, d in table.data.items():
        if c not in leave:
            columns.setdefault(d, []).append(test.format(c=c))
    any_ = {d: " or ".join(f"({t})" for t in tests) for d, tests in columns.items()}
    cases = [f"case when {t} then B'{bits(positions, (d,))}' else {masks.NONE} end" for d, t in any_.items()]
    cases += [
        f"case when {test.format(c=c)} then kernel.bit(n.{table.datum_column}) else {masks.NONE} end"
        for c in table.row_data
    ]
    return " | ".join(cases) or masks.NONE


def statements(table: Table, positions: dict[str, int]) -> list[str]:
    """The guard functions and triggers of one table, safe to run again."""
    return [*_written(table, positions), *(_moved(table) if table.record and table.unit else ())]


def _moved(table: Table) -> list[str]:
    """A record that the app moves to another unit is tied there anew: what a new tie may not open, a moved
    one may not either. The policy on changed rows cannot ask this, since it does not know the row before.
    """
    name = f"kernel.{table.name}_moved"
    return [
        f"""
create or replace function {name}() returns trigger language plpgsql
set search_path = pg_catalog as $$ begin
  if kernel.may_tie('{table.record}', new.{table.subject}, new.{table.unit}) is not true then
    raise exception 'you may not tie this person to that unit'
      using errcode = 'insufficient_privilege', table = '{table.name}';
  end if;
  return new;
end $$""",
        f"create or replace trigger a_moved before update of {table.unit} on public.{table.name} for each row"
        f" when (old.{table.unit} is distinct from new.{table.unit} and current_user = 'hjemmel_app')"
        f" execute function {name}()",
    ]


def _written(table: Table, positions: dict[str, int]) -> list[str]:
    if not (table.data or table.row_data) or (table.record and table.datum_column):
        return []  # the log's values are written by the log alone, about data that were held
    updated = changed(table, positions, "o.{c} is distinct from n.{c} and n.{c} is not null")
    touched = changed(table, positions, "o.{c} is distinct from n.{c}")
    inserted = changed(table, positions, "n.{c} is not null")
    given = changed(table, positions, "n.{c} is not null", leave=table.entry)
    pairs = f"old_t o join new_t n on n.{table.key} = o.{table.key}"
    name, base = f"kernel.{table.name}", f"public.{table.name}"
    rows = {"update": "old table as old_t new table as new_t", "insert": "new table as new_t"}
    on = {how: f"after {how} on {base} referencing {rows[how]} for each statement" for how in rows}
    return [
        _held(f"{name}_guard_update", table, pairs, updated),
        _held(f"{name}_guard_insert", table, "new_t n", inserted),
        _may(f"{name}_allow_update", table, pairs, touched),
        _may(f"{name}_allow_insert", table, "new_t n", given),
        f"create or replace trigger a_guard_update {on['update']} execute function {name}_guard_update()",
        f"create or replace trigger a_allow_update {on['update']} {APP}"
        f" execute function {name}_allow_update()",
        # After the ground trigger: a new record's own ground says what may be written into it.
        f"create or replace trigger h_guard_insert {on['insert']} execute function {name}_guard_insert()",
        f"create or replace trigger h_allow_insert {on['insert']} {APP}"
        f" execute function {name}_allow_insert()",
    ]


def _held(name: str, table: Table, rows: str, written: str) -> str:
    this = f"and g.record_id = n.{table.key} and c.record = '{table.record}'" if table.record else ""
    holds = f"(select bit_or(c.bits) from {HELD} g.subject_id = n.{table.subject} {this})"
    raises = (
        "raise exception 'no ground holds this datum' using errcode = 'check_violation',"
        f" constraint = 'datum_has_ground', table = '{table.name}'"
    )
    return _function(name, rows, written, holds, raises)


def _may(name: str, table: Table, rows: str, written: str) -> str:
    this = f"and g.record_id = n.{table.key} and d.record = '{table.record}'" if table.record else ""
    change = masks.duties(f"n.{table.subject}", record=this, change=True)
    raises = (
        "raise exception 'your duties do not let you change this'"
        f" using errcode = 'insufficient_privilege', table = '{table.name}'"
    )
    return _function(name, rows, written, f"(select bit_or(b.bits) from ({change}) b)", raises)


def _function(name: str, rows: str, written: str, within: str, raises: str) -> str:
    """The trigger. `within` stands in the query itself: calling a function for every row costs two to three
    times as much (measured on imports). It counts: with `exists` the planner joined old and new rows in a
    nested loop, for the sake of a first row that never comes (7.7 s for 4,000 rows, 2 ms so).
    """
    return f"""
create or replace function {name}() returns trigger language plpgsql security definer
set search_path = pg_catalog as $$ declare found boolean; begin
  execute $q$ select count(*) > 0 from {rows}
    where ({written}) <> {masks.NONE}
      and (({written}) & ~coalesce({within}, {masks.NONE})) <> {masks.NONE} $q$
     into found;
  if found then
    {raises};
  end if;
  return null;
end $$"""
