-- A leader for each chapter and for each region, drawn among grown members there; and some former ones.
create temp table demo_grown on commit drop as
select m.unit_id, u.parent_id as region_id, m.subject_id, greatest(m.joined_on, %(today)s::date - 700) as starts_on,
       hashtextextended(m.subject_id::text, %(seed)s) as draw
  from members_membership m join units_unit u on u.id = m.unit_id join demo d on d.id = m.subject_id
 where m.left_on is null and d.born < %(today)s::date - 19 * 365 and d.kind < 780;
insert into units_tenure (id, version, subject_id, office, unit_id, starts_on, ends_on)
select pg_temp.id('leader', unit_id), 1, subject_id, 'chapter_leader', unit_id, starts_on, null::date
  from (select distinct on (unit_id) * from demo_grown order by unit_id, draw) x
union all
select pg_temp.id('leader', region_id), 1, subject_id, 'region_leader', region_id, starts_on, null::date
  from (select distinct on (region_id) * from demo_grown order by region_id, draw desc) x;
insert into units_tenure (id, version, subject_id, office, unit_id, starts_on, ends_on)
select pg_temp.id('former', d.i), 1, d.id, 'chapter_leader', d.unit_id, %(today)s::date - 2500,
       %(today)s::date - 300 - pg_temp.pick(d.i, 'former', 1500)
  from demo d where d.kind < 780 and d.born < %(today)s::date - 30 * 365 and pg_temp.pick(d.i, 'was leader', 40) = 0;
