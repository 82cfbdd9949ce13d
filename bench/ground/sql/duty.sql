-- Duties: what each current leader may see through which clause, materialised from tenures and declared duties.
-- The bits are already AND-ed with the clause's, so reading never touches the table of clauses.
insert into access_duty (actor, tenure_id, clause_id, unit_id, bits, may_change, may_export, sees_ended,
  purposes, from_on, to_on)
select t.subject_id, t.id, c.id, t.unit_id, c.bits & kernel.bits(1,2,3,6,7,8,12,13,14,15,16,17,18,25,26), true,
  false, false,
       '{membership/administration}', t.starts_on, t.ends_on
from units_tenure t join grounds_clause c on c.record in ('contact', 'membership', 'tenure')
where t.office = 'leader' or (t.office = 'committee' and c.id = 2);

-- A row that shows nothing more than another of the same tenure is left out. With sees_ended false both show only
-- while
-- the relation is open, and a clause counted from its end lives as long: the history clause adds nothing beside the
-- living one, though it would double what lists, counts and masks have to read.
delete from access_duty d using grounds_clause c, access_duty e, grounds_clause k
where c.id = d.clause_id and k.id = e.clause_id and k.record = c.record and k.id <> c.id and e.tenure_id = d.tenure_id
  and e.purposes = d.purposes and not d.sees_ended and k.condition is null
  and (k.event is null or k.event like '%.ended') and (d.bits & ~e.bits) = kernel.bits(variadic '{}')
  and (d.bits <> e.bits or k.id < c.id);
