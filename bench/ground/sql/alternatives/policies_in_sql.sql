-- The functions of the policies in SQL instead of plpgsql.
create or replace function kernel.sees(subject bigint) returns boolean language sql stable security definer
  set search_path = public, kernel, pg_temp as
$b$ select exists (select from kernel.reached(subject)) or kernel.entering(subject) $b$;
create or replace function kernel.sees_record(subject bigint, record bigint) returns boolean language sql
  stable security definer
set search_path = public, kernel, pg_temp as
$b$ select exists (select from kernel.reached(subject) r where r.record_id = record) or kernel.entering(subject) $b$;
create or replace function kernel.may_record(what text, unit bigint, subject bigint) returns boolean
  language sql stable security definer
set search_path = public, kernel, pg_temp as $b$
  select exists (select from access_duty d join grounds_clause c on c.id = d.clause_id join units_unit u
    on u.id = unit
    where d.actor = (select kernel.actor()) and d.purposes && (select kernel.purposes()) and d.may_change
      and c.record = what
      and d.unit_id = any (u.ancestors) and d.from_on <= (select kernel.today())
      and (d.to_on is null or d.to_on >= (select kernel.today()))) and kernel.sees(subject) $b$;
