"""Who holds which office, and what the present actor's own offices let her reach."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Case, Q, When
from django.utils.translation import get_language

from hjemmel.declaration import Declaration
from hjemmel.domain.people.queries import persons
from hjemmel.kernel import clock
from hjemmel.kernel.access.actor import current
from hjemmel.kernel.grounds.queries import in_force
from hjemmel.kernel.units.models import Tenure, Unit


@dataclass(frozen=True, slots=True, repr=False)
class Holder:
    """Somebody who holds an office. `ends_on` is the last day."""

    tenure_id: int
    version: int
    subject_id: int
    display_name: str | None
    office: str
    office_title: str
    unit_id: int
    unit_name: str
    starts_on: date | None
    ends_on: date | None
    current: bool


@dataclass(frozen=True, slots=True)
class OwnOffice:
    """An office of the actor's own; `current` says whether she holds it today, `at_top` whether its unit is
    the whole organisation.
    """

    tenure_id: int
    office: str
    office_title: str
    unit_id: int
    unit_name: str
    starts_on: date
    ends_on: date | None
    current: bool
    at_top: bool


@dataclass(frozen=True, slots=True)
class UnitInfo:
    """A unit, what kind it is, and how deep it stands under the unit a list starts from."""

    id: int
    name: str
    kind: str
    kind_title: str
    parent_id: int | None
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Rail:
    """What the actor's duties reach today: offices she holds, their units with those next under them, the
    activities with their titles, and every purpose she may act for.
    """

    offices: tuple[OwnOffice, ...]
    units: tuple[UnitInfo, ...]
    activities: tuple[tuple[str, str], ...]
    purposes: frozenset[str]


def holders(unit_id: int, *, below: bool = False, past: bool = False) -> list[Holder]:
    """Return who holds office at a unit (with `below` under it too), of those the actor sees; with `past`
    also who has held one. Three queries.
    """
    where = Q(unit__ancestors__contains=[unit_id]) if below else Q(unit_id=unit_id)
    found = list(
        Tenure.objects.filter(where).select_related("unit").order_by("unit__name", "-starts_on", "id")
    )
    rows = _holders(found)
    today = clock.today()
    return rows if past else [row for row in rows if row.ends_on is None or row.ends_on >= today]


def held_by(subject_id: int) -> list[Holder]:
    """Return the offices somebody holds or has held, of those the actor sees, the latest first. Three
    queries.
    """
    where = Tenure.objects.filter(subject_id=subject_id).select_related("unit")
    return _holders(list(where.order_by("-starts_on", "id")))


def _holders(found: list[Tenure]) -> list[Holder]:
    named = persons(t.subject_id for t in found)
    declaration, today = in_force(), clock.today()
    return [
        Holder(
            tenure_id=t.pk,
            version=t.version,
            subject_id=t.subject_id,
            display_name=named[t.subject_id].display_name if t.subject_id in named else None,
            office=t.office,
            office_title=office_title(declaration, t.office),
            unit_id=t.unit_id,
            unit_name=t.unit.name,
            starts_on=t.starts_on,
            ends_on=t.ends_on,
            current=_current(t.starts_on, t.ends_on, today),
        )
        for t in found
        if t.office and t.unit_id
    ]


def my_offices() -> list[OwnOffice]:
    """Return the offices that the actor herself holds or has held, the latest first. Two queries."""
    declaration, today = in_force(), clock.today()
    with connection.cursor() as cursor:
        cursor.execute(
            "select t.id, t.office, t.unit_id, u.name, t.starts_on, t.ends_on, u.parent_id is null"
            " from kernel.own_tenures() t join public.units_unit u on u.id = t.unit_id"
            " order by t.starts_on desc, t.id"
        )
        rows = cursor.fetchall()
    return [
        OwnOffice(
            tenure_id=tenure,
            office=office,
            office_title=office_title(declaration, office),
            unit_id=unit_id,
            unit_name=unit_name,
            starts_on=starts_on,
            ends_on=ends_on,
            current=_current(starts_on, ends_on, today),
            at_top=at_top,
        )
        for tenure, office, unit_id, unit_name, starts_on, ends_on, at_top in rows
    ]


def is_responsible(held: Iterable[OwnOffice]) -> bool:
    """Whether one of these offices is responsible for the declaration by the one in force."""
    organisation = in_force().organisation
    responsible = {organisation.answers, organisation.daily, organisation.requests}
    return any(office.current and office.at_top and office.office in responsible for office in held)


def rail() -> Rail:
    """Return what the actor's duties reach today. Five queries."""
    declaration = in_force()
    with connection.cursor() as cursor:
        cursor.execute("select unit_id, activity, purposes from kernel.own_reach()")
        rows = cursor.fetchall()
    reached = {activity for _unit, activity, _purposes in rows}
    lang = _language()
    return Rail(
        offices=tuple(office for office in my_offices() if office.current),
        units=tuple(_tree(declaration, sorted({row[0] for row in rows}))),
        activities=tuple((a.name, a.title.of(lang)) for a in declaration.active if a.name in reached),
        purposes=frozenset(purpose for row in rows for purpose in row[2]),
    )


def unit(unit_id: int) -> UnitInfo | None:
    """Return a unit, or None for an unknown one. Two queries."""
    found = Unit.objects.filter(pk=unit_id).first()
    return _info(in_force(), found) if found is not None else None


def units_under(unit_id: int) -> list[UnitInfo]:
    """Return the units next under a unit, by name. Two queries."""
    declaration = in_force()
    return [_info(declaration, u, 1) for u in Unit.objects.filter(parent_id=unit_id).order_by("name", "id")]


def units_named(text: str, *, limit: int = 10) -> list[UnitInfo]:
    """Return the units whose name has every word of `text`, those that begin so first. Two queries."""
    words = text.split()
    if not words:
        return []
    found = Unit.objects.filter(*(Q(name__icontains=word) for word in words))
    begins = Case(When(name__istartswith=text, then=0), default=1)
    declaration = in_force()
    return [_info(declaration, u) for u in found.order_by(begins, "name", "id")[:limit]]


def is_own(subject_id: int) -> bool:
    """Whether the subject is the officer herself: nobody gives herself an office, or prolongs her own."""
    actor = current()
    return actor is not None and actor.subject_id == subject_id


def appointable(unit_id: int, *, subject_id: int | None = None) -> list[tuple[str, str]]:
    """Return name and title of the offices at such a unit that the actor may appoint to (`subject_id` to, if
    given: herself to none). Three queries.
    """
    found = Unit.objects.filter(pk=unit_id).first()
    if found is None or (subject_id is not None and is_own(subject_id)):
        return []
    declaration, lang = in_force(), _language()
    held = {o.name: o.title.of(lang) for o in declaration.offices if found.kind in o.at}
    with connection.cursor() as cursor:
        cursor.execute(
            "select o from unnest(%s::text[]) o"
            " where kernel.may_appoint(o, %s) and kernel.may_write('tenure', %s) is not null",
            [list(held), unit_id, unit_id],
        )
        may = {row[0] for row in cursor.fetchall()}
    return [(name, title) for name, title in held.items() if name in may]


def office_title(declaration: Declaration, name: str) -> str:
    """The office in words; its name where the declaration no longer has it."""
    try:
        return declaration.office(name).title.of(_language())
    except KeyError:
        return name


def _tree(declaration: Declaration, unit_ids: list[int]) -> list[UnitInfo]:
    """The units, each followed by those next under it; none twice. One query."""
    found = list(Unit.objects.filter(Q(pk__in=unit_ids) | Q(parent_id__in=unit_ids)).order_by("name", "id"))
    own = [u for u in found if u.pk in unit_ids]
    tree: dict[int, UnitInfo] = {}
    for top in sorted(own, key=lambda u: len(u.ancestors)):
        tree.setdefault(top.pk, _info(declaration, top))
        for under in (u for u in found if u.parent_id == top.pk):
            tree.setdefault(under.pk, _info(declaration, under, 1))
    return list(tree.values())


def _info(declaration: Declaration, found: Unit, depth: int = 0) -> UnitInfo:
    try:
        title = declaration.unit_kind(found.kind).title.of(_language())
    except KeyError:
        title = found.kind
    return UnitInfo(found.pk, found.name, found.kind, title, found.parent_id, depth)


def _current(starts_on: date | None, ends_on: date | None, today: date) -> bool:
    return (starts_on is None or starts_on <= today) and (ends_on is None or ends_on >= today)


def _language() -> str:
    return (get_language() or "nb").split("-")[0]
