-- Somebody one day before, on and one day after each deadline, so that any night has something to do. `days` is how
-- far from today the deadline lies; the event is as long ago as the rule says.
-- name: history
insert into members_membership (id, version, subject_id, unit_id, number, kind, joined_on, joined_organisation_on,
  joined_how, left_on, leaving)
select pg_temp.id('membership', i), 1, pg_temp.id('person', i), u.id, 100000 + i, 'ordinary',
       '2001-02-28', '2001-02-28', 'paper', (%(today)s::date + d - interval '5 years')::date, 'left'
  from (values (%(from)s, -1), (%(from)s + 1, 0), (%(from)s + 2, 1), (%(from)s + 3, 2)) as v(i, d)
  join demo_unit u on u.n = 0
-- name: left
insert into members_membership (id, version, subject_id, unit_id, number, kind, joined_on, joined_organisation_on,
  joined_how, left_on, leaving)
select pg_temp.id('membership', i), 1, pg_temp.id('person', i), u.id, 100000 + i, 'ordinary',
       '2019-03-31', '2019-03-31', 'web', %(today)s::date + d, 'left'
  from (values (%(from)s + 4, -1), (%(from)s + 5, 0), (%(from)s + 6, 1)) as v(i, d) join demo_unit u on u.n = 0
-- name: withdrawn
insert into consent_consent (id, version, subject_id, purpose, channel, wording_id, given_on, given_how,
  withdrawn_on, withdrawn_how)
select pg_temp.id('consent', i), 1, pg_temp.id('person', i), 'contact_register/information', 'email', %(wording)s,
       '2020-02-29', 'paper', (%(today)s::date + d - interval '1 year')::date, 'web'
  from (values (%(from)s + 7, -1), (%(from)s + 8, 0), (%(from)s + 9, 1)) as v(i, d)
-- name: tenures
insert into units_tenure (id, version, subject_id, office, unit_id, starts_on, ends_on)
select pg_temp.id('tenure', i), 1, pg_temp.id('person', i), 'chapter_leader', u.id, '2022-01-01',
       %(today)s::date + d
  from (values (%(from)s + 10, -2), (%(from)s + 11, -1), (%(from)s + 12, 0)) as v(i, d) join demo_unit u on u.n = 1
-- name: accounts
insert into access_account (id, password, last_login, username, subject_id, tied_on, created_at, is_active)
select pg_temp.id('account', i), '!', seen, 'demo' || i || '@example.com', pg_temp.id('person', i), null, made, true
  from (select %(from)s + 13 + d as i, null::timestamptz as seen,
               (%(today)s::date + d - 1 - interval '3 months') at time zone 'Europe/Oslo' + interval '9 hours' as made
          from generate_series(0, 2) d
        union all
        select %(from)s + 16 + d, (%(today)s::date + d - 1 - interval '5 years') at time zone 'Europe/Oslo'
               + interval '9 hours', '2015-06-01'
          from generate_series(0, 2) d) a
-- name: runs
insert into imports_run (id, digest, options, by, state, line, received_on, read, added, changed,
  unchanged, queued, rejected)
select pg_temp.id('run', d), 'demo' || d, '{}', 'demo', 'done', 2, %(today)s::date + d - 31, 1, 0, 0, 0, 0, 1
  from generate_series(0, 2) d
-- name: rows
insert into imports_row (id, version, subject_id, run_id, line, state, raw, problems)
select pg_temp.id('row', d), 1, pg_temp.id('person', %(from)s + 19 + d), pg_temp.id('run', d), 2, 'rejected',
       '{Kari Uten Dato,31.02.1980}', '[]'
  from generate_series(0, 2) d
