-- The definition of the ledger: what each record type yields. One template per record type; the view is their union,
-- the trigger (triggers.sql) takes the same SELECT over the new rows. Which event a clause counts from is data.
create function kernel.today() returns date language sql stable
return coalesce(nullif(current_setting('hjemmel.today', true), '')::date, (now() at time zone 'Europe/Oslo')::date);

-- When storage stops. Each costly argument stands once in the body, else the planner will not inline the call.
create function kernel.due(event date, count_from text, period interval) returns date language sql immutable
return (date_trunc(case count_from when 'year_end' then 'year' else 'day' end, event::timestamp)
  + case count_from when 'year_end' then interval '1 year' else interval '0' end + period)::date;

create function kernel.root() returns bigint language sql stable return (select id from units_unit
  where parent_id is null);

create table bench_source (record text primary key, relation text not null, body text not null);
insert into bench_source values
('contact', 'people_contact', $$
select r.id as record_id, r.subject_id, r.unit_id, c.id as clause_id, r.since, r.ended_on as ended,
  kernel.due(case c.event when 'contact.reviewed' then r.reviewed_on when 'contact.since' then r.since
    when 'contact.ended' then r.ended_on end, c.count_from, c.period) as until
from {rows} r cross join grounds_clause c where c.record = 'contact' and c.status <> 'old'$$),
('membership', 'members_membership', $$
select r.id as record_id, r.subject_id, r.unit_id, c.id as clause_id, r.joined_on as since, r.left_on as ended,
  kernel.due(case c.event when 'membership.ended' then r.left_on when 'membership.joined' then r.joined_on end,
    c.count_from, c.period) as until
from {rows} r cross join grounds_clause c where c.record = 'membership' and c.status <> 'old'$$),
('tenure', 'units_tenure', $$
select r.id as record_id, r.subject_id, r.unit_id, c.id as clause_id, r.starts_on as since, r.ends_on + 1 as ended,
  kernel.due(case c.event when 'tenure.ended' then r.ends_on + 1 when 'tenure.started' then r.starts_on end,
    c.count_from, c.period) as until
from {rows} r cross join grounds_clause c where c.record = 'tenure' and c.status <> 'old'$$),
('consent', 'consent_consent', $$
select r.id as record_id, r.subject_id, (select kernel.root()) as unit_id, c.id as clause_id, r.given_on as
  since, r.withdrawn_on as ended,
  kernel.due(case c.event when 'consent.withdrawn' then r.withdrawn_on when 'consent.given' then r.given_on end,
    c.count_from, c.period) as until
from {rows} r cross join grounds_clause c where c.record = 'consent' and c.status <> 'old'$$),
('account', 'access_account', $$
select r.id as record_id, r.subject_id, (select kernel.root()) as unit_id, c.id as clause_id, r.created_on as
  since, null::date as ended,
  kernel.due(case c.event when 'account.last_login' then coalesce(r.last_login_on, r.created_on)
    when 'account.created' then r.created_on end, c.count_from, c.period) as until
from {rows} r cross join grounds_clause c where c.record = 'account' and c.status <> 'old'
  and case c.condition when 'account.used' then r.last_login_on is not null
    when 'account.unused' then r.last_login_on is null else c.condition is null end$$),
('import_row', 'imports_row', $$
select r.id as record_id, r.subject_id, e.unit_id, c.id as clause_id, e.received_on as since, null::date as ended,
  kernel.due(case c.event when 'import.received' then e.received_on end, c.count_from, c.period) as until
from {rows} r join imports_run e on e.id = r.run_id cross join grounds_clause c
where c.record = 'import_row' and c.status <> 'old'$$);

do $$
begin
  execute 'create view grounds_fresh as ' ||
    (select string_agg(replace(body, '{rows}', relation), E'\nunion all\n' order by record) from bench_source);
end $$;
alter view grounds_fresh owner to hjemmel_kernel;
grant select on grounds_fresh to hjemmel_keeper;
