"""Erasure in SQL: who may ask it for whom, what goes and what stays. Asking ends the grounds that the rules
let end at request, so nobody sees any more what is about to go; the sweep's own text says what that is.
"""

from collections.abc import Iterable, Mapping

from hjemmel.kernel.access import masks
from hjemmel.kernel.access.functions import HEAD as READS
from hjemmel.kernel.retention import due

HEAD = "language plpgsql security definer set search_path = pg_catalog as"
REFUSE = """
  if coalesce(nullif(current_setting('role'), 'none'), session_user) = 'hjemmel_app'
     and kernel.handles_rights(whose) is not true then
    raise exception 'not yours to erase' using errcode = 'insufficient_privilege';
  end if;"""

# Whoever asked sees what is going though her duties reach it no more.
UNREAD = REFUSE.replace(
    "is not true then",
    """is not true
     and not exists (select from public.grounds_asked a join public.erasure_erasure e on e.id = a.request
                      where a.subject_id = whose and e.asked_by = kernel.acting()) then""",
)

# Whoever may see somebody whose processing is restricted is who handles the rights of people.
HANDLES = f"""
create or replace function kernel.handles_rights(whose bigint) returns boolean {READS} $$
  select exists (
    select from public.grounds_ground g
      join public.subjects_subject s on s.id = g.subject_id
      join public.units_unit u on u.id = g.unit_id
      join public.access_duty d on d.clause_id = g.clause_id
     where g.subject_id = $1 and d.may_restricted and d.bits <> {masks.NONE}
       and {masks.in_force()} and {masks.reaches()})
$$"""

ASK = f"""
create or replace function kernel.erasure_ask(whose bigint, request bigint) returns void volatile {HEAD} $$
#variable_conflict use_variable
begin {REFUSE}
  perform from public.subjects_subject s where s.id = whose and s.gone_on is null for no key update;
  if not found then
    raise exception 'nobody is here' using errcode = 'check_violation', constraint = 'subject_is_here';
  end if;
  insert into public.erasure_erasure (id, asked_on, asked_by, state, counts, "left")
  values (request, kernel.today(), kernel.acting(), 'asked', '{{}}', 0);
  insert into public.grounds_asked as a (subject_id, request, asked_on)
  values (whose, request, kernel.today())
  on conflict on constraint grounds_asked_pkey do update
     set request = excluded.request, asked_on = excluded.asked_on;
  insert into public.audit_entry (at, actor, purpose, kind, table_name, record_id, subject_id, reason)
  values (clock_timestamp(), kernel.acting(), coalesce(current_setting('hjemmel.purpose', true), ''),
          'run', 'erasure_erasure', request, whose, 'request:' || request);
end $$"""

# What holds it, when it ends: the grounds that are left.
STAYS = f"""
create or replace function kernel.erasure_stays(whose bigint) returns table (activity text, rule text,
  record text, record_id bigint, ended date, until date, data text[]) stable {HEAD} $$
#variable_conflict use_column
begin {UNREAD}
  return query
    select c.activity::text, c.rule::text, c.record::text, g.record_id, g.ended, g.until,
           array(select d.name::text from public.catalog_datum d where get_bit(c.bits, d.position) = 1
                  order by d.name)
      from public.grounds_ground g
      join public.grounds_clause c on c.id = g.clause_id and c.status = 'live'
     where g.subject_id = whose and (g.until is null or g.until > kernel.today())
     order by c.activity, g.record_id, c.rule;
end $$"""


# Whom an erasure was of is told to nobody. So the list of them, and taking one back, are for those alone who
# handle the rights of all: by the number, and when it was done.
OF_ALL = f"""
  if not exists (select from public.access_duty d
                  where d.may_restricted and d.below and d.unit_id = kernel.root_unit()
                    and {masks.in_force()})
  then
    raise exception 'not yours to see' using errcode = 'insufficient_privilege';
  end if;"""

LISTED = f"""
create or replace function kernel.erasures() returns table (request bigint, asked_on date, office text,
  state text, undo_until date) stable {HEAD} $$
#variable_conflict use_column
begin {OF_ALL}
  return query
    select e.id, e.asked_on, t.office::text, e.state::text,
           (select max(u.ends_on) from public.erasure_undo u
             where u.erasure_id = e.id and u.ends_on > kernel.today())
      from public.erasure_erasure e
      left join public.units_tenure t on 'tenure:' || t.id = e.asked_by
     order by e.asked_on desc, e.id limit 200;
end $$"""

UNDO = f"""
create or replace function kernel.erasure_undo(wanted bigint) returns void volatile {HEAD} $$
begin {OF_ALL}
  update public.erasure_erasure e set state = 'undoing'
   where e.id = wanted and exists (
     select from public.erasure_undo u where u.erasure_id = e.id and u.ends_on > kernel.today());
  if not found then
    raise exception 'too late' using errcode = 'check_violation', constraint = 'erasure_can_be_undone';
  end if;
end $$"""


def statements(positions: Mapping[str, int]) -> Iterable[str]:
    """The functions, safe to run again."""
    return [HANDLES, ASK, STAYS, LISTED, UNDO, _goes(positions)]


def _goes(positions: Mapping[str, int]) -> str:
    """What goes today, and (`held`) what would if no hold kept it."""
    free, kept = (
        f"select {due.COLUMNS} from ({due.items('select whose as id', positions, holds=holds)}) i".replace(
            "%(day)s", "kernel.today()"
        )
        for holds in (False, True)
    )
    return f"""
create or replace function kernel.erasure_goes(whose bigint) returns table (held boolean, happens text,
  table_name text, row_id bigint, subject_id bigint, datum text, rule text, due date) stable {HEAD} $$
#variable_conflict use_column
begin {UNREAD}
  return query
    select false, k.happens::text, k.table_name::text, k.row_id, k.subject_id, k.datum::text, k.rule::text,
           k.due from ({kept}) k
    union all
    select true, k.happens::text, k.table_name::text, k.row_id, k.subject_id, k.datum::text, k.rule::text,
           k.due from ({free} except {kept}) k;
end $$"""
