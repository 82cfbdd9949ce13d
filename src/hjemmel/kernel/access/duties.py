"""Duty rows in SQL: tenures times the declared duties of their offices, kept by statement triggers."""

SELECT = """
  select t.id, o.id, t.subject_id, o.clause_id, c.record, t.unit_id, o.bits, o.change_bits, o.below,
         o.sees_ended, o.may_export, o.may_shielded, o.may_restricted, o.implied, o.purposes, t.starts_on,
         t.ends_on
    from {tenures} t join public.units_unit u on u.id = t.unit_id
    join public.access_officeduty o on o.office = t.office and u.kind = any(o.at)
    join public.grounds_clause c on c.id = o.clause_id and c.status = 'live'
"""

INSERT = (
    "insert into public.access_duty (tenure_id, duty_id, actor_id, clause_id, record, unit_id, bits,"
    " change_bits, below, sees_ended, may_export, may_shielded, may_restricted, implied, purposes, starts_on,"
    " ends_on)"
)

KEEP = f"""
create or replace function kernel.tenure_duties() returns trigger language plpgsql security definer
set search_path = pg_catalog as $$ begin
  delete from public.access_duty where tenure_id = any(array(select id from new_t));
  {INSERT} {SELECT.format(tenures="new_t")};
  return null;
end $$
"""

# A unit that becomes one of another kind: offices held there may no longer be held there.
UNIT = f"""
create or replace function kernel.unit_duties() returns trigger language plpgsql security definer
set search_path = pg_catalog as $$ begin
  delete from public.access_duty where unit_id = new.id;
  {INSERT} {SELECT.format(tenures="(select * from public.units_tenure where unit_id = new.id)")};
  return null;
end $$
"""

ANEW = f"""
create or replace function kernel.duties_anew() returns void language sql security definer
set search_path = pg_catalog as $$
  delete from public.access_duty;
  {INSERT} {SELECT.format(tenures="public.units_tenure")};
$$
"""


# Nobody prolongs her own office or gives herself another: of a tenure of her own, the officer who acts makes
# the last day come sooner, and changes nothing else. (That she makes none for herself, the policy says.)
OWN = """
create or replace function kernel.own_tenure() returns trigger language plpgsql
set search_path = pg_catalog as $$ begin
  if kernel.officer() in (old.subject_id, new.subject_id)
     and (to_jsonb(old) - 'ends_on' - 'version' <> to_jsonb(new) - 'ends_on' - 'version'
          or coalesce(new.ends_on, 'infinity') > coalesce(old.ends_on, 'infinity')) then
    raise exception 'nobody prolongs or widens an office of her own'
      using errcode = 'insufficient_privilege', table = 'units_tenure';
  end if;
  return new;
end $$
"""


def statements() -> list[str]:
    """The SQL that keeps duties, safe to run again."""
    run = "execute function kernel.tenure_duties()"
    on = "on public.units_tenure referencing new table as new_t for each statement"
    return [
        KEEP,
        ANEW,
        UNIT,
        OWN,
        "create or replace trigger a_own_tenure before update on public.units_tenure"
        " for each row execute function kernel.own_tenure()",
        "create or replace trigger d_duties_unit after update of kind on public.units_unit for each row"
        " when (old.kind is distinct from new.kind) execute function kernel.unit_duties()",
        f"create or replace trigger d_duties_insert after insert {on} {run}",
        f"create or replace trigger d_duties_update after update {on} {run}",
    ]
