"""Offices in SQL: what the actor herself holds and reaches, whatever the purpose she acts for."""

from collections.abc import Iterable, Mapping

from hjemmel.kernel.access import masks

HEAD = "language sql stable security definer set search_path = pg_catalog as"
ME = "coalesce(kernel.officer(), kernel.self())"

OWN = f"""
create or replace function kernel.own_tenures()
returns table (id bigint, office text, unit_id bigint, starts_on date, ends_on date) {HEAD} $$
  select t.id, t.office::text, t.unit_id, t.starts_on, t.ends_on
    from public.units_tenure t where t.subject_id = (select {ME})
$$
"""

REACH = f"""
create or replace function kernel.own_reach()
returns table (tenure_id bigint, unit_id bigint, below boolean, activity text, purposes text[]) {HEAD} $$
  select distinct d.tenure_id, d.unit_id, d.below, c.activity::text, d.purposes
    from public.access_duty d join public.grounds_clause c on c.id = d.clause_id
   where {masks.in_force(asked=masks.Asked(f"(select {ME})"), any_purpose=True)}
$$
"""


def statements(positions: Mapping[str, int]) -> Iterable[str]:
    """The functions, safe to run again."""
    del positions
    return [OWN, REACH]
