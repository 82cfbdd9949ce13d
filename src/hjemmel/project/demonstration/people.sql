-- People of a demonstration, in sets. Every value follows from the seed and a number: the same seed, the same
-- people. %(…)s are parameters. `pick` is a repeatable number from 0 to n-1 for person i and question q.
-- name: draw
create temp table demo on commit drop as
with raw as (
  select i, i / 3 as home, pg_temp.pick(i, 'kind', 1000) as kind, pg_temp.pick(i, 'age', 1000) as age
    from generate_series(0, %(persons)s - 1) i
), aged as (
  select *, case
      when i %% 3 = 2 and age < 700 then %(today)s::date - (365 * 4 + pg_temp.pick(i, 'child', 365 * 15))
      when age < 150 then %(today)s::date - (365 * 15 + pg_temp.pick(i, 'youth', 365 * 11))
      when age < 700 then %(today)s::date - (365 * 26 + pg_temp.pick(i, 'adult', 365 * 40))
      else %(today)s::date - (365 * 66 + pg_temp.pick(i, 'old', 365 * 27)) end as born
    from raw
)
select i, home, pg_temp.id('person', i) as id, pg_temp.id('membership', i) as membership_id, kind,
       case when pg_temp.pick(i, 'leap', 60) = 0
            then make_date(1932 + 4 * pg_temp.pick(i, 'leap year', 22), 2, 29) else born end as born,
       pg_temp.pick(i, 'gender', 2) as sex, pg_temp.pick(home, 'family', 1 << 30) as family_draw,
       pg_temp.pick(i, 'given', 1 << 30) as given_draw, pg_temp.pick(i, 'middle', 10) = 0 as has_middle,
       u.id as unit_id,
       pg_temp.pick(home, 'shared', 100) < 40 as shares, pg_temp.pick(home, 'place', 10) as place,
       pg_temp.pick(home, 'street', 10) as street, 1 + pg_temp.pick(home, 'house', 98) as house
  from aged join demo_unit u on u.n = pg_temp.pick(home, 'unit', %(units)s)
-- name: subjects
insert into subjects_subject (id, shielded, restricted)
select id, pg_temp.pick(i, 'shielded', 400) = 0, false from demo
-- name: memberships
-- Nine of ten belong or have belonged; a tenth of those left within the last years. The youngest of a home is
-- enrolled as a child, those under 26 as youth.
insert into members_membership
  (id, version, subject_id, unit_id, number, kind, joined_on, joined_organisation_on, joined_how, left_on, leaving)
select membership_id, 1, id, unit_id, 100000 + i,
       case when born > %(today)s::date - 15 * 365 then 'child' when born > %(today)s::date - 26 * 365 then 'youth'
            when i %% 3 = 1 and kind < 300 then 'household' else 'ordinary' end,
       joined, joined,
       (array['web', 'paper', 'unit_list', 'event', 'office'])[1 + pg_temp.pick(i, 'how', 5)],
       case when kind >= 780 then greatest(joined, %(today)s::date - pg_temp.pick(i, 'left', 5 * 365 - 20)) end,
       case when kind >= 780 then (array['left', 'left', 'struck_off', 'dead'])[1 + pg_temp.pick(i, 'why', 4)] end
  from (select *, greatest(born + 30, %(today)s::date - 40 - pg_temp.pick(i, 'joined', 40 * 365)) as joined
          from demo where kind < 900) d
-- name: contacts
insert into people_contact (id, version, subject_id, unit_id, reason, since, source)
select pg_temp.id('contact', i), 1, id, %(root)s,
       (array['Spurte om leir', 'Vil ha besøk av en taler', 'Utleie av lokaler', 'Samarbeid'])[1 + pg_temp.pick(i, 'asks', 4)],
       %(today)s::date - pg_temp.pick(i, 'since', 600), 'self_email'
  from demo where kind between 900 and 949
-- name: consents
insert into consent_consent (id, version, subject_id, purpose, channel, wording_id, given_on, given_how)
select pg_temp.id('consent', i), 1, id, 'contact_register/information', 'email', %(wording)s,
       %(today)s::date - pg_temp.pick(i, 'given', 1500), 'web'
  from demo where kind between 930 and 999 or kind < 120
-- name: persons
insert into people_person (id, version, given_name, middle_name, family_name, display_name, sort_key, search_key,
  name_source, birth_date, birth_date_source, gender, gender_source, language)
select id, 1, given, middle, family, concat_ws(' ', given, middle, family), sort_key, search_key,
       source, case when full_data then born end, case when full_data then source end,
       case when full_data and kind < 900 then gender end, case when full_data and kind < 900 then source end,
       case when kind < 780 then 'nb' end
  from (select d.*, case d.sex when 0 then 'woman' else 'man' end as gender, kind < 930 as full_data,
               (array['self_web', 'self_paper', 'unit_list', 'other_person'])[1 + pg_temp.pick(i, 'source', 4)] as source,
               g.name as given, f.name as family, case when has_middle then m.name end as middle,
               concat_ws(',', f.sort_key, g.sort_key, case when has_middle then m.sort_key end) as sort_key,
               concat_ws(' ', g.search_key, case when has_middle then m.search_key end, f.search_key) as search_key
          from (select *, case when born < %(today)s::date - 60 * 365 then 0
                               when born < %(today)s::date - 26 * 365 then 1 else 2 end as era from demo) d
          join demo_given g on g.sex = d.sex and g.era = d.era and g.n = d.given_draw %% 20
          join demo_family f on f.n = d.family_draw %% (select count(*) from demo_family)
          join demo_family m on m.n = d.given_draw %% (select count(*) from demo_family)
         where d.kind < 1000 or d.i < %(from)s + 13) x
-- name: emails
-- Four homes of ten share one address, as families do; the youngest have none of their own.
insert into people_email (id, version, subject_id, kind, main, address, matching, source)
select pg_temp.id('email', i), 1, id, 'private', true, address, lower(address), 'self_web'
  from (select d.*, 'p' || case when shares then home else i end || '@example.org' as address from demo d) x
 where (shares or born < %(today)s::date - 12 * 365) and (kind < 780 or kind between 900 and 999)
-- name: phones
insert into people_phone (id, version, subject_id, kind, main, number, source)
select pg_temp.id('phone', i), 1, id, 'private', true, '+476805' || lpad(pg_temp.pick(i, 'phone', 10000)::text, 4, '0'),
       'self_web'
  from demo where born < %(today)s::date - 10 * 365 and (kind < 780 or kind between 900 and 999)
-- name: addresses
insert into people_postaladdress (id, version, subject_id, kind, main, lines, postcode, place, country, source)
select pg_temp.id('address', i), 1, d.id, 'private', true, s.name || ' ' || house, p.postcode, p.place, 'NO', 'self_web'
  from demo d join demo_place p on p.n = d.place join demo_street s on s.n = d.street
 where kind < 1000
