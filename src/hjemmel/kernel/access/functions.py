"""SQL functions of access: who acts, what she sees, what she may do. All are definer functions of the
kernel role, so that the app needs no right on what they read.
"""

from hjemmel.kernel.access import masks
from hjemmel.kernel.catalog.models import Datum

# Where someone lives and how to reach her: hidden for the shielded (kode 6/7).
LOCATING = (
    "person.postal_address",
    "person.email",
    "person.phone",
    "person.municipality",
    "person.employer",
    "office.held",
    "membership.unit",
    "consent.choice",  # names the address that the consent is for
)

# The grounds that hold something today.
HELD = """public.grounds_ground g join public.grounds_clause c on c.id = g.clause_id
 where c.status = 'live' and (g.until is null or g.until > (select kernel.today())) and"""

HEAD = "language sql stable security definer set search_path = pg_catalog as"
ACTOR = "nullif(current_setting('hjemmel.actor', true), '')"


def bits(positions: dict[str, int], data: set[str] | frozenset[str] | tuple[str, ...]) -> str:
    """`data` as a bit string of the width that every bit set has."""
    marks = ["0"] * Datum.WIDTH
    for name in data:
        marks[positions[name]] = "1"
    return "".join(marks)


def statements(positions: dict[str, int]) -> list[str]:
    """The functions, safe to run again."""
    locating = bits(positions, tuple(d for d in LOCATING if d in positions))
    change = masks.duties("$1", change=True)
    return [
        f"create or replace function kernel.officer() returns bigint {HEAD} $$"
        f" select case when a like 'officer:%' then substr(a, 9)::bigint end from (select {ACTOR} a) x $$",
        f"create or replace function kernel.self() returns bigint {HEAD} $$"
        f" select case when a like 'self:%' then substr(a, 6)::bigint end from (select {ACTOR} a) x $$",
        f"create or replace function kernel.purposes() returns text[] {HEAD} $$"
        " select string_to_array(nullif(current_setting('hjemmel.purpose', true), ''), ',') $$",
        f"create or replace function kernel.locating() returns bit(256) {HEAD} $$ select B'{locating}' $$",
        f"create or replace function kernel.bit(datum text) returns bit(256) {HEAD} $$"
        f" select set_bit({masks.NONE}, position, 1) from public.catalog_datum where name = $1 $$",
        f"create or replace function kernel.held(subject bigint) returns bit(256) {HEAD} $$"
        f" select bit_or(c.bits) from {HELD} g.subject_id = $1 $$",
        "create or replace function kernel.position(datum text) returns int"
        f" {HEAD} $$ select position from public.catalog_datum where name = $1 $$",
        f"create or replace function kernel.mask(subject bigint) returns bit(256) {HEAD} $$"
        f" {masks.mask('$1')} $$",
        f"create or replace function kernel.change_mask(subject bigint) returns bit(256) {HEAD} $$"
        f" select bit_or(b.bits) from ({change}) b $$",
        _record_mask(change=False),
        _record_mask(change=True),
        _may_record(),
        _may_tie(),
        _may_appoint(),
        _sees(),
        _exports(),
        f"create or replace function kernel.has_duty() returns boolean {HEAD} $$"
        f" select exists (select from public.access_duty d where {masks.in_force()}) $$",
    ]


def _sees() -> str:
    """May the actor know that the subject is there? The test of every policy on a bare id."""
    return (
        f"create or replace function kernel.sees(subject bigint) returns boolean {HEAD} $$"
        " select kernel.entering($1) or kernel.mask($1) is not null $$"
    )


def _record_mask(*, change: bool) -> str:
    this = "and g.record_id = $3 and d.record = $1"
    name = "record_change_mask" if change else "record_mask"
    if change:
        body = f"select bit_or(b.bits) from ({masks.duties('$2', change=True, record=this)}) b"
    else:
        body = masks.mask("$2", record=this, own_record="and g.record_id = $3 and c.record = $1")
    return (
        f"create or replace function kernel.{name}(record text, subject bigint, id bigint)"
        f" returns bit(256) {HEAD} $$ {body} $$"
    )


def _may_record() -> str:
    """May the actor tie this subject to this unit by a record of this kind? A duty to change such records
    there, and a subject she sees already or is entering now: nobody grants herself sight of a stranger.
    """
    return f"""
create or replace function kernel.may_record(record text, subject bigint, unit bigint) returns boolean
{HEAD} $$
  select kernel.sees($2) and exists (
    select from public.access_duty d join public.units_unit u on u.id = coalesce($3, kernel.root_unit())
     where d.record = $1 and d.change_bits <> {masks.NONE}
       and {masks.at()} and {masks.in_force()})
$$"""


def _may_tie() -> str:
    """May the actor tie her by a new record? Besides all that, the tie must not open what is stored already:
    it may show no datum that the actor, by some duty of hers whatever its purpose, does not see before.
    """
    now = masks.duties("$2", any_purpose=True)
    return f"""
create or replace function kernel.may_tie(record text, subject bigint, unit bigint) returns boolean
{HEAD} $$
  select kernel.may_record($1, $2, $3) and (kernel.entering($2) or (
    select coalesce(bit_or({masks.shown()}), {masks.NONE})
      from public.access_duty d join public.units_unit u on u.id = coalesce($3, kernel.root_unit())
      join public.subjects_subject s on s.id = $2
     where d.record = $1 and {masks.at()} and {masks.in_force()})
    & coalesce(kernel.held($2), {masks.NONE})
    & ~(select coalesce(bit_or(b.bits), {masks.NONE}) from ({now}) b) = {masks.NONE})
$$"""


def _may_appoint() -> str:
    """May the actor let somebody hold this office there? Only where it is held at such units, and where her
    own duties cover all of its, purpose by purpose.
    """
    return f"""
create or replace function kernel.may_appoint(office text, unit bigint) returns boolean
{HEAD} $$
  select exists (select from public.access_officeduty o join public.units_unit u on u.kind = any(o.at)
                  where o.office = $1 and u.id = $2) and not exists (
    select from public.access_officeduty o join public.grounds_clause c on c.id = o.clause_id
     cross join lateral unnest(o.purposes) as p(purpose)
     where o.office = $1 and c.status = 'live' and not exists (
       select from public.access_duty d join public.units_unit u on u.id = $2
        where d.clause_id = o.clause_id and {masks.in_force(any_purpose=True)}
          and d.unit_id = any(u.ancestors) and (d.unit_id = u.id and (d.below or not o.below) or d.below)
          and (o.bits & ~d.bits) = {masks.NONE} and (o.change_bits & ~d.change_bits) = {masks.NONE}
          and (d.sees_ended or not o.sees_ended) and (d.may_export or not o.may_export)
          and (d.may_shielded or not o.may_shielded) and (d.may_restricted or not o.may_restricted)
          and p.purpose = any(d.purposes)))
$$"""


def _exports() -> str:
    """May the actor take anything out of the register from this activity, by some duty of hers?"""
    return f"""
create or replace function kernel.exports(activity text) returns boolean {HEAD} $$
  select exists (
    select from public.access_duty d join public.grounds_clause c on c.id = d.clause_id
     where c.activity = $1 and d.may_export and {masks.in_force(any_purpose=True)})
$$"""
