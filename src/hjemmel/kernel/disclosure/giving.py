"""The one way out: a function that takes exactly the declared data of exactly those they are declared of,
writes that they were given, with a line of the log for each person, and returns them.
"""

from collections.abc import Iterable, Mapping

from hjemmel.kernel import catalog
from hjemmel.kernel.audit.build import WHO
from hjemmel.kernel.catalog import Handing

GIVE = """
create or replace function kernel.disclose(rule text, unit bigint, one bigint, fresh boolean, hidden boolean)
returns table (disclosure bigint, line bigint, cells text[])
language plpgsql volatile security definer set search_path = pg_catalog as $$
#variable_conflict use_column
declare number bigint; h public.disclosure_channel; why text;
begin
  if not kernel.may_disclose($1, $2, $5) then
    raise exception 'not yours to give' using errcode = 'insufficient_privilege';
  end if;
  select * into h from public.disclosure_channel c where c.rule = $1 order by c.id limit 1;
  why := kernel.disclosure_hindrance(h.recipient_id);
  if why is not null then
    raise exception 'not given' using errcode = 'check_violation', constraint = 'disclosure_' || why;
  end if;
  -- Two at a time would each give those that are new.
  perform pg_advisory_xact_lock(hashtext('hjemmel.disclose'));
  number := nextval('public.disclosure_disclosure_id_seq');
  return query
  with pool as materialized (select * from kernel.disclosure_reach($1, $2, $3, $4)),
  chosen as materialized (
    select p.subject_id, p.record, p.record_id,
           case when p.shielded then p.bits & ~(select kernel.locating()) else p.bits end as bits
      from pool p where not p.restricted and not p.silent and (not p.shielded or $5)),
  rows as materialized (
    select c.subject_id, array[{cells}]::text[] as cells from chosen c{joins}),
  lined as materialized (
    select r.*, row_number() over (order by r.cells collate "C", r.subject_id) as line from rows r),
  head as (
    insert into public.disclosure_disclosure
      (id, at, day, rule, activity, recipient, occasion, basis, data, unit_id, actor, office, persons,
       left_out, delete_by)
    select number, clock_timestamp(), kernel.today(), h.rule, h.activity, h.recipient_id, h.occasion, h.basis,
           array(select n.name from public.catalog_datum n where get_bit((
             select bit_or(x.bits) from public.disclosure_channel x where x.rule = $1), n.position) = 1
             order by n.name),
           $2, kernel.acting(), kernel.acting_office(),
           (select count(distinct l.subject_id) from lined l),
           (select count(distinct p.subject_id) from pool p
             where p.subject_id not in (select l.subject_id from lined l)),
           (select (kernel.today() + p.delete_within)::date from public.disclosure_party p
             where p.name = h.recipient_id)
     where exists (select from lined)),
  logged as (
    insert into public.audit_entry
      (at, actor, purpose, kind, table_name, record_id, subject_id, field, reason)
    select {who}, 'disclosed', 'disclosure_disclosure', number, l.subject_id, h.recipient_id,
           'disclosure:' || min(l.line) from lined l group by l.subject_id)
  select number, l.line, l.cells from lined l order by l.line;
end $$"""


def statements(positions: Mapping[str, int]) -> Iterable[str]:
    """The function, safe to run again. Its columns are those of all data that have a way out, in order."""
    cells, joins = [], []
    for number, handing in enumerate(catalog.handings()):
        columns = [f"({shown.sql})::text as c{place}" for place, shown in enumerate(handing.columns)]
        cells += [f"x{number}.c{place}" for place in range(len(columns))]
        joins.append(_joined(handing, f"x{number}", ", ".join(columns), positions[handing.datum]))
    body = GIVE.replace("{cells}", ", ".join(cells)).replace("{joins}", "".join(joins))
    return [body.replace("{who}", WHO)]


def _joined(handing: Handing, alias: str, columns: str, place: int) -> str:
    table = handing.source
    its_own = f" and c.record = '{table.record}' and r.{table.key} = c.record_id" if table.record else ""
    return f"""
      left join lateral (select {columns} from public.{handing.table} r
        where get_bit(c.bits, {place}) = 1 and r.{table.subject} = c.subject_id{its_own}
          and {handing.where} limit 1) {alias} on true"""
