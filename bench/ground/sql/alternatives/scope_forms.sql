-- The tables of the other ways to say "this unit or one below it".
create table units_closure as select id as unit_id, unnest(ancestors) as ancestor_id from units_unit;
alter table units_closure add primary key (unit_id, ancestor_id);
create index on units_closure (ancestor_id) include (unit_id);

alter table access_duty add lo int, add hi int;
update access_duty d set lo = u.position, hi = u.last_position from units_unit u where u.id = d.unit_id;
create index on units_unit (position);

create table access_reach as
select d.actor, d.tenure_id, d.clause_id, u.id as unit_id, d.bits, d.may_change, d.sees_ended, d.purposes, d.from_on, d.to_on,
  d.unit_id as top_id
from access_duty d join units_unit u on d.unit_id = any (u.ancestors);
create index on access_reach (actor, clause_id, unit_id);
grant select on units_closure, access_reach to hjemmel_kernel, hjemmel_reader;
