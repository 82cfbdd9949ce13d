"""The one SQL text of sight: which bits of a subject, or of a record, the present actor may see or change.

Every view, policy and look-up is built from these; none says it again in its own words. (The log, which lies
below, finds the tenure that lets somebody act by itself.) The texts speak of a duty `d`, a ground `g`, its
unit `u` and its subject `s`.
"""

from dataclasses import dataclass

from hjemmel.kernel.catalog import Table
from hjemmel.kernel.catalog.models import Datum

NONE = f"B'{'0' * Datum.WIDTH}'"


@dataclass(frozen=True, slots=True)
class Asked:
    """Who acts, for which purposes, on which day, as SQL."""

    actor: str = "(select kernel.officer())"
    purposes: str = "(select kernel.purposes())"
    day: str = "(select kernel.today())"


# Asked once per statement (sub-selects become init plans).
ONCE = Asked()


def on_its_day(duty: str = "d", *, asked: Asked = ONCE) -> str:
    """The test that a duty holds on the day."""
    return f"{duty}.starts_on <= {asked.day} and ({duty}.ends_on is null or {duty}.ends_on >= {asked.day})"


def in_force(duty: str = "d", *, asked: Asked = ONCE, any_purpose: bool = False) -> str:
    """The test that a duty is the actor's, today, for her purpose (or whatever she acts for)."""
    purpose = "" if any_purpose else f" and {duty}.purposes && {asked.purposes}"
    return f"{duty}.actor_id = {asked.actor}{purpose}\n     and {on_its_day(duty, asked=asked)}"


def at(duty: str = "d", unit: str = "u") -> str:
    """The test that a duty reaches a unit."""
    return f"{duty}.unit_id = any({unit}.ancestors) and ({duty}.below or {duty}.unit_id = {unit}.id)"


def open_to(duty: str = "d", *, asked: Asked = ONCE) -> str:
    """The test that a ground is held on the day, and open to the duty."""
    return (
        f"({duty}.sees_ended or g.ended is null or g.ended > {asked.day})"
        f" and (g.until is null or g.until > {asked.day})"
        f" and (s.restricted is not true or {duty}.may_restricted)"
    )


def reaches(duty: str = "d") -> str:
    """The test that a duty reaches a ground."""
    return f"{at(duty)}\n     and {open_to(duty)}"


def shown(bits: str = "bits") -> str:
    """The bits of a duty, less where a shielded person lives."""
    hidden = f"d.{bits} & ~(select kernel.locating())"
    return f"case when s.shielded and not d.may_shielded then {hidden} else d.{bits} end"


def duties(subject: str, *, record: str = "", change: bool = False, any_purpose: bool = False) -> str:
    """The bits that the officer's duties let her see (or change) of `subject` (an SQL expression), a row
    per ground and duty. `record` narrows to the grounds of one record (a condition over `g` and `d`). A duty
    that another implies shows nothing more, and is not asked.
    """
    may = f"and d.change_bits <> {NONE}" if change else "and not d.implied"
    return f"""
  select {shown("change_bits" if change else "bits")} as bits
    from public.grounds_ground g
    join public.subjects_subject s on s.id = g.subject_id
    join public.units_unit u on u.id = g.unit_id
    join public.access_duty d on d.clause_id = g.clause_id
   where g.subject_id = {subject} {record} {may}
     and {in_force(any_purpose=any_purpose)}
     and {reaches()}"""


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
