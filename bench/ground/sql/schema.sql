-- Roles and tables in the shape of the kernel's contract. Personal columns are nullable; ids are random 63-bit.
create extension if not exists pg_trgm;
create schema kernel;
create schema seen;

create table units_unit (
  id bigint primary key, kind text not null, name text not null, parent_id bigint references units_unit,
  ancestors bigint[] not null, opened_on date not null, closed_on date,
  position int, last_position int);                              -- only for the alternative 'ranges'
create table subjects_subject (id bigint primary key, shielded boolean not null default false);
create table people_person (
  id bigint primary key references subjects_subject on delete cascade,
  given_name text, middle_name text, family_name text, display_name text, sort_key text,
  birth_date date, gender text, language text, employer text, municipality text, version int not null default 1);
create table people_email (
  id bigint primary key, subject_id bigint not null references subjects_subject on delete cascade,
  address text, is_primary boolean not null default true, version int not null default 1);
create table people_phone (
  id bigint primary key, subject_id bigint not null references subjects_subject on delete cascade,
  number text, is_primary boolean not null default true, version int not null default 1);
create table people_contact (
  id bigint primary key, subject_id bigint not null references subjects_subject on delete cascade,
  unit_id bigint not null references units_unit, reason text, since date, ended_on date, reviewed_on date,
  version int not null default 1);
create table members_membership (
  id bigint primary key, subject_id bigint not null references subjects_subject on delete cascade,
  unit_id bigint not null references units_unit, number bigint, type text, joined_on date, left_on date,
  joined_how text, leaving text, recruiter_id bigint, version int not null default 1);
create table units_tenure (
  id bigint primary key, subject_id bigint not null references subjects_subject on delete cascade,
  unit_id bigint not null references units_unit, office text, starts_on date, ends_on date, version int not null
    default 1);
create table consent_consent (
  id bigint primary key, subject_id bigint not null references subjects_subject on delete cascade,
  purpose text, channel text, given_on date, withdrawn_on date);
create table access_account (
  id bigint primary key, subject_id bigint not null references subjects_subject on delete cascade,
  username text, created_on date, last_login_on date);
create table imports_run (id bigint primary key, unit_id bigint not null references units_unit, received_on date);
create table imports_row (
  id bigint primary key, run_id bigint not null references imports_run on delete cascade,
  subject_id bigint not null references subjects_subject on delete cascade, line text);

create table grounds_clause (
  id int primary key, activity text not null, record text not null, rule text not null, event text,
  count_from text not null default 'date' check (count_from in ('date', 'year_end')),
  period interval not null default '0', condition text, bits bit(256) not null,
  "then" text not null default 'delete', status text not null default 'live' check (status in ('next', 'live',
    'old')));
create table grounds_ground (
  record_id bigint not null, subject_id bigint not null, unit_id bigint not null,
  clause_id int not null, since date, ended date, until date, done boolean not null default false);
create unlogged table grounds_recheck (subject_id bigint primary key);   -- logged in the 'writes' part's figures too
alter table grounds_recheck set logged;

create table access_duty (
  actor bigint not null, tenure_id bigint not null, clause_id int not null, unit_id bigint not null,
  bits bit(256) not null,                                        -- clause bits AND what the duty may see
  may_change boolean not null default false, may_export boolean not null default false,
  sees_ended boolean not null default false, purposes text[] not null,
  from_on date not null, to_on date);
create table access_entering (subject_id bigint primary key, xact xid8 not null);
create table audit_change (
  id bigint generated always as identity primary key, at timestamptz not null default now(), actor text,
  table_name text not null, record_id bigint not null, subject_id bigint, version int, names text[]);

do $$
declare r text; t text;
begin
  foreach r in array '{hjemmel_owner,hjemmel_kernel,hjemmel_reader,hjemmel_keeper,hjemmel_app}'::text[] loop
    if not exists (select from pg_roles where rolname = r) then execute format('create role %I', r); end if;
    execute format('grant usage on schema public, kernel, seen to %I', r);
  end loop;
  execute format('alter role hjemmel_app login password %L', current_setting('bench.password'));
  execute format('alter role hjemmel_keeper login password %L', current_setting('bench.password'));
  alter role hjemmel_app set search_path = seen, public, kernel;
  alter role hjemmel_keeper set search_path = public, kernel;
  for t in select tablename from pg_tables where schemaname = 'public' loop
    execute format('alter table %I owner to hjemmel_owner', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy everything on %I to hjemmel_owner, hjemmel_kernel, hjemmel_reader, hjemmel_keeper '
                   'using (true) with check (true)', t);
    execute format('grant select on %I to hjemmel_reader', t);
    execute format('grant select, insert, update, delete on %I to hjemmel_kernel, hjemmel_keeper', t);
  end loop;
end $$;
