"""Members in SQL: numbers, a unit's list, its counts, and undoing an ending. Definer functions, since what
is masked has no index; each demands of a membership the bit of what it tells, by that membership's grounds.
"""

from collections.abc import Iterable, Mapping

from hjemmel.domain.people import lookups
from hjemmel.domain.people.lookups import HEAD, sees

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

SCOPE = "u.ancestors @> array[unit] and (below or u.id = unit)"

# What each column is sorted by, in which table, and the datum that must be seen for it. Each has an index.
SORTS = {
    "name": ("p", "sort_key", "person.name"),
    "birth_date": ("p", "birth_date", "person.birth_date"),
    "gender": ("p", "gender", "person.gender"),
    "number": ("m", "number", "membership.number"),
    "kind": ("m", "kind", "membership.type"),
    "joined_on": ("m", "joined_on", "membership.dates"),
    "left_on": ("m", "left_on", "membership.dates"),
    "unit": ("u", "name", "membership.unit"),
}

# The actor's duties for memberships.
MINE = f"""
  mine as materialized (
    select distinct d.clause_id, d.unit_id, d.below, d.bits, d.sees_ended, d.may_shielded, d.may_restricted
      from public.access_duty d where {lookups.IN_FORCE} and not d.implied and d.record = 'membership')"""

SPARE = 50  # looked at beyond what a page needs, for some may be hidden

# Memberships in the order of a column that is indexed: whoever walks it reads no more than is asked for.
# %1$s is the column, %2$s the conditions, %3$s the direction.
WALKS = {
    "p": """
select m.id from public.people_person p join public.members_membership m on m.subject_id = p.id
 where p.%1$s is not null and %2$s order by p.%1$s %3$s, p.id %3$s, m.id %3$s offset $4 limit $5""",
    "m": """
select m.id from public.members_membership m
 where m.%1$s is not null and %2$s order by m.%1$s %3$s, m.id %3$s offset $4 limit $5""",
    "u": """
select m.id
  from (select v.id, v.%1$s from public.units_unit v where v.id = any($1) or v.id = any($2)
         order by v.%1$s %3$s, v.id %3$s offset 0) u
 cross join lateral (select n.id from public.members_membership n where n.unit_id = u.id
                      order by n.id %3$s offset 0) k
  join public.members_membership m on m.id = k.id
 where %2$s order by u.%1$s %3$s, u.id %3$s, m.id %3$s offset $4 limit $5""",
}


def _shown(positions: Mapping[str, int]) -> str:
    """Those of `ids`, in their order, that the actor may find in a list, and of which she sees the datum at
    `place` (NULL: any): by the grounds that the memberships themselves make. Their grounds are fetched one by
    one (OFFSET 0): the planner cannot know how few of a national list these are, and hashed the whole ledger.
    """
    shown = "case when s.shielded and not d.may_shielded then d.bits & ~hidden else d.bits end"
    return f"""
create or replace function kernel.members_shown(ids bigint[], place int) returns bigint[] {HEAD} as $$
declare {lookups.WHO} hidden bit(256) := kernel.locating();
begin
  return array(
    with {MINE},
    seen as materialized (
      select g.record_id from unnest(ids) c(id)
       cross join lateral (select x.* from public.grounds_ground x where x.record_id = c.id offset 0) g
       cross join lateral (select v.* from public.units_unit v where v.id = g.unit_id offset 0) u
       cross join lateral (select t.* from public.subjects_subject t where t.id = g.subject_id offset 0) s
        join mine d on d.clause_id = g.clause_id and d.unit_id = any(u.ancestors)
         and (d.below or u.id = d.unit_id)
       where {lookups.REACHED} group by g.record_id
      having bool_or(get_bit({shown}, {positions["membership.unit"]}) = 1)
         and (place is null or bool_or(get_bit({shown}, place) = 1)))
    select c.id from unnest(ids) with ordinality c(id, at)
     where c.id in (select w.record_id from seen w) order by c.at);
end $$"""


def _places(positions: Mapping[str, int]) -> str:
    """The units where some duty lists members, and shows their datum at `place`: of the present members and
    of those who have left. No membership elsewhere can be shown, so none is looked at.
    """
    lists = f"get_bit(d.bits, {positions['membership.unit']}) = 1"
    shows = "get_bit(d.bits, place) = 1"
    return f"""
create or replace function kernel.member_places(unit bigint, below boolean, place int,
  out present bigint[], out past bigint[], out present_known bigint[], out past_known bigint[]) {HEAD} as $$
declare {lookups.WHO}
begin
  with {MINE}
  select coalesce(array_agg(y.id), '{{}}'), coalesce(array_agg(y.id) filter (where y.past), '{{}}'),
         coalesce(array_agg(y.id) filter (where y.known), '{{}}'),
         coalesce(array_agg(y.id) filter (where y.past and y.past_known), '{{}}')
    into present, past, present_known, past_known
    from (
      select u.id, bool_or({lists} and d.sees_ended) as past, bool_or({shows}) as known,
             bool_or({shows} and d.sees_ended) as past_known
        from public.units_unit u join mine d on u.ancestors @> array[d.unit_id]
         and (d.below or u.id = d.unit_id)
       where {SCOPE.replace("below", "member_places.below")} group by u.id having bool_or({lists})) y;
end $$"""


# Which memberships a list of this state may show: those of the units $1 that are open on day $3, those of the
# units $2 that have ended. All units are not named one by one.
LISTED = """
create or replace function kernel.members_listed(wanted text, present bigint[], past bigint[]) returns text
language sql stable security definer set search_path = pg_catalog as $$
  select format('(%s and %s or %s and %s)',
    case when wanted = 'ended' or present = '{}' then 'false'
         else '(m.left_on is null or m.left_on > $3)' end,
    case when cardinality(present) = n then 'true' else 'm.unit_id = any($1)' end,
    case when wanted = 'current' or past = '{}' then 'false' else 'm.left_on <= $3' end,
    case when cardinality(past) = n then 'true' else 'm.unit_id = any($2)' end)
    from (select count(*) as n from public.units_unit) u
$$
"""


def page(positions: Mapping[str, int]) -> str:
    """A page of the members of a unit, in the order of one column.

    Memberships are walked in that order, as many at a time as fill the page, and then it is asked of them
    which the actor sees: nothing is masked or sorted that the page does not need, so the cost follows the
    page and not the list. Only where a duty shows the column's datum is anything walked in its order, and of
    those walked only whoever she sees that very datum of is taken. The others follow, in the order of their
    ids, which say nothing: those whose value is hidden and those who have none, all alike.
    """
    data = " ".join(f"when '{name}' then {positions[datum]}" for name, (_t, _c, datum) in SORTS.items())
    columns = " ".join(f"when '{name}' then '{column}'" for name, (_t, column, _d) in SORTS.items())
    walks = " ".join(f"when '{name}' then $w${WALKS[table]}$w$" for name, (table, _c, _d) in SORTS.items())
    return f"""
create or replace function kernel.unit_page(
  unit bigint, below boolean, wanted_state text, sort text, descending boolean, first int, size int)
returns setof bigint {HEAD} as $$
declare day date := kernel.today(); place int := case sort {data} end; may record; walk text; test text;
        several bigint[]; found bigint[] := '{{}}'; rest bigint[] := '{{}}'; past int := 0; last bigint := -1;
        wanted int := first + size; n int := first + size + {SPARE};
begin
  may := kernel.member_places(unit, below, place);
  test := kernel.members_listed(wanted_state, may.present_known, may.past_known);
  if sort = 'left_on' then  -- the walk has no rows without a date, and its index can begin at the day
    test := replace(test, '(m.left_on is null or m.left_on > $3)', 'm.left_on > $3');
  end if;
  walk := format(case sort {walks} end, case sort {columns} end, test,
                 case when descending then 'desc' else 'asc' end);
  while cardinality(found) < wanted loop
    execute 'select array(' || walk || ')' into several
      using may.present_known, may.past_known, day, past, n;
    found := found || kernel.members_shown(several, place);
    exit when cardinality(several) < n;
    past := past + n;
    n := n * 2;
  end loop;
  wanted := wanted - cardinality(found);
  n := wanted + {SPARE};
  walk := format('select array(select m.id from public.members_membership m where m.id > $4 and %s'
                 ' order by m.id limit $5)', kernel.members_listed(wanted_state, may.present, may.past));
  while cardinality(rest) < wanted loop
    execute walk into several using may.present, may.past, day, last, n;
    rest := rest || array(
      select c.id from unnest(kernel.members_shown(several, null)) with ordinality c(id, nth)
       where c.id <> all(found) order by c.nth);
    exit when cardinality(several) < n;
    last := several[n];
    n := n * 2;
  end loop;
  return query select unnest((found || rest)[first + 1 : first + size]);
end $$"""


# A ground counts where it is held on the day, in the state that is counted; a person who is treated apart,
# where some duty there may see such people.
COUNTED = """(g.until is null or g.until > day)
       and case p.state when 'current' then g.ended is null or g.ended > day else g.ended <= day end"""
MAY_SEE = """(p.shielded or s.shielded is not true) and (p.restricted or s.restricted is not true)
       and (p.both_ or (s.shielded and s.restricted) is not true)"""

FLAGS = """bool_or(l.may_shielded) as shielded, bool_or(l.may_restricted) as restricted,
           bool_or(l.may_shielded and l.may_restricted) as both_"""


def _counts(positions: Mapping[str, int]) -> str:
    """How many members each unit has, at and below one, of those whose unit the actor sees.

    Nearly everywhere one clause tells of all: while a relation lasts, any that runs to its end; of those who
    have left, the one that still holds them. Such units are counted from the index of the ledger alone, and
    the few people who are treated apart are then taken off. Elsewhere memberships are told apart. (OFFSET 0
    begins with the few: the planner cannot know how few.)
    """
    lists = f"get_bit(d.bits, {positions['membership.unit']}) = 1"
    scope = SCOPE.replace("below", "unit_counts.below")
    return f"""
create or replace function kernel.unit_counts(unit bigint, below boolean, wanted_state text)
returns table (unit_id bigint, members bigint) {HEAD} as $$
declare {lookups.WHO}
begin
  return query with {MINE},
  apart as materialized (
    select id, shielded, restricted from public.subjects_subject where shielded or restricted),
  few as materialized (
    select s.shielded, s.restricted, x.unit_id, x.clause_id, x.ended, x.until
      from apart s cross join lateral (
        select g.* from public.grounds_ground g where g.subject_id = s.id offset 0) x),
  looks as materialized (
    select w.state, d.clause_id, d.unit_id, d.below, d.may_shielded, d.may_restricted, w.state = 'current'
           and c.condition is null and (c.period is null or c.event = 'membership.ended') as lasting
      from mine d join public.grounds_clause c on c.id = d.clause_id
      join unnest(array['current', 'ended']) w(state) on wanted_state in (w.state, 'all')
     where {lists} and (w.state = 'current' or d.sees_ended and not (
       c.event = 'membership.ended' and c.count_from = 'date' and c.period = interval '0'))),
  heeded as materialized (
    select * from looks a where not exists (
      select from looks b where b.lasting and b.state = a.state and b.unit_id = a.unit_id
         and b.below >= a.below and b.may_shielded >= a.may_shielded and b.may_restricted >= a.may_restricted
         and b.clause_id <> a.clause_id and (not a.lasting or b.clause_id < a.clause_id))),
  places as materialized (
    select l.state, u.id, l.clause_id, {FLAGS},
           count(*) over (partition by l.state, u.id) as clauses
      from heeded l join public.units_unit u on u.ancestors @> array[l.unit_id]
       and (l.below or u.id = l.unit_id)
     where {scope} group by l.state, u.id, l.clause_id)
  select y.id, sum(y.members)::bigint from (
    select p.id, n.members from places p cross join lateral (
      select count(*) as members from public.grounds_ground g
       where g.unit_id = p.id and g.clause_id = p.clause_id and {COUNTED} offset 0) n
     where p.clauses = 1
    union all
    select u.id, -count(*) from few s cross join lateral (select s.ended, s.until) g
     cross join lateral (select v.* from public.units_unit v where v.id = s.unit_id offset 0) u
     cross join lateral (
      select l.state, {FLAGS} from heeded l
       where u.ancestors @> array[l.unit_id] and (l.below or u.id = l.unit_id)
       group by l.state having bool_and(l.clause_id = s.clause_id)) p
     where {scope} and {COUNTED} and not ({MAY_SEE}) group by u.id
    union all
    select p.id, count(distinct g.record_id) from places p cross join lateral (
      select x.* from public.grounds_ground x where x.unit_id = p.id and x.clause_id = p.clause_id offset 0) g
      left join apart s on s.id = g.subject_id
     where p.clauses > 1 and {COUNTED} and {MAY_SEE} group by p.state, p.id) y
   group by y.id having sum(y.members) > 0;
end $$"""


def statements(positions: Mapping[str, int]) -> Iterable[str]:
    """The functions, safe to run again."""
    return [
        *NUMBERS,
        NUMBER.replace("PLACE", str(positions["membership.number"])),
        _find_number(positions["membership.number"]),
        UNDO.replace("PLACE", str(positions["membership.dates"])),
        _shown(positions),
        _places(positions),
        LISTED,
        page(positions),
        _counts(positions),
    ]
