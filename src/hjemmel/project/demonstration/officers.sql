-- A leader for each chapter and region, drawn among grown members of the unit or below it; some former ones too.
insert into units_tenure (id, version, subject_id, office, unit_id, starts_on, ends_on)
select pg_temp.id('leader', x.n), 1, x.subject_id, x.kind || '_leader', x.unit_id, x.starts_on, null
  from (select u.id as unit_id, u.kind, row_number() over (order by u.id) as n, m.subject_id, m.starts_on
          from units_unit u
          cross join lateral (
            select m.subject_id, greatest(m.joined_on, %(today)s::date - 700) as starts_on
              from members_membership m join units_unit mu on mu.id = m.unit_id join demo d on d.id = m.subject_id
             where u.id = any(mu.ancestors) and m.left_on is null and d.born < %(today)s::date - 19 * 365
               and d.kind < 780
             order by hashtextextended(m.subject_id::text, %(seed)s + u.id %% 1000) limit 1) m
         where u.kind in ('chapter', 'region')) x;
insert into units_tenure (id, version, subject_id, office, unit_id, starts_on, ends_on)
select pg_temp.id('former', d.i), 1, d.id, 'chapter_leader', d.unit_id, %(today)s::date - 2500,
       %(today)s::date - 300 - pg_temp.pick(d.i, 'former', 1500)
  from demo d where d.kind < 780 and d.born < %(today)s::date - 30 * 365 and pg_temp.pick(d.i, 'was leader', 40) = 0;
