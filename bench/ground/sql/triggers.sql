-- Triggers that keep the ledger: one text per record table, made from the same template as the view.
-- Rules are rows of grounds_clause, so a changed rule touches no trigger.
do $do$
declare s bench_source; put text; conditional boolean;
begin
  for s in select * from bench_source loop
    conditional := s.body like '%c.condition%';
    put := format($f$
      insert into grounds_ground as g (record_id, subject_id, unit_id, clause_id, since, ended, until)
      select s.record_id, s.subject_id, s.unit_id, s.clause_id, s.since, s.ended, s.until from (%s) s
      on conflict (record_id, clause_id) do update
        set subject_id = excluded.subject_id, unit_id = excluded.unit_id, since = excluded.since,
            ended = excluded.ended, until = excluded.until, done = false
        where (g.subject_id, g.unit_id, g.since, g.ended, g.until)
          is distinct from (excluded.subject_id, excluded.unit_id, excluded.since, excluded.ended,
            excluded.until);$f$,
      replace(s.body, '{rows}', 'new_rows'));
    -- what the SELECT left out: only where a condition can take a clause away from a living record
    if conditional then
      put := put || format($f$
      delete from grounds_ground g using new_rows n where g.record_id = n.id
        and not exists (select from (%s) s where s.clause_id = g.clause_id);$f$,
        replace(s.body, '{rows}', '(select n.*)'));
    end if;
    execute format($f$create function kernel.put_%1$s() returns trigger language plpgsql security definer
      set search_path = public, kernel, pg_temp as $b$ begin %2$s return null; end $b$;
      create function kernel.cut_%1$s() returns trigger language plpgsql security definer
      set search_path = public, kernel, pg_temp as $b$ begin
        delete from grounds_ground where record_id = any (array(select id from old_rows)); return null; end $b$;
      alter function kernel.put_%1$s() owner to hjemmel_kernel;
      alter function kernel.cut_%1$s() owner to hjemmel_kernel;
      create trigger ground_insert after insert on %3$I referencing new table as new_rows
        for each statement execute function kernel.put_%1$s();
      create trigger ground_update after update on %3$I referencing new table as new_rows
        for each statement execute function kernel.put_%1$s();
      create trigger ground_delete after delete on %3$I referencing old table as old_rows
        for each statement execute function kernel.cut_%1$s()$f$, s.record, put, s.relation);
  end loop;
end $do$;

-- An event in another table: the run's date moves its rows' grounds. No join of old and new, so no cached-plan trap.
create function kernel.put_import_run() returns trigger language plpgsql security definer
  set search_path = public, kernel, pg_temp as $b$
begin
  insert into grounds_ground as g (record_id, subject_id, unit_id, clause_id, since, ended, until)
  select r.id, r.subject_id, e.unit_id, c.id, e.received_on, null::date,
         kernel.due(case c.event when 'import.received' then e.received_on end, c.count_from, c.period)
  from new_rows e join imports_row r on r.run_id = e.id
  cross join grounds_clause c where c.record = 'import_row' and c.status <> 'old'
  on conflict (record_id, clause_id) do update
    set unit_id = excluded.unit_id, since = excluded.since, ended = excluded.ended, until = excluded.until, done
      = false
    where (g.unit_id, g.since, g.ended, g.until) is distinct
      from (excluded.unit_id, excluded.since, excluded.ended, excluded.until);
  return null;
end $b$;
alter function kernel.put_import_run() owner to hjemmel_kernel;
create trigger ground_update after update on imports_run referencing new table as new_rows
  for each statement execute function kernel.put_import_run();

-- Whoever loses a ground is looked at again, however it was lost: one trigger on the ledger itself.
create function kernel.put_recheck() returns trigger language plpgsql security definer
  set search_path = public, kernel, pg_temp as $b$
begin
  insert into grounds_recheck select distinct subject_id from old_rows on conflict do nothing;
  return null;
end $b$;
alter function kernel.put_recheck() owner to hjemmel_kernel;
create trigger recheck after delete on grounds_ground referencing old table as old_rows
  for each statement execute function kernel.put_recheck();
