-- The keep rules written into the trigger of memberships.
create or replace function kernel.put_membership() returns trigger language plpgsql security definer
  set search_path = public, kernel, pg_temp as $b$
begin
  insert into grounds_ground as g (record_id, subject_id, unit_id, clause_id, since, ended, until)
  select n.id, n.subject_id, n.unit_id, 2, n.joined_on, n.left_on, n.left_on from new_rows n
  union all
  select n.id, n.subject_id, n.unit_id, 3, n.joined_on, n.left_on, (date_trunc('year', n.left_on::timestamp) +
    interval '6 years')::date from new_rows n
  on conflict (record_id, clause_id) do update
    set subject_id = excluded.subject_id, unit_id = excluded.unit_id, since = excluded.since, ended =
      excluded.ended, until = excluded.until, done = false
    where (g.subject_id, g.unit_id, g.since, g.ended, g.until)
      is distinct from (excluded.subject_id, excluded.unit_id, excluded.since, excluded.ended, excluded.until);
  return null;
end $b$;
