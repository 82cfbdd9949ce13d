"""The one SQL text of sight: which bits of a subject, or of a record, the present actor may see or change.

Every view, policy and look-up is built from these; none says it again in its own words.
"""

from hjemmel.kernel.catalog import Table
from hjemmel.kernel.catalog.models import Datum

NONE = f"B'{'0' * Datum.WIDTH}'"

# The purposes and the day are asked once per statement (sub-selects become init plans).
IN_FORCE = """d.actor_id = (select kernel.officer())
     and d.purposes && (select kernel.purposes())
     and d.starts_on <= (select kernel.today())
     and (d.ends_on is null or d.ends_on >= (select kernel.today()))"""

REACHES = """d.unit_id = any(u.ancestors) and (d.below or d.unit_id = g.unit_id)
     and (d.sees_ended or g.ended is null or g.ended > (select kernel.today()))
     and (g.until is null or g.until > (select kernel.today()))
     and (not s.restricted or d.may_restricted)"""


def duties(subject: str, *, record: str = "", change: bool = False, also: str = "") -> str:
    """The bits that the officer's duties let her see (or change) of `subject` (an SQL expression), a row
    per ground and duty. `record` narrows to the grounds of one record (a condition over `g` and `d`);
    `also` are further columns of theirs.
    """
    bits = "d.change_bits" if change else "d.bits"
    may = f"and d.change_bits <> {NONE}" if change else ""
    shielded = f"{bits} & ~(select kernel.locating())"
    seen = f"case when s.shielded and not d.may_shielded then {shielded} else {bits} end"
    return f"""
  select {seen} as bits{also}
    from public.grounds_ground g
    join public.subjects_subject s on s.id = g.subject_id
    join public.units_unit u on u.id = g.unit_id
    join public.access_duty d on d.clause_id = g.clause_id
   where g.subject_id = {subject} {record} {may}
     and {IN_FORCE}
     and {REACHES}"""


def own(subject: str, *, record: str = "") -> str:
    """The bits a person sees of herself: all that her grounds hold."""
    return f"""
  select c.bits from public.grounds_ground g join public.grounds_clause c on c.id = g.clause_id
   where g.subject_id = {subject} and {subject} = (select kernel.self()) and c.status = 'live' {record}
     and (select kernel.purposes()) is not null
     and (g.until is null or g.until > (select kernel.today()))"""


def mask(subject: str, *, record: str = "", own_record: str = "") -> str:
    """A sub-select with one row and one column `m`: what the actor sees, NULL for nothing."""
    return (
        f"select bit_or(b.bits) as m from ({duties(subject, record=record)}"
        f" union all {own(subject, record=own_record)}) b"
    )


def of_record(table: Table, row: str = "r") -> str:
    """The mask of one row of a record table: only the grounds that this very row makes."""
    this = f"and g.record_id = {row}.{table.key}"
    return mask(
        f"{row}.{table.subject}",
        record=f"{this} and d.record = '{table.record}'",
        own_record=f"{this} and c.record = '{table.record}'",
    )
