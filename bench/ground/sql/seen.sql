-- The masked views: each column an expression over the mask, from a LATERAL over grounds and duties.
-- NOT security_barrier (a join with it computes every mask). Owned by a reader whose policies are USING (true).
create view seen.people_person as
select p.id,
  case when get_bit(v.mask, 1) = 1 then p.given_name end as given_name,
  case when get_bit(v.mask, 1) = 1 then p.middle_name end as middle_name,
  case when get_bit(v.mask, 1) = 1 then p.family_name end as family_name,
  case when get_bit(v.mask, 1) = 1 then p.display_name end as display_name,
  case when get_bit(v.mask, 1) = 1 then p.sort_key end as sort_key,
  case when get_bit(v.mask, 2) = 1 then p.birth_date end as birth_date,
  case when get_bit(v.mask, 3) = 1 then p.gender end as gender,
  case when get_bit(v.mask, 4) = 1 then p.language end as language,
  case when get_bit(v.mask, 5) = 1 then p.employer end as employer,
  case when get_bit(v.mask, 11) = 1 then p.municipality end as municipality,
  p.version, v.mask
from people_person p cross join lateral (
  select bit_or(d.bits) as mask
  from grounds_ground g
  join units_unit u on u.id = g.unit_id
  join access_duty d on d.clause_id = g.clause_id and d.unit_id = any (u.ancestors)
  where g.subject_id = p.id
    and d.actor = (select kernel.actor()) and d.purposes && (select kernel.purposes())
    and d.from_on <= (select kernel.today()) and (d.to_on is null or d.to_on >= (select kernel.today()))
    and (g.until is null or g.until > (select kernel.today()))
    and (d.sees_ended or g.ended is null or g.ended > (select kernel.today()))) v
where v.mask is not null;

-- A record's own row shows by the record's own grounds, not by any ground of its subject.
create view seen.members_membership as
select m.id, m.subject_id, m.unit_id,
  case when get_bit(v.mask, 14) = 1 then m.number end as number,
  case when get_bit(v.mask, 15) = 1 then m.type end as type,
  case when get_bit(v.mask, 17) = 1 then m.joined_on end as joined_on,
  case when get_bit(v.mask, 17) = 1 then m.left_on end as left_on,
  m.version
from members_membership m cross join lateral (
  select bit_or(d.bits) as mask
  from grounds_ground g
  join units_unit u on u.id = g.unit_id
  join access_duty d on d.clause_id = g.clause_id and d.unit_id = any (u.ancestors)
  where g.record_id = m.id
    and d.actor = (select kernel.actor()) and d.purposes && (select kernel.purposes())
    and d.from_on <= (select kernel.today()) and (d.to_on is null or d.to_on >= (select kernel.today()))
    and (g.until is null or g.until > (select kernel.today()))
    and (d.sees_ended or g.ended is null or g.ended > (select kernel.today()))) v
where v.mask is not null;

alter view seen.people_person owner to hjemmel_reader;
alter view seen.members_membership owner to hjemmel_reader;
grant select on seen.people_person, seen.members_membership to hjemmel_app;
