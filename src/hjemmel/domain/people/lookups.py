"""Search in SQL. What is masked has no index, so each look-up is a definer function that returns ids, and
demands of every person found that the actor sees the very datum searched for: else it would tell it.

Two ways in: where the actor reaches few people, those first; else the index first, asking of one person after
the other whether the actor sees her, and stopping when full (measured, docs/decisions). A LATERAL with
LIMIT 1 is never flattened into a join over everybody.
"""

from collections.abc import Iterable, Mapping

from hjemmel.kernel.access import masks

NAME, BORN, EMAIL, PHONE = "person.name", "person.birth_date", "person.email", "person.phone"
ADDRESS = "person.postal_address"

HEAD = """language plpgsql stable security definer
set search_path = pg_catalog set plan_cache_mode = force_custom_plan"""

FEW = 3000  # so many people are looked through one by one; more, and the index goes first
LIKE = 0.4
VERY_LIKE = 0.55

# What the masks say of a duty in force and of a ground that is held and open, over variables of a plpgsql
# function: called in a WHERE, the functions behind them would run once a row.
WHO = "me bigint := kernel.officer(); aims text[] := kernel.purposes(); day date := kernel.today();"
VARIABLES = masks.Asked("me", "aims", "day")
IN_FORCE = masks.in_force(asked=VARIABLES)
REACHED = masks.open_to(asked=VARIABLES)


def sees(subject: str, *places: int, record: str = "") -> str:
    """A join that lets through the rows of whose `subject` the actor sees each datum at `places`."""
    joins = [
        f"cross join lateral (select 1 from ({masks.duties(subject, record=record)}) b"
        f" where get_bit(b.bits, {place}) = 1 limit 1) s{place}"
        for place in places
    ]
    return " ".join(joins)


# An array of the people whose datum at `place` the actor's duties reach, cut at cap + 1.
REACH = f"""
create or replace function kernel.reached(place int, cap int) returns bigint[] {HEAD} as $$
declare {WHO}
begin
  return array(
    select g.subject_id
      from public.access_duty d
      join public.units_unit u on u.ancestors @> array[d.unit_id] and (d.below or u.id = d.unit_id)
      join public.grounds_ground g on g.unit_id = u.id and g.clause_id = d.clause_id
      join public.subjects_subject s on s.id = g.subject_id
     where {IN_FORCE} and not d.implied and get_bit(d.bits, place) = 1 and {REACHED}
     limit cap + 1);
end $$"""


def _name(place: int) -> str:
    """People whose name begins so (in any order of its words), by name."""
    seen = sees("p.id", place)
    return f"""
create or replace function kernel.find_name(sorted text[], folded text, words text[], cap int)
returns setof bigint {HEAD} as $$
declare near bigint[] := kernel.reached({place}, {FEW}); last text := chr(1114111); begins text;
        found bigint[] := '{{}}';
        parts text[] := array(select '%' || w || '%' from unnest(words) w order by length(w) desc);
        starts text[] := array(select '% ' || w || '%' from unnest(words) w);
begin
  if cardinality(near) <= {FEW} then
    return query select p.id from
      (select q.id, q.sort_key, q.search_key from public.people_person q where q.id = any(near) offset 0) p
      where ' ' || p.search_key like all(starts)
         or exists (select from unnest(sorted) x where starts_with(p.sort_key, x))
      order by p.sort_key, p.id limit cap;
    return;
  end if;
  foreach begins in array sorted loop
    found := found || array(select p.id from public.people_person p {seen}
      where p.sort_key >= begins and p.sort_key < begins || last order by p.sort_key, p.id limit cap);
  end loop;
  found := found || array(select p.id from public.people_person p {seen}
    where p.search_key >= folded and p.search_key < folded || last order by p.search_key, p.id limit cap);
  if cardinality(found) < cap and cardinality(words) > 1 then
    found := found || array(select p.id from
      (select q.id from public.people_person q
        where q.search_key like parts[1] and q.search_key like parts[2]  -- no index heeds LIKE ALL
          and ' ' || q.search_key like all(starts) offset 0) p {seen}
      limit cap);
  end if;
  return query select p.id from public.people_person p where p.id = any(found)
    order by p.sort_key, p.id limit cap;
end $$"""


def _likeness(place: int) -> str:
    """People whose name is like what was typed, likest first."""
    return f"""
create or replace function kernel.find_like(folded text, cap int) returns setof bigint
{HEAD} as $$
declare near bigint[] := kernel.reached({place}, {FEW}); found bigint[]; bar text;
begin
  if cardinality(near) <= {FEW} then
    return query select p.id from
      (select q.id, q.sort_key, greatest(public.similarity(q.search_key, folded),
              0.9 * public.word_similarity(folded, q.search_key)) as score
         from public.people_person q where q.id = any(near) offset 0) p
      where p.score >= {LIKE} order by p.score desc, p.sort_key, p.id limit cap;
    return;
  end if;
  foreach bar in array array['{VERY_LIKE}', '{LIKE}'] loop
    perform set_config('pg_trgm.similarity_threshold', bar, true);
    found := array(select p.id from
      (select q.id from public.people_person q where q.search_key operator(public.%) folded
        order by public.similarity(q.search_key, folded) desc, q.sort_key, q.id offset 0) p
      {sees("p.id", place)} limit cap);
    exit when cardinality(found) = cap;
  end loop;
  return query select unnest(found);
end $$"""


def _point(name: str, table: str, column: str, place: int) -> str:
    """People with a contact point that is, or begins, so."""
    return f"""
create or replace function kernel.{name}(wanted text, cap int) returns setof bigint {HEAD} as $$
begin
  return query select x.subject_id from
    (select t.subject_id from public.{table} t {sees("t.subject_id", place)}
      where t.{column} >= wanted and t.{column} < wanted || chr(1114111)
      order by t.{column}, t.subject_id limit cap * 2) x group by x.subject_id limit cap;
end $$"""


# An address as the words that are compared, with a space before and after: folded as names are (å, aa and a
# meet, so do æ, ä and ae, and ø, ö, o and oe). An index stands on it: another folding needs another name.
ADDRESS_WORDS = """
create or replace function kernel.address_words(lines text, postcode text, place text) returns text
language sql immutable parallel safe set search_path = pg_catalog as $$ select
  ' ' || regexp_replace(regexp_replace(regexp_replace(
    translate(replace(replace(lower(coalesce(lines, '') || ' ' || coalesce(postcode, '') || ' '
                                    || coalesce(place, '')), 'æ', 'ae'), 'ä', 'ae'),
              'åáàâãøöóòôõéèêëüúùûíìîïýçčñŋđšŧž', 'aaaaaooooooeeeeuuuuiiiiyccnndstz'),
    'aa+', 'a', 'g'), 'oe+', 'o', 'g'), '[^[:alnum:]]+', ' ', 'g') || ' ' $$
"""
WORDS = "kernel.address_words(a.lines, a.postcode, a.place)"


def address(place: int) -> list[str]:
    """People with an address that has every word typed: those of figures whole, of others the beginning. The
    index leads where many are reached (the longest words named one by one, for no index heeds LIKE ALL); few
    are gone through.
    """
    found = f"""select x.subject_id from (
      select t.subject_id from (select a.subject_id from {{addresses}} a
        where {{led}} {WORDS} like all(parts) offset 0) t {sees("t.subject_id", place)}
      limit cap * 2) x group by x.subject_id limit cap"""
    table = "public.people_postaladdress"
    few = f"(select * from {table} where subject_id = any(near) offset 0)"
    led = " ".join(f"{WORDS} like parts[{n}] and" for n in range(1, 6))
    return [
        ADDRESS_WORDS,
        "create index if not exists people_postaladdress_by_words on public.people_postaladdress"
        " using gin (kernel.address_words(lines, postcode, place) public.gin_trgm_ops)",
        f"""
create or replace function kernel.find_address(typed text, cap int) returns setof bigint {HEAD} as $$
declare words text[] := string_to_array(btrim(kernel.address_words(typed, '', '')), ' '); near bigint[];
        parts text[] := array(select case when w ~ '^[0-9]+$' then '% ' || w || ' %' else '% ' || w || '%' end
                                from unnest(words) w order by length(w) desc);
begin
  parts := parts || array_fill(parts[1], array[4]);
  if cap < 1 or not exists (select from unnest(words) w where length(w) >= 3) then return; end if;
  near := kernel.reached({place}, {FEW});
  if cardinality(near) <= {FEW} then
    return query {found.format(addresses=few, led="")};
  else
    return query {found.format(addresses=table, led=led)};
  end if;
end $$""",
    ]


def _born(place: int) -> str:
    """People born on a day, by name where the actor sees it."""
    return f"""
create or replace function kernel.find_born(day date, cap int) returns setof bigint {HEAD} as $$
begin
  return query select p.id from public.people_person p {sees("p.id", place)} where p.birth_date = day
    order by p.id limit cap;
end $$"""


def _same(name: int, born: int, email: int, phone: int) -> str:
    """People so like the one who is being entered that she may be the same: the name much alike, and the
    birth date, an e-mail address or a phone number the same. Without any of these, the same name.
    """
    return f"""
create or replace function kernel.find_same(folded text, day date, emails text[], phones text[], cap int)
returns setof bigint {HEAD} as $$
declare bare boolean := day is null and cardinality(emails) = 0 and cardinality(phones) = 0;
begin
  return query select p.id from public.people_person p {sees("p.id", name)}
   where public.similarity(p.search_key, folded) >= {LIKE} and p.id in (
     select q.id from public.people_person q {sees("q.id", born)} where q.birth_date = day
     union select e.subject_id from public.people_email e {sees("e.subject_id", email)}
            where e.matching = any(emails)
     union select t.subject_id from public.people_phone t {sees("t.subject_id", phone)}
            where t.number = any(phones)
     union select q.id from public.people_person q where bare and q.search_key = folded)
   order by p.sort_key, p.id limit cap;
end $$"""


# The officer's own reach, where the query speaks of another's duty as `d`.
MINE = (
    "(select from public.access_duty e where e.clause_id = g.clause_id"
    f" and {masks.in_force('e')} and {masks.reaches('e')} and (not s.shielded or e.may_shielded))"
)

# The offices that can see somebody today: never who holds them. She herself is told of all; an officer only
# of those by grounds that the officer reaches too, for the others would tell where else she belongs.
WHO_SEES = f"""
create or replace function kernel.who_sees(subject bigint)
returns table (office text, unit_id bigint, activity text, bits bit(256), change_bits bit(256))
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if not kernel.sees(subject) then return; end if;
  return query
    select t.office::text, t.unit_id, c.activity::text,
           bit_or({masks.shown()}),
           bit_or(d.change_bits)
      from public.grounds_ground g
      join public.grounds_clause c on c.id = g.clause_id and c.status = 'live'
      join public.subjects_subject s on s.id = g.subject_id
      join public.units_unit u on u.id = g.unit_id
      join public.units_tenure t on t.unit_id = any(u.ancestors)
      join public.access_duty d on d.tenure_id = t.id and d.clause_id = g.clause_id
     where g.subject_id = subject and {masks.on_its_day()}
       and {masks.reaches()}
       and (subject = (select kernel.self()) or exists {MINE})
     group by t.office, t.unit_id, c.activity;
end $$"""


# What the actor may write into a record that she makes at a unit: nothing says she may make none.
MAY_WRITE = f"""
create or replace function kernel.may_write(record text, unit bigint) returns bit(256)
language sql stable security definer set search_path = pg_catalog as $$
  select bit_or(d.change_bits) from public.access_duty d join public.units_unit u on u.id = $2
   where d.record = $1 and d.change_bits <> {masks.NONE}
     and {masks.at()} and {masks.in_force()}
$$
"""


def statements(positions: Mapping[str, int]) -> Iterable[str]:
    """The functions, safe to run again."""
    name, born = positions[NAME], positions[BORN]
    email, phone = positions[EMAIL], positions[PHONE]
    return [
        REACH,
        _name(name),
        _likeness(name),
        _point("find_email", "people_email", "matching", email),
        _point("find_phone", "people_phone", "number", phone),
        *address(positions[ADDRESS]),
        _born(born),
        _same(name, born, email, phone),
        WHO_SEES,
        MAY_WRITE,
    ]
