"""Why the register may hold a datum about one person: her grounds, which of them decides, and who sees it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from hjemmel.declaration import Declaration, keep_sentence, vocabulary
from hjemmel.declaration.explain import UnknownDatumError
from hjemmel.declaration.order import Claim, settle
from hjemmel.kernel import clock
from hjemmel.kernel.access import masks
from hjemmel.kernel.grounds.queries import in_force
from hjemmel.kernel.statement.editions import look_up
from hjemmel.kernel.subjects.models import Subject


class NobodyError(LookupError):
    """Raised where there is no such subject."""


@dataclass(frozen=True, slots=True)
class Held:
    """A ground that holds the datum: by which rule of which activity, at which unit, since when; the relation
    `ended`; it is held through the day before `until` (None: no end is known yet).
    """

    rule: str
    activity: str
    title: str
    unit: str
    since: date | None
    ended: date | None
    until: date | None
    sentence: str


@dataclass(frozen=True, slots=True)
class OfPerson:
    """All of it. `until` is the end of the ground that lasts longest, and `decides` its rule, where that is
    known; `seen_by` the offices whose holders see the datum today, with the unit each is held at.
    """

    subject: int
    datum: str
    held: tuple[Held, ...]
    decides: str | None
    until: date | None
    seen_by: tuple[str, ...]


GROUNDS = """
select c.rule, c.activity, u.name, g.since, g.ended, g.until
  from public.grounds_ground g join public.grounds_clause c on c.id = g.clause_id and c.status = 'live'
  join public.units_unit u on u.id = g.unit_id
 where g.subject_id = %(subject)s and get_bit(c.bits, kernel.position(%(datum)s)) = 1
   and (g.until is null or g.until > %(today)s)
 order by c.activity, c.rule, g.since, g.record_id"""

SEEN = f"""
select distinct t.office, h.name
  from public.grounds_ground g
  join public.subjects_subject s on s.id = g.subject_id
  join public.units_unit u on u.id = g.unit_id
  join public.access_duty d on d.clause_id = g.clause_id and {masks.reaches()}
  join public.units_tenure t on t.id = d.tenure_id
  join public.units_unit h on h.id = t.unit_id
 where g.subject_id = %(subject)s and {masks.on_its_day()}
   and get_bit({masks.shown()}, kernel.position(%(datum)s)) = 1
 order by 1, 2"""


def datum_of(subject: int, datum: str, *, lang: str = "nb") -> OfPerson:
    """Return why a datum about a person may be held, and write in the log that this was looked up.

    Runs as the owner. Raises UnknownDatumError, NobodyError, and NothingDeclaredError.
    """
    if datum not in vocabulary().data:
        raise UnknownDatumError(datum)
    if not Subject.objects.filter(pk=subject).exists():
        raise NobodyError
    declaration = in_force()
    values: dict[str, int | str | date] = {"subject": subject, "datum": datum, "today": clock.today()}
    with connection.cursor() as cursor:
        cursor.execute(GROUNDS, values)
        held = tuple(_held(declaration, lang, row) for row in cursor.fetchall())
        cursor.execute(SEEN, values)
        seen = tuple(
            f"{declaration.office(office).title.of(lang)} ({unit})" for office, unit in cursor.fetchall()
        )
    look_up("subjects_subject", subject, datum)
    outcome = settle(Claim("rule", each.rule, each.until) for each in held) if held else None
    return OfPerson(
        subject=subject,
        datum=datum,
        held=held,
        decides=None if outcome is None or outcome.until is None else outcome.wins.name,
        until=None if outcome is None else outcome.until,
        seen_by=seen,
    )


def _held(declaration: Declaration, lang: str, row: tuple[Any, ...]) -> Held:
    rule, activity, unit, since, ended, until = row
    of = declaration.activity(activity)
    keep = next(keep for keep in of.keep if keep.id == rule)
    sentence = keep_sentence(declaration, keep, lang)
    return Held(rule, activity, of.title.of(lang), unit, since, ended, until, sentence)
