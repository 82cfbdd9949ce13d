-- Writing under policies. The app reads ids and versions of the base table, inserts what it may tie, changes what it
-- sees; a statement-level guard compares old and new in sets and logs which data changed.
alter table audit_change add unit_id bigint;

-- Subjects made by this transaction may be tied freely; at commit each must have a ground.
create function kernel.put_entering() returns trigger language plpgsql security definer
  set search_path = public, kernel, pg_temp as $b$
begin
  insert into access_entering select id, pg_current_xact_id() from new_rows;
  return null;
end $b$;
create function kernel.check_entering() returns trigger language plpgsql security definer
set search_path = public, kernel, pg_temp set enable_seqscan = off as $b$
begin
  delete from access_entering where subject_id = new.subject_id;
  if not exists (select from grounds_ground where subject_id = new.subject_id)
     and exists (select from subjects_subject where id = new.subject_id) then
    raise exception 'a person needs a record that says why'
      using errcode = 'check_violation', constraint = 'subject_has_ground';
  end if;
  return null;
end $b$;
-- enable_seqscan off: the table is empty when a session first plans this, and a kept sequential scan is quadratic
-- later
create function kernel.entering(subject bigint) returns boolean language plpgsql stable security definer
set search_path = public, kernel, pg_temp set enable_seqscan = off as $b$
begin
  return exists (select from access_entering where subject_id = subject and xact = pg_current_xact_id_if_assigned());
end $b$;

-- May the actor know that the subject is there?
create function kernel.sees(subject bigint) returns boolean language plpgsql stable security definer
  set search_path = public, kernel, pg_temp as $b$
begin
  return exists (select from kernel.reached(subject)) or kernel.entering(subject);
end $b$;
create function kernel.sees_record(subject bigint, record bigint) returns boolean language plpgsql stable
  security definer
set search_path = public, kernel, pg_temp as $b$
begin
  return exists (select from kernel.reached(subject) r where r.record_id = record) or kernel.entering(subject);
end $b$;
-- May the actor make a record of this kind at this unit, for a subject she sees or is entering now?
create function kernel.may_record(what text, unit bigint, subject bigint) returns boolean language plpgsql
  stable security definer
set search_path = public, kernel, pg_temp as $b$
declare me bigint := kernel.actor(); aims text[] := kernel.purposes(); day date := kernel.today();
begin
  return exists (
    select from access_duty d join grounds_clause c on c.id = d.clause_id join units_unit u on u.id = unit
    where d.actor = me and d.purposes && aims and d.may_change and c.record = what and d.unit_id = any (u.ancestors)
      and d.from_on <= day and (d.to_on is null or d.to_on >= day)) and kernel.sees(subject);
end $b$;
-- The bits of a record that the actor may change.
create function kernel.change_mask(subject bigint, record bigint) returns bit(256) language plpgsql
  stable security definer
set search_path = public, kernel, pg_temp as $b$
begin
  return (select bit_or(r.bits) from kernel.reached(subject) r where r.record_id = record);
end $b$;

create function kernel.guard_membership() returns trigger language plpgsql security definer
  set search_path = public, kernel, pg_temp as $b$
declare bad boolean;
begin
  execute $q$
    with pairs as materialized (
      select n.id, n.subject_id, n.unit_id, n.version,
        case when o.number is distinct from n.number then kernel.bits(14) else kernel.bits(variadic '{}') end
        | case when o.type is distinct from n.type then kernel.bits(15) else kernel.bits(variadic '{}') end
        | case when o.joined_on is distinct from n.joined_on or o.left_on is distinct
          from n.left_on then kernel.bits(17) else kernel.bits(variadic '{}') end
        | case when o.unit_id is distinct from n.unit_id then kernel.bits(18)
          else kernel.bits(variadic '{}') end as touched,
        array_remove(array[case when o.number is distinct from n.number then 'number' end, case
          when o.type is distinct from n.type then 'type' end,
          case when o.joined_on is distinct from n.joined_on then 'joined_on' end, case
            when o.left_on is distinct from n.left_on then 'left_on' end,
          case when o.unit_id is distinct from n.unit_id then 'unit_id' end], null) as names
      from old_rows o join new_rows n on n.id = o.id),
    logged as (
      insert into audit_change (actor, table_name, record_id, subject_id, version, names, unit_id)
      select current_setting('hjemmel.actor', true), 'members_membership', id, subject_id, version, names,
        unit_id from pairs where cardinality(names) > 0)
    select exists (select from pairs where touched & ~coalesce(kernel.change_mask(subject_id, id),
      kernel.bits(variadic '{}')) <> kernel.bits(variadic '{}')) $q$
  into bad;
  if bad then raise exception 'your duties do not let you change this'
    using errcode = 'insufficient_privilege'; end if;
  return null;
end $b$;

do $$
declare f text;
begin
  foreach f in array array['put_entering()', 'check_entering()', 'entering(bigint)', 'sees(bigint)',
    'sees_record(bigint, bigint)',
      'may_record(text, bigint, bigint)', 'change_mask(bigint, bigint)', 'guard_membership()'] loop
    execute format('alter function kernel.%s owner to hjemmel_kernel', f);
  end loop;
end $$;
create trigger entering after insert on subjects_subject referencing new table as new_rows
  for each statement execute function kernel.put_entering();
create constraint trigger entered after insert on access_entering deferrable initially deferred
  for each row execute function kernel.check_entering();
-- its name sorts before ground_update (triggers fire by name), so that the mask is what it was before the change
create trigger a_guard_update after update on members_membership
  referencing old table as old_rows new table as new_rows
  for each statement when (current_user = 'hjemmel_app') execute function kernel.guard_membership();

grant select (id, version), insert, update (number, type, joined_on, left_on, unit_id, version)
  on public.members_membership to hjemmel_app;
grant select (id), insert on public.subjects_subject to hjemmel_app;
grant insert on public.people_person to hjemmel_app;
create policy app_select on public.members_membership for select to hjemmel_app
  using (kernel.sees_record(subject_id, id));
create policy app_insert on public.members_membership for insert to hjemmel_app
  with check (kernel.may_record('membership', unit_id, subject_id));
create policy app_update on public.members_membership for update to hjemmel_app
  using (kernel.sees_record(subject_id, id)) with check (kernel.may_record('membership', unit_id, subject_id));
create policy app_select on public.subjects_subject for select to hjemmel_app using (kernel.sees(id));
create policy app_insert on public.subjects_subject for insert to hjemmel_app with check (kernel.actor() is not null);
create policy app_insert on public.people_person for insert to hjemmel_app with check (kernel.entering(id));
