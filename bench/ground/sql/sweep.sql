-- One batch of the sweep: lock, look again, then remove. Run by the keeper, one sweeper at a time.
-- The queue of rechecks is append-only: with one row per subject and ON CONFLICT DO NOTHING a loss committed
-- while the sweeper held the row would leave no trace.
drop table grounds_recheck;
create table grounds_recheck (id bigint generated always as identity primary key, subject_id bigint not null);
alter table grounds_recheck owner to hjemmel_owner;
grant select, insert, delete on grounds_recheck to hjemmel_kernel, hjemmel_keeper;
create or replace function kernel.put_recheck() returns trigger language plpgsql security definer
  set search_path = public, kernel, pg_temp as $b$
begin
  insert into grounds_recheck (subject_id) select distinct subject_id from old_rows;
  return null;
end $b$;

-- Remove due records of one table: locked first, then judged anew, since a record may have come to life meanwhile.
create function kernel.sweep_records(source regclass, ids bigint[], day date) returns int language plpgsql
set search_path = public, kernel, pg_temp set plan_cache_mode = force_custom_plan as $b$
declare held bigint[]; gone int;
begin
  execute format('select array(select id from %s where id = any ($1) order by id for update skip locked)', source) into held using ids;
  execute format('delete from %s where id = any (array(
      select g.record_id from grounds_ground g where g.record_id = any ($1) group by 1 having
        bool_and(coalesce(g.until <= $2, false))))', source)
    using held, day;
  get diagnostics gone = row_count;
  return gone;
end $b$;

create function kernel.sweep_batch(day date, size int, out looked int, out records int, out persons int)
language plpgsql set search_path = public, kernel, pg_temp set plan_cache_mode = force_custom_plan as $b$
declare ids bigint[]; taken bigint[]; due record; n int;
begin
  records := 0;
  taken := array(select id from grounds_recheck order by id limit size);
  -- FOR UPDATE waits for no one (SKIP LOCKED: no deadlock with an import that holds many) and keeps new records out:
  -- their foreign key wants a share of the same row. What follows is judged after the lock, in new snapshots.
  ids := array(select s.id from subjects_subject s where s.id in (
      select subject_id from grounds_recheck where id = any (taken)
      union
      (select g.subject_id from grounds_ground g where g.until <= day and not g.done order by g.until limit size))
    order by s.id for update skip locked);
  looked := cardinality(ids);
  for due in
    select c.record, array_agg(distinct g.record_id) as record_ids from grounds_ground g join grounds_clause c
      on c.id = g.clause_id
    where g.subject_id = any (ids) and g.until <= day and not g.done group by c.record
  loop
    records := records + kernel.sweep_records((select relation::regclass from bench_source
      where record = due.record), due.record_ids, day);
  end loop;
  -- a clause that has run out while another of the same record goes on
  update grounds_ground set done = true where subject_id = any (ids) and until <= day and not done;
  perform kernel.sweep_data(ids, day);
  delete from subjects_subject s where s.id = any (ids) and not exists (select from grounds_ground g
    where g.subject_id = s.id);
  get diagnostics persons = row_count;
  delete from grounds_recheck r where r.id = any (taken)
    and (r.subject_id = any (ids) or not exists (select from subjects_subject s where s.id = r.subject_id));
  -- those that this very batch put in the queue have been looked at
  delete from grounds_recheck r where r.subject_id = any (ids) and r.xmin = pg_current_xact_id()::xid;
end $b$;

-- What no ground holds any longer goes: columns to NULL, rows of their own away. Generated from the catalog.
create function kernel.sweep_data(ids bigint[], day date) returns void language plpgsql
set search_path = public, kernel, pg_temp set plan_cache_mode = force_custom_plan as $b$
begin
  create temp table if not exists sweeping (subject_id bigint primary key, bits bit(256) not null)
    on commit delete rows;
  truncate sweeping;
  insert into sweeping
    select s, coalesce(bit_or(c.bits) filter (where g.until is null or g.until > day), kernel.bits(variadic '{}'))
    from unnest(ids) s left join grounds_ground g on g.subject_id = s left join grounds_clause c
      on c.id = g.clause_id group by s;
  update people_person p
  set given_name = case when get_bit(h.bits, 1) = 1 then given_name end, middle_name = case
    when get_bit(h.bits, 1) = 1 then middle_name end,
      family_name = case when get_bit(h.bits, 1) = 1 then family_name end, display_name = case
        when get_bit(h.bits, 1) = 1 then display_name end,
      sort_key = case when get_bit(h.bits, 1) = 1 then sort_key end, birth_date = case
        when get_bit(h.bits, 2) = 1 then birth_date end,
      gender = case when get_bit(h.bits, 3) = 1 then gender end, language = case
        when get_bit(h.bits, 4) = 1 then language end,
      employer = case when get_bit(h.bits, 5) = 1 then employer end, municipality = case
        when get_bit(h.bits, 11) = 1 then municipality end
  from sweeping h where h.subject_id = p.id and (
    (get_bit(h.bits, 1) = 0 and num_nonnulls(given_name, middle_name, family_name, display_name, sort_key) > 0)
    or (get_bit(h.bits, 2) = 0 and birth_date is not null) or (get_bit(h.bits, 3) = 0 and gender is not null)
    or (get_bit(h.bits, 4) = 0 and language is not null) or (get_bit(h.bits, 5) = 0 and employer is not null)
    or (get_bit(h.bits, 11) = 0 and municipality is not null));
  delete from people_email e using sweeping h where h.subject_id = e.subject_id and get_bit(h.bits, 7) = 0;
  delete from people_phone t using sweeping h where h.subject_id = t.subject_id and get_bit(h.bits, 8) = 0;
end $b$;
grant select on bench_source to hjemmel_keeper;
