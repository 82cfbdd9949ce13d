-- Look-ups on masked columns: definer functions that return ids, each demanding the bit of the field searched.
-- Then the masked view `where id = any (ids)`. Two ways in: scope first when the actor reaches few subjects,
-- else name first, probing lazily (a LATERAL … LIMIT 1 is never flattened into a hashed join) and stopping when full.
create function kernel.name_key(name text) returns text language sql immutable
return translate(lower(name), 'æøå', '{|}');

-- The grounds by which the actor reaches a subject now. Plain SQL, not a definer: it is inlined into the definer
-- functions below (and only their owner may call it); the masked views carry the same text.
create function kernel.reached(subject bigint)
returns table (record_id bigint, clause_id int, unit_id bigint, ancestors bigint[], bits bit(256))
  language sql stable as $b$
  with mine as materialized (
    select d.clause_id, d.unit_id, d.bits, d.sees_ended, day.today
    from access_duty d cross join (select kernel.today() as today) day
    where d.actor = kernel.actor() and d.purposes && kernel.purposes()
      and d.from_on <= day.today and (d.to_on is null or d.to_on >= day.today))
  select g.record_id, g.clause_id, g.unit_id, u.ancestors, d.bits
  from grounds_ground g
  join units_unit u on u.id = g.unit_id
  join mine d on d.clause_id = g.clause_id and d.unit_id = any (u.ancestors)
  where g.subject_id = subject and (g.until is null or g.until > d.today)
    and (d.sees_ended or g.ended is null or g.ended > d.today)
$b$;

-- The subjects whose datum `need` the actor sees through a unit at or below `top` (NULL: any unit), with repeats;
-- cut after `cap` + 1 rows: then there were too many, and the list says nothing. (A DISTINCT here would read them
-- all.)
-- Actor and today are variables: called in the WHERE they would run once a row.
create function kernel.scope(need int, top bigint, deep boolean, cap int) returns bigint[]
language plpgsql stable security definer set search_path = public, kernel, pg_temp
set plan_cache_mode = force_custom_plan as $b$
declare me bigint := kernel.actor(); aims text[] := kernel.purposes(); day date := kernel.today();
begin
  return array(
    select g.subject_id
    from access_duty d
    join units_unit u on u.ancestors @> array[d.unit_id]
    join grounds_ground g on g.unit_id = u.id and g.clause_id = d.clause_id
    where d.actor = me and d.purposes && aims and get_bit(d.bits, need) = 1
      and d.from_on <= day and (d.to_on is null or d.to_on >= day)
      and (top is null or u.id = top or (deep and u.ancestors @> array[top]))
      and (g.until is null or g.until > day) and (d.sees_ended or g.ended is null or g.ended > day)
    limit cap + 1);
end $b$;

create function kernel.find_prefix(prefix text, cap int default 25) returns setof bigint
language plpgsql stable security definer set search_path = public, kernel, pg_temp
set plan_cache_mode = force_custom_plan as $b$
declare
  near bigint[] := kernel.scope(1, null, true, 5000);
  sorted text := kernel.name_key(prefix); shown text := lower(prefix); top text := chr(1114111);
begin
  if cardinality(near) <= 5000 then
    return query select p.id from (select * from people_person where id = any (near) offset 0) p
      where (starts_with(p.sort_key, sorted) or starts_with(lower(p.display_name), shown))
      order by p.sort_key, p.id limit cap;
    return;
  end if;
  return query select found.id from (
    (select p.id, p.sort_key from people_person p cross join lateral (
      select 1 from kernel.reached(p.id) r where get_bit(r.bits, 1) = 1 limit 1) seen
    where p.sort_key >= sorted and p.sort_key < sorted || top order by p.sort_key, p.id limit cap)
    union
    (select p.id, p.sort_key from people_person p cross join lateral (
      select 1 from kernel.reached(p.id) r where get_bit(r.bits, 1) = 1 limit 1) seen
    where lower(p.display_name) >= shown and lower(p.display_name) < shown || top
    order by lower(p.display_name), p.id limit cap)) found
  order by found.sort_key, found.id limit cap;
end $b$;

-- Trigrams, likest first. Computing a similarity costs 5-12 us, so the wide way first asks for the very like, and
-- only if too few of them are the actor's for the less like: the answer is the same as with the low threshold at
-- once.
create function kernel.find_misspelt(wanted text, cap int default 25) returns setof bigint
language plpgsql stable security definer set search_path = public, kernel, pg_temp
set plan_cache_mode = force_custom_plan set pg_trgm.similarity_threshold = 0.4 as $b$
declare near bigint[] := kernel.scope(1, null, true, 3000); found bigint[]; bar text;
begin
  if cardinality(near) <= 3000 then
    return query select p.id from (
        select q.id, q.sort_key, similarity(q.display_name, wanted) as score from people_person q
          where q.id = any (near) offset 0) p
      where p.score >= 0.4 order by p.score desc, p.sort_key, p.id limit cap;
    return;
  end if;
  foreach bar in array array['0.55', '0.4'] loop
    perform set_config('pg_trgm.similarity_threshold', bar, true);
    found := array(select p.id from (
        select q.id from people_person q where q.display_name % wanted
        order by similarity(q.display_name, wanted) desc, q.sort_key, q.id offset 0) p
      cross join lateral (select 1 from kernel.reached(p.id) r where get_bit(r.bits, 1) = 1 limit 1) seen
      limit cap);
    exit when cardinality(found) = cap;
  end loop;
  return query select unnest(found);
end $b$;

-- One page of a unit's people by name, after the last one shown; with `deep` the units below it too.
create function kernel.unit_page(unit bigint, deep boolean default false, after_key text default '', after_id
  bigint default 0,
  cap int default 50) returns setof bigint
language plpgsql stable security definer set search_path = public, kernel, pg_temp
set plan_cache_mode = force_custom_plan as $b$
declare near bigint[] := kernel.scope(1, unit, deep, 10000);
begin
  if cardinality(near) <= 10000 then
    -- OFFSET 0: else the planner walks the whole index on sort_key and tests each id against the list
    return query select p.id from (select * from people_person where id = any (near) offset 0) p
      where (p.sort_key, p.id) > (after_key, after_id) order by p.sort_key, p.id limit cap;
    return;
  end if;
  return query select p.id from people_person p cross join lateral (
      select 1 from kernel.reached(p.id) r
      where get_bit(r.bits, 1) = 1 and (r.unit_id = unit or (deep and unit = any (r.ancestors))) limit 1) seen
  where (p.sort_key, p.id) > (after_key, after_id) order by p.sort_key, p.id limit cap;
end $b$;

-- People per unit at or below `top`; a unit at a time, so that no large DISTINCT is sorted or hashed.
create function kernel.unit_counts(top bigint) returns table (unit_id bigint, people bigint)
language plpgsql stable security definer set search_path = public, kernel, pg_temp
set plan_cache_mode = force_custom_plan as $b$
declare me bigint := kernel.actor(); aims text[] := kernel.purposes(); day date := kernel.today();
begin
  return query
    select u.id, n.people from units_unit u cross join lateral (
      select count(distinct g.subject_id) as people
      from grounds_ground g
      join access_duty d on d.clause_id = g.clause_id and d.unit_id = any (u.ancestors)
      where g.unit_id = u.id and d.actor = me and d.purposes && aims and get_bit(d.bits, 1) = 1
        and d.from_on <= day and (d.to_on is null or d.to_on >= day)
        and (g.until is null or g.until > day) and (d.sees_ended or g.ended is null or g.ended > day)) n
    where u.ancestors @> array[top] and n.people > 0;
end $b$;

-- By membership number (the bit must come from that membership's own ground), e-mail or phone.
create function kernel.find_exact(what text, wanted text) returns setof bigint
language plpgsql stable security definer set search_path = public, kernel, pg_temp as $b$
begin
  if what = 'number' then
    return query select distinct m.subject_id from members_membership m cross join lateral (
      select 1 from kernel.reached(m.subject_id) r where r.record_id = m.id and get_bit(r.bits, 14) = 1 limit 1) seen
      where m.number = wanted::bigint;
  elsif what = 'email' then
    return query select distinct e.subject_id from people_email e cross join lateral (
      select 1 from kernel.reached(e.subject_id) r where get_bit(r.bits, 7) = 1 limit 1) seen
      where lower(e.address) = lower(wanted);
  elsif what = 'phone' then
    return query select distinct t.subject_id from people_phone t cross join lateral (
      select 1 from kernel.reached(t.subject_id) r where get_bit(r.bits, 8) = 1 limit 1) seen
      where t.number = wanted;
  end if;
end $b$;

do $$
declare f text;
begin
  foreach f in array array['reached', 'scope', 'find_prefix', 'find_misspelt', 'unit_page', 'unit_counts',
    'find_exact'] loop
    execute format('alter function kernel.%I owner to hjemmel_kernel', f);
    execute format('revoke execute on function kernel.%I from public', f);
    if f not in ('reached', 'scope') then execute format('grant execute on function kernel.%I to hjemmel_app', f); end if;
  end loop;
end $$;
