-- First fill of the ledger (triggers are made later), then take away what no ground holds, as a sweep would have.
insert into grounds_ground (record_id, subject_id, unit_id, clause_id, since, ended, until, done)
select record_id, subject_id, unit_id, clause_id, since, ended, until, coalesce(until <= kernel.today(), false)
  from grounds_fresh;

create temp table held as
select g.subject_id, bit_or(c.bits) as bits from grounds_ground g join grounds_clause c on c.id = g.clause_id
where g.until is null or g.until > kernel.today() group by 1;
delete from people_email e using held h where h.subject_id = e.subject_id and get_bit(h.bits, 7) = 0;
delete from people_phone e using held h where h.subject_id = e.subject_id and get_bit(h.bits, 8) = 0;
update people_person p
set gender = case when get_bit(h.bits, 3) = 1 then gender end, language = case
  when get_bit(h.bits, 4) = 1 then language end,
    birth_date = case when get_bit(h.bits, 2) = 1 then birth_date end,
    municipality = case when get_bit(h.bits, 11) = 1 then municipality end
from held h where h.subject_id = p.id
  and (h.bits & kernel.bits(2,3,4,11)) <> kernel.bits(2,3,4,11);
