-- Inserts tested by one trigger a statement instead of a policy a row.
create function kernel.check_insert_membership() returns trigger language plpgsql security definer
  set search_path = public, kernel, pg_temp as $b$
declare me bigint := kernel.actor(); aims text[] := kernel.purposes(); day date := kernel.today();
begin
  if exists (
    select from new_rows n where not (
      exists (select from units_unit u join access_duty d on d.unit_id = any (u.ancestors)
        join grounds_clause c on c.id = d.clause_id
        where u.id = n.unit_id and d.actor = me and d.purposes && aims and d.may_change and c.record = 'membership'
          and d.from_on <= day and (d.to_on is null or d.to_on >= day))
      and (exists (select from kernel.reached(n.subject_id)) or kernel.entering(n.subject_id)))) then
    raise exception 'you may not make this record' using errcode = 'insufficient_privilege';
  end if;
  return null;
end $b$;
alter function kernel.check_insert_membership() owner to hjemmel_kernel;
create trigger a_check after insert on members_membership referencing new table as new_rows
  for each statement when (current_user = 'hjemmel_app') execute function kernel.check_insert_membership();
alter policy app_insert on public.members_membership with check (true);
