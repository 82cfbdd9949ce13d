-- The data, set-based and seeded. Settings: bench.persons, bench.counties, bench.chapters (per county).
-- Temporary tables given(rank, name) and family(rank, name) come from names.py.
select setseed(0.42);
set session_replication_role = replica;                          -- made right by construction: no foreign key is asked

create function pg_temp.n_id(kind int, n bigint) returns bigint language sql immutable as
$$ select hashint8extended(n, kind) & 9223372036854775807 $$;

insert into units_unit (id, kind, name, ancestors, opened_on, position)
values (pg_temp.n_id(1, 0), 'national', 'Landet', array[pg_temp.n_id(1, 0)], '1950-01-01', 0);
insert into units_unit (id, kind, name, parent_id, ancestors, opened_on)
select pg_temp.n_id(1, c), 'county', 'Krets ' || c, pg_temp.n_id(1, 0), array[pg_temp.n_id(1, 0), pg_temp.n_id(1,
  c)], '1960-01-01'
from generate_series(1, current_setting('bench.counties')::int) c;
insert into units_unit (id, kind, name, parent_id, ancestors, opened_on)
select pg_temp.n_id(1, c * 1000 + k), 'chapter', 'Lag ' || c || '-' || k, pg_temp.n_id(1, c),
       array[pg_temp.n_id(1, 0), pg_temp.n_id(1, c), pg_temp.n_id(1, c * 1000 + k)], '1970-01-01'
from generate_series(1, current_setting('bench.counties')::int) c,
     generate_series(1, current_setting('bench.chapters')::int) k;
update units_unit u set position = w.p, last_position = w.p + w.below from (
  select a.id, row_number() over (order by a.ancestors) as p,
         (select count(*) - 1 from units_unit b where b.ancestors @> array[a.id]) as below
  from units_unit a) w where w.id = u.id;
create temp table chapter as select row_number() over (order by hashint8(id)) - 1 as n, id from units_unit
  where kind = 'chapter';

create temp table person as
select p as n, pg_temp.n_id(2, p) as id,
       floor(power(random(), 1.5) * (select count(*) from given))::int as g,
       case when random() < 0.2 then floor(power(random(), 1.5) * (select count(*) from given))::int end as m,
       floor(power(random(), 2.0) * (select count(*) from family))::int as f
from generate_series(1, current_setting('bench.persons')::int) p;
insert into subjects_subject (id) select id from person;
insert into people_person
select p.id, g.name, m.name, f.name, concat_ws(' ', g.name, m.name, f.name),
       translate(lower(concat_ws(' ', f.name || ',', g.name, m.name)), 'æøå', '{|}'),
       date '1930-01-01' + (p.n::bigint * 7919 % 32000)::int, case when p.n % 2 = 0 then 'female'
         else 'male' end, 'nb', null, (301 + p.n % 4000)::text, 1
from person p join given g on g.rank = p.g left join given m on m.rank = p.m join family f on f.rank = p.f;
insert into people_email select pg_temp.n_id(3, n), id, 'p' || n || '@example.org' from person where n % 5 < 4;
insert into people_phone select pg_temp.n_id(4, n), id, '+4768' || lpad(n::text, 8, '0') from person
  where n % 20 < 17;

-- nine persons of ten are or were members, 200,000 of a million in two units; 30 % of memberships have ended
create temp table scale as select current_setting('bench.persons')::int as n, date '2026-11-23' as today;
insert into members_membership
select pg_temp.n_id(5, k), pg_temp.n_id(2, case when k <= s.n * 0.9 then k
  else k - (s.n * 0.9)::int end), c.id, 100000 + k, 'ordinary',
       s.today - 4000 + (k * 31 % 2100)::int, case when k % 10 < 3 then s.today - 1 - (k * 17 % 1800)::int end,
         'self', null, null
from scale s, lateral (select generate_series(1, (s.n * 1.1)::int) as k, random() as r) g
join chapter c on c.n = floor(power(g.r, 1.6) * (select count(*) from chapter));
insert into people_contact
select pg_temp.n_id(6, k), pg_temp.n_id(2, s.n - k + 1), c.id, 'enquiry', s.today - (k % 300)::int, null, s.today
  - (k % 300)::int
from scale s, lateral (select generate_series(1, (s.n * 0.2)::int) as k, random() as r) g
join chapter c on c.n = floor(power(g.r, 1.6) * (select count(*) from chapter));
insert into consent_consent
select pg_temp.n_id(8, k), pg_temp.n_id(2, k), 'membership/newsletter', 'email', s.today - 900, case
  when k % 12 = 0 then s.today - (k % 300)::int end
from scale s, lateral generate_series(1, (s.n * 0.35)::int) k;
insert into access_account
select pg_temp.n_id(9, k), pg_temp.n_id(2, k), 'p' || k || '@example.org', s.today - 60, case
  when k % 3 < 2 then s.today - (k % 600)::int end
from scale s, lateral generate_series(1, (s.n * 0.15)::int) k;
insert into imports_run select pg_temp.n_id(10, 1), (select id from units_unit where parent_id is null), '2026-11-01';
insert into imports_row
select pg_temp.n_id(11, k), pg_temp.n_id(10, 1), pg_temp.n_id(2, s.n - k + 1), 'line'
  from scale s, lateral generate_series(1, (s.n * 0.1)::int) k;

-- tenures: a leader in every unit, and enough others to make 5 % of the persons
insert into units_tenure
select pg_temp.n_id(7, k), pg_temp.n_id(2, k), u.id, case when k <= t.units then 'leader' else 'committee' end,
       s.today - 400, case when k > t.units and k % 3 = 0 then s.today - 30 end
from scale s, (select count(*) as units from units_unit) t,
     lateral generate_series(1, greatest((s.n * 0.05)::int, t.units)) k
join (select row_number() over (order by ancestors) as n, id from units_unit) u
  on u.n = 1 + (k - 1) % (select count(*) from units_unit);

create table if not exists bench_actor as
select u.kind, t.subject_id as actor, u.id as unit_id from units_tenure t join units_unit u
  on u.id = t.unit_id where t.office = 'leader';
grant select on bench_actor to public;
reset session_replication_role;
