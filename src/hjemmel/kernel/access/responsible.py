"""Those whom the declaration in force makes responsible for it, in SQL: whoever holds such an office today,
at the topmost unit, for the declaration is the whole organisation's.
"""

from hjemmel.kernel.access import masks
from hjemmel.kernel.access.functions import HEAD

HOLDS = f"""
  from public.units_tenure t join public.access_responsible r on r.office = t.office
 where t.unit_id = kernel.root_unit() and {masks.on_its_day("t")}"""

# The tenure by which the officer who acts is responsible; NULL where she is not.
ONE = f"""
create or replace function kernel.responsible() returns bigint {HEAD} $$
  select min(t.id) {HOLDS} and t.subject_id = kernel.officer()
$$"""

# Everybody who is, and can log in to say so.
ALL = f"""
create or replace function kernel.all_responsible() returns setof bigint {HEAD} $$
  select distinct t.subject_id {HOLDS} and exists (
    select from public.access_account a
     where a.subject_id = t.subject_id and a.tied_on is not null and a.is_active)
$$"""


def statements() -> list[str]:
    """The functions, safe to run again. Who is responsible is told to nobody but the functions of drafts."""
    return [ONE, ALL]
