"""Members in SQL: numbers, a unit's list, its counts, and undoing an ending. Definer functions, since what
is masked has no index; each demands of a membership the bit of what it tells, by that membership's grounds.
"""

from collections.abc import Iterable, Mapping

from hjemmel.domain.people import lookups
from hjemmel.domain.people.lookups import HEAD, sees
from hjemmel.kernel.access import masks

OWN = "and g.record_id = {id} and d.record = 'membership'"

NUMBERS = [
    "create sequence if not exists kernel.member_numbers start 100001",
    "alter sequence kernel.member_numbers owner to hjemmel_kernel",
]

# A number stays with the person through every membership. It is given to whoever may join her somewhere; who
# does not see the number she has gets a new one, since the old would tell of a membership elsewhere.
NUMBER = """
create or replace function kernel.member_number(subject bigint) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog as $$
declare n bigint;
begin
  if not kernel.sees(subject) then
    raise exception 'not yours to number' using errcode = 'insufficient_privilege';
  end if;
  select m.number into n from public.members_membership m
   where m.subject_id = subject and m.number is not null
     and get_bit(kernel.record_mask('membership', m.subject_id, m.id), PLACE) = 1
   order by m.joined_on desc limit 1;
  while n is null loop
    n := nextval('kernel.member_numbers');
    if exists (select from public.members_membership m where m.number = n) then n := null; end if;
  end loop;
  return n;
end $$
"""


def _find_number(place: int) -> str:
    return f"""
create or replace function kernel.find_number(wanted bigint, cap int) returns setof bigint {HEAD} as $$
begin
  return query select distinct m.subject_id from public.members_membership m
    {sees("m.subject_id", place, record=OWN.format(id="m.id"))} where m.number = wanted limit cap;
end $$"""


# Whoever wrote the ending may take it back on the same day, though she no longer sees the one who left;
# whoever may change the dates of those who have left, whenever.
UNDO = """
create or replace function kernel.undo_leaving(membership bigint) returns int
language plpgsql volatile security definer set search_path = pg_catalog as $$
declare m public.members_membership; mine boolean;
begin
  select * into m from public.members_membership where id = membership for update;
  select e.actor = kernel.acting() and e.actor <> 'tenure:none'
         and e.at >= date_trunc('day', clock_timestamp(), 'Europe/Oslo') into mine
    from public.audit_entry e
   where e.subject_id = m.subject_id and e.record_id = m.id and e.table_name = 'members_membership'
     and e.kind = 'changed' and e.field = 'left_on' order by e.id desc limit 1;
  if m.left_on is null or not (coalesce(mine, false) or coalesce(
       get_bit(kernel.record_change_mask('membership', m.subject_id, m.id), PLACE), 0) = 1) then
    raise exception 'not yours to undo' using errcode = 'insufficient_privilege';
  end if;
  update public.members_membership set left_on = null, leaving = null, leaving_reason = null where id = m.id;
  return m.version + 1;
end $$
"""

# A list of so many units, or so many people, is not sorted by name but walked in its order.
MANY_UNITS, MANY = 100, 10000

STATES = """(wanted_state = 'all'
       or wanted_state = 'current' and (m.left_on is null or m.left_on > day)
       or wanted_state = 'ended' and m.left_on <= day)"""

SCOPE = "u.ancestors @> array[unit] and (below or u.id = unit)"

# What each column is sorted by, and the datum that must be seen for it. Hidden values sort last, all alike.
SORTS = {
    "name": ("p.sort_key", "person.name"),
    "birth_date": ("to_char(p.birth_date, 'YYYY-MM-DD')", "person.birth_date"),
    "gender": ("p.gender", "person.gender"),
    "number": ("lpad(m.number::text, 20, '0')", "membership.number"),
    "kind": ("m.kind", "membership.type"),
    "joined_on": ("to_char(m.joined_on, 'YYYY-MM-DD')", "membership.dates"),
    "left_on": ("to_char(m.left_on, 'YYYY-MM-DD')", "membership.dates"),
    "unit": ("u.name", "membership.unit"),
}

# The actor's duties for memberships, and the few people who are treated apart (a partial index finds them).
MINE = f"""
  mine as materialized (
    select distinct d.clause_id, d.unit_id, d.below, d.bits, d.sees_ended, d.may_shielded, d.may_restricted
      from public.access_duty d where {lookups.IN_FORCE} and d.record = 'membership'),
  apart as materialized (
    select id, shielded, restricted from public.subjects_subject where shielded or restricted)"""

FROM_MINE = f"""
      from mine d
      join public.units_unit u on u.id = any(places) and u.ancestors @> array[d.unit_id]
       and (d.below or u.id = d.unit_id)
      join public.grounds_ground g on g.unit_id = u.id and g.clause_id = d.clause_id
      left join apart s on s.id = g.subject_id
     where {lookups.REACHED}"""


def _walk(positions: Mapping[str, int]) -> str:
    """A page of a long list: people in the order of their names, asked one after the other until it is full.
    It leaves out whose name is hidden, so a page that is not full is made anew, by sorting.
    """
    own = masks.duties("m.subject_id", record=OWN.format(id="m.id"))
    return f"""
    select o.id from public.people_person p cross join lateral (
      select m.id from public.members_membership m cross join lateral (
        select x.v from (select bit_or(b.bits) as v from ({own}) b) x
         where get_bit(x.v, {positions["membership.unit"]}) = 1
           and get_bit(x.v, {positions["person.name"]}) = 1 offset 0) w
       where m.subject_id = p.id and m.unit_id = any(places) and {STATES} offset 0) o
     order by p.sort_key, o.id offset first limit size"""


def _sorted(positions: Mapping[str, int]) -> str:
    """A page of a list sorted by what the actor sees: by the grounds of the memberships themselves."""
    values = " ".join(f"when '{name}' then {value}" for name, (value, _datum) in SORTS.items())
    shown = "case when s.shielded and not d.may_shielded then d.bits & ~hidden else d.bits end"
    return f"""
    with {MINE},
    seen as (
      select g.record_id, bool_or(get_bit({shown}, {positions["membership.unit"]}) = 1) as listed,
             bool_or(get_bit({shown}, place) = 1) as known
      {FROM_MINE} group by g.record_id)
    select y.id from (
      select m.id, case when w.known then (case sort {values} end)::text collate "C" end as key
        from seen w join public.members_membership m on m.id = w.record_id
        join public.units_unit u on u.id = m.unit_id join public.people_person p on p.id = m.subject_id
       where w.listed and {STATES}) y
     order by case when not descending then y.key end,
              case when descending then y.key end desc nulls last, y.id
     offset first limit size"""


def _page(positions: Mapping[str, int]) -> str:
    """A page of the members of a unit, in the order of one column."""
    data = " ".join(f"when '{name}' then {positions[datum]}" for name, (_value, datum) in SORTS.items())
    return f"""
create or replace function kernel.unit_page(
  unit bigint, below boolean, wanted_state text, sort text, descending boolean, first int, size int)
returns setof bigint {HEAD} as $$
declare {lookups.WHO} hidden bit(256) := kernel.locating(); walked bigint[] := '{{}}';
        place int := case sort {data} end;
        places bigint[] := array(select u.id from public.units_unit u where {SCOPE});
begin
  if sort = 'name' and not descending and (cardinality(places) > {MANY_UNITS} or (
    select count(*) from (select from public.members_membership m where m.unit_id = any(places)
                           limit {MANY} + 1) x) > {MANY}) then
    walked := array({_walk(positions)});
  end if;
  if cardinality(walked) = size then
    return query select unnest(walked);
    return;
  end if;
  return query {_sorted(positions)};
end $$"""


def _counts(positions: Mapping[str, int]) -> str:
    """How many members each unit has, at and below one, of those whose unit the actor sees; a unit at a
    time, so that no large DISTINCT is sorted or hashed.
    """
    place = positions["membership.unit"]
    return f"""
create or replace function kernel.unit_counts(unit bigint, below boolean, wanted_state text)
returns table (unit_id bigint, members bigint) {HEAD} as $$
declare {lookups.WHO}
begin
  return query with {MINE}
  select u.id, n.members from public.units_unit u cross join lateral (
    select count(distinct g.record_id) as members
      from mine d join public.grounds_ground g on g.clause_id = d.clause_id and g.unit_id = u.id
      left join apart s on s.id = g.subject_id
     where u.ancestors @> array[d.unit_id] and (d.below or u.id = d.unit_id) and {lookups.REACHED}
       and get_bit(d.bits, {place}) = 1 and (s.shielded is not true or d.may_shielded)
       and (wanted_state = 'all' or wanted_state = 'current' and (g.ended is null or g.ended > day)
            or wanted_state = 'ended' and g.ended <= day)) n
   where {SCOPE} and n.members > 0;
end $$"""


def statements(positions: Mapping[str, int]) -> Iterable[str]:
    """The functions, safe to run again."""
    return [
        *NUMBERS,
        NUMBER.replace("PLACE", str(positions["membership.number"])),
        _find_number(positions["membership.number"]),
        UNDO.replace("PLACE", str(positions["membership.dates"])),
        _page(positions),
        _counts(positions),
    ]
