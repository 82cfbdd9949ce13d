"""Who may give which data away, to whom, now: in SQL. What gives them is in `giving`."""

from collections.abc import Iterable, Mapping

from hjemmel.kernel.access import masks
from hjemmel.kernel.access.functions import HEAD

# The web role acts by duties; without one, only whoever runs the register from its own machine acts.
BY_HAND = (
    "coalesce(nullif(current_setting('role'), 'none'), session_user) <> 'hjemmel_app'"
    " and coalesce(current_setting('hjemmel.actor', true), '') = 'console'"
)

# What stands in the way of giving the recipient anything today; NULL where nothing does. Looking over an
# agreement, or an audit, is signed off as a task, which counts as the declaration's own date does.
HINDRANCE = f"""
create or replace function kernel.disclosure_hindrance(recipient text) returns text {HEAD} $$
  select case
    when p.agreed_on is null and p.statute is null then 'nothing'
    when p.agreed_on > x.today then 'coming'
    when greatest(p.agreed_on, (select max(s."on") from public.retention_signoff s
      where s.task = 'recipient/' || p.name || '/agreement')) + p.review <= x.today then 'agreement'
    when greatest(coalesce(p.audited_on, p.agreed_on), (select max(s."on") from public.retention_signoff s
      where s.task = 'recipient/' || p.name || '/audit')) + p.audit <= x.today then 'audit' end
    from public.disclosure_party p cross join (select kernel.today() as today) x where p.name = $1
$$"""

# Her duties at the unit let her export every datum that the rule gives away, from every clause it takes from.
MAY = f"""
create or replace function kernel.may_disclose(rule text, unit bigint, shielded boolean) returns boolean
{HEAD} $$
  select exists (select from public.disclosure_channel h where h.rule = $1) and (({BY_HAND}) or not exists (
    select from public.disclosure_channel h
      join public.grounds_clause c on c.id = h.clause_id and c.status = 'live'
     where h.rule = $1 and h.bits & ~coalesce((
       select bit_or(d.bits) from public.access_duty d join public.units_unit u on u.id = $2
        where d.clause_id = h.clause_id and d.may_export and (d.may_shielded or not $3)
          and d.below and {masks.at()}
          and {masks.in_force(any_purpose=True)}), {masks.NONE}) <> {masks.NONE}))
$$"""

# Each rule and unit of hers.
DISCLOSING = f"""
create or replace function kernel.disclosing() returns table (rule text, unit_id bigint, shielded boolean)
{HEAD} $$
  select r.rule, w.unit_id, kernel.may_disclose(r.rule, w.unit_id, true)
    from (select distinct h.rule::text from public.disclosure_channel h) r
   cross join (
     select d.unit_id from public.access_duty d
      where d.may_export and d.below and {masks.in_force(any_purpose=True)}
      union select kernel.root_unit() where {BY_HAND}) w
   where kernel.may_disclose(r.rule, w.unit_id, false)
$$"""

SEES = "(kernel.responsible() is not null or kernel.exports({activity}))"

# Whose data the rule takes, row by row of their records, from a unit and all under it: those with a relation
# that lasts. `fresh` leaves out those of whom data went the same way before. What is to be left out for
# another reason is marked, so that it can be counted.
REACH = f"""
create or replace function kernel.disclosure_reach(rule text, unit bigint, one bigint, fresh boolean)
returns table (subject_id bigint, record text, record_id bigint, bits bit(256),
               restricted boolean, shielded boolean, silent boolean) {HEAD} $$
  select g.subject_id, c.record::text, g.record_id, bit_or(h.bits), s.restricted, s.shielded,
         h.consent and not exists (
           select from public.consent_consent y
            where y.subject_id = g.subject_id and y.purpose like h.activity || '/%'
              and y.given_on <= kernel.today()
              and (y.withdrawn_on is null or y.withdrawn_on > kernel.today()))
    from public.disclosure_channel h
    join public.grounds_clause c on c.id = h.clause_id and c.status = 'live'
    join public.grounds_ground g on g.clause_id = c.id
    join public.subjects_subject s on s.id = g.subject_id
    join public.units_unit u on u.id = g.unit_id
   where h.rule = $1 and u.ancestors @> array[$2] and ($3 is null or g.subject_id = $3)
     and (g.ended is null or g.ended > (select kernel.today()))
     and (g.until is null or g.until > (select kernel.today()))
     and not ($4 and exists (
       select from public.audit_entry e join public.disclosure_disclosure d on d.id = e.record_id
        where e.kind = 'disclosed' and e.subject_id = g.subject_id and d.rule = $1))
   group by g.subject_id, c.record, g.record_id, h.consent, h.activity, s.restricted, s.shielded
$$"""

COUNT = f"""
create or replace function kernel.disclosure_count(rule text, unit bigint, one bigint, fresh boolean)
returns table (persons bigint, shielded bigint, restricted bigint, silent bigint) {HEAD} $$
  select count(distinct r.subject_id) filter (where not (r.restricted or r.shielded or r.silent)),
         count(distinct r.subject_id) filter (where r.shielded and not (r.restricted or r.silent)),
         count(distinct r.subject_id) filter (where r.restricted),
         count(distinct r.subject_id) filter (where r.silent and not r.restricted)
    from kernel.disclosure_reach($1, $2, $3, $4) r where kernel.may_disclose($1, $2, false)
$$"""

# To whom, of somebody. The log says of whom, and the disclosure the rest.
OF = f"""
create or replace function kernel.disclosures_of(subject bigint)
returns table (id bigint, at timestamptz, day date, recipient text, activity text, occasion text,
               basis text[], data text[], office text, delete_by date) {HEAD} $$
  select d.id, d.at, d.day, d.recipient::text, d.activity::text, d.occasion::text, d.basis, d.data,
         d.office::text, d.delete_by
    from public.audit_entry e join public.disclosure_disclosure d on d.id = e.record_id
   where e.kind = 'disclosed' and e.subject_id = $1 and kernel.reads_log($1)
   order by d.id desc
$$"""

# The lines of a file whose persons are gone since, and of whom the recipient has not been told.
GONE = f"""
create or replace function kernel.disclosure_gone(disclosure bigint) returns table (line bigint, gone_on date)
{HEAD} $$
  select split_part(e.reason, ':', 2)::bigint, s.gone_on
    from public.disclosure_disclosure d
    join public.audit_entry e on e.kind = 'disclosed' and e.record_id = d.id
    left join public.subjects_subject s on s.id = e.subject_id
   where d.id = $1 and {SEES.format(activity="d.activity")} and (s.id is null or s.gone_on is not null)
     and not exists (select from public.disclosure_told t
                      where t.disclosure_id = d.id and split_part(e.reason, ':', 2)::bigint = any(t.lines))
   order by 1
$$"""

TELL = f"""
create or replace function kernel.disclosure_tell(disclosure bigint) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog as $$
declare told bigint[];
begin
  perform 1 from public.disclosure_disclosure d
    where d.id = $1 and {SEES.format(activity="d.activity")} for update;
  if not found then
    raise exception 'not yours to tell of' using errcode = 'insufficient_privilege';
  end if;
  select coalesce(array_agg(g.line), '{{}}') into told from kernel.disclosure_gone($1) g;
  if cardinality(told) > 0 then
    insert into public.disclosure_told (disclosure_id, day, office, lines)
    values ($1, kernel.today(), kernel.acting_office(), told);
  end if;
  return cardinality(told);
end $$"""

OFFICE = f"""
create or replace function kernel.acting_office() returns text {HEAD} $$
  select t.office::text from public.units_tenure t
   where t.id = coalesce(
     (select min(d.tenure_id) from public.access_duty d
       where d.may_export and {masks.in_force(any_purpose=True)}), kernel.responsible())
$$"""


def statements(positions: Mapping[str, int]) -> Iterable[str]:
    """The functions, safe to run again; and what was given stays written."""
    del positions
    kept = [
        f"create or replace trigger log_kept before update or delete or truncate on public.disclosure_{name}"
        " for each statement execute function kernel.log_kept()"
        for name in ("disclosure", "told")
    ]
    return [HINDRANCE, MAY, DISCLOSING, REACH, COUNT, OF, GONE, TELL, OFFICE, *kept]
