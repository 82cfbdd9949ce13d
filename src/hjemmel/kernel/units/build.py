"""The tree in SQL: `ancestors` follows the parent, for the unit and everything under it."""

ANCESTORS = """
create or replace function kernel.unit_ancestors() returns trigger language plpgsql
set search_path = pg_catalog as $$
declare above bigint[];
begin
  select u.ancestors into above from public.units_unit u where u.id = new.parent_id;
  if new.id = any(coalesce(above, '{}')) then
    raise exception 'a unit cannot stand under itself' using errcode = 'check_violation';
  end if;
  new.ancestors := coalesce(above, '{}') || new.id;
  return new;
end $$
"""

BELOW = """
create or replace function kernel.unit_below() returns trigger language plpgsql
set search_path = pg_catalog as $$
begin
  update public.units_unit u
     set ancestors = new.ancestors || u.ancestors[array_position(u.ancestors, new.id) + 1 :]
   where new.id = any(u.ancestors) and u.id <> new.id;
  return null;
end $$
"""

ROOT = """
create or replace function kernel.root_unit() returns bigint language sql stable security definer
set search_path = pg_catalog as $$ select id from public.units_unit where parent_id is null $$
"""


def statements() -> list[str]:
    """The SQL that keeps the tree; safe to run again."""
    return [
        ANCESTORS,
        BELOW,
        ROOT,
        "create or replace trigger unit_ancestors before insert or update of parent_id on public.units_unit"
        " for each row execute function kernel.unit_ancestors()",
        "create or replace trigger unit_below after update of parent_id on public.units_unit"
        " for each row when (old.parent_id is distinct from new.parent_id)"
        " execute function kernel.unit_below()",
    ]
