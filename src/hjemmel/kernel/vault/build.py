"""The vault in SQL: a look-up is written to the log by the database, and only for who may see the datum."""

from collections.abc import Iterable, Mapping

from hjemmel.kernel.vault import wrapped

HEAD = "language plpgsql security definer set search_path = pg_catalog as"

LOOKUP = f"""
create or replace function kernel.log_lookup(subject bigint, datum text) returns void volatile {HEAD} $$
begin
  if coalesce(get_bit(kernel.mask(subject), kernel.position(datum)), 0) <> 1 then
    raise exception 'not yours to open' using errcode = 'insufficient_privilege';
  end if;
  insert into public.audit_entry (at, actor, purpose, kind, table_name, record_id, subject_id, datum)
  values (clock_timestamp(), kernel.acting(), coalesce(current_setting('hjemmel.purpose', true), ''),
          'looked_up', 'vault_sealed', subject, subject, datum);
end $$
"""

FIND = f"""
create or replace function kernel.find_sealed(datum text, digest bytea) returns setof bigint stable {HEAD} $$
declare place int := kernel.position(find_sealed.datum);
begin
  return query select s.subject_id from public.vault_sealed s
   where s.digest = find_sealed.digest and s.datum = find_sealed.datum
     and get_bit(kernel.mask(s.subject_id), place) = 1
   order by s.subject_id limit 25;
end $$
"""

# An empty key is one that a restore did not find: it opens nothing, and keeps its row's place in the log.
CURRENT = f"""
create or replace function kernel.vault_key_is_current() returns trigger {HEAD} $$
begin
  if exists (select from new_t n where length(n.wrapped) > 0 and (
               n.generation <> (get_byte(n.wrapped, 0) << 8) + get_byte(n.wrapped, 1)
               or n.generation < (select coalesce(max(g.oldest), 1) from public.vault_generation g))) then
    raise exception 'wrapped by a master key that is being destroyed'
      using errcode = 'check_violation', constraint = 'vault_key_is_current';
  end if;
  return null;
end $$
"""
OLDEST = f"""
create or replace function kernel.wrapped_is_current() returns trigger {HEAD} $$
begin
  if exists (select from new_t n where (get_byte(n.wrapped, 0) << 8) + get_byte(n.wrapped, 1)
               < (select coalesce(max(g.oldest), 1) from public.vault_generation g)) then
    raise exception 'wrapped by a master key that is being destroyed'
      using errcode = 'check_violation', constraint = 'wrapped_is_current';
  end if;
  return null;
end $$
"""
CHECKED = [
    f"create or replace trigger b_current_{what} after {what} on public.vault_key"
    " referencing new table as new_t for each statement execute function kernel.vault_key_is_current()"
    for what in ("insert", "update")
]


def statements(positions: Mapping[str, int]) -> Iterable[str]:
    """The functions, safe to run again."""
    del positions
    others = [
        f"create or replace trigger b_current_{what} after {what} on public.{of.table}"
        " referencing new table as new_t for each statement execute function kernel.wrapped_is_current()"
        for of in wrapped.tables()
        if not of.is_subjects
        for what in ("insert", "update")
    ]
    return [LOOKUP, FIND, CURRENT, OLDEST, *CHECKED, *others]
