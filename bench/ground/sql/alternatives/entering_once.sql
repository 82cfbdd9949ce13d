-- New subjects checked once a transaction instead of once a row.
create table access_entering_xact (xact xid8 primary key);
grant select, insert, delete on access_entering_xact to hjemmel_kernel;
create or replace function kernel.put_entering() returns trigger language plpgsql security definer
  set search_path = public, kernel, pg_temp as $b$
begin
  insert into access_entering select id, pg_current_xact_id() from new_rows;
  insert into access_entering_xact values (pg_current_xact_id()) on conflict do nothing;
  return null;
end $b$;
create function kernel.check_all_entering() returns trigger language plpgsql security definer
  set search_path = public, kernel, pg_temp as $b$
declare bare bigint;
begin
  select e.subject_id into bare from access_entering e join subjects_subject s on s.id = e.subject_id
  where e.xact = new.xact and not exists (select from grounds_ground g where g.subject_id = e.subject_id) limit 1;
  if found then raise exception 'a person needs a record that says why'
    using errcode = 'check_violation', constraint = 'subject_has_ground'; end if;
  delete from access_entering where xact = new.xact;
  delete from access_entering_xact where xact = new.xact;
  return null;
end $b$;
alter function kernel.check_all_entering() owner to hjemmel_kernel;
drop trigger entered on access_entering;
create constraint trigger entered after insert on access_entering_xact deferrable initially deferred
  for each row execute function kernel.check_all_entering();
