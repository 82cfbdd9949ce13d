"""The clock in SQL. `kernel.today()` is what every rule, mask and sweep asks."""

TODAY = """
create or replace function kernel.today() returns date language sql stable security definer
set search_path = pg_catalog as $$
  select coalesce(
    (select nullif(current_setting('hjemmel.today', true), '')::date
       from public.clock_installation where kind <> 'production'),
    (now() at time zone 'Europe/Oslo')::date)
$$
"""


def statements() -> list[str]:
    """The SQL that puts the clock in place; safe to run again."""
    return [TODAY]
