"""Members as the present actor sees them: one person's memberships, and the list of a unit."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import F

from hjemmel.domain.members.lookups import SORTS
from hjemmel.domain.members.models import Membership
from hjemmel.domain.people.models import Person
from hjemmel.domain.people.queries import ids_of, points
from hjemmel.kernel import clock
from hjemmel.kernel.access import sight
from hjemmel.kernel.units.queries import names

PER_PAGE = 50
STATES = ("current", "ended", "all")
_NUMBER = re.compile(r"[0-9]{1,18}")
# What an officer who may join somebody may write at joining, though perhaps not change later.
AT_JOINING = frozenset({"person.birth_date", "person.gender"})


@dataclass(frozen=True, slots=True, repr=False)
class MembershipRow:
    """A membership. A field that is None is empty where its datum is in `seen`, else hidden. `open` says
    whether she is a member today; `left_on` is the first day she is not.
    """

    id: int
    version: int
    unit_id: int | None
    unit_name: str | None
    number: int | None
    kind: str | None
    joined_on: date | None
    joined_organisation_on: date | None
    joined_how: str | None
    left_on: date | None
    leaving: str | None
    leaving_reason: str | None
    recruiter_id: int | None
    earlier: str | None
    open: bool
    seen: frozenset[str]
    changeable: frozenset[str]


@dataclass(frozen=True, slots=True, repr=False)
class MemberRow:
    """A line of a unit's list. None is empty or hidden."""

    person_id: int
    membership_id: int
    display_name: str | None
    birth_date: date | None
    gender: str | None
    number: int | None
    kind: str | None
    joined_on: date | None
    left_on: date | None
    unit_id: int | None
    unit_name: str | None
    email: str
    phone: str
    address: str


def memberships(person_id: int) -> list[MembershipRow]:
    """Return the person's memberships that the actor sees, the latest first. Three queries."""
    order = F("joined_on").desc(nulls_last=True), "id"
    found = list(Membership.objects.filter(subject_id=person_id).order_by(*order))
    units = names(m.unit_id for m in found)
    may = sight.of_records(record="membership", subject_id=person_id, record_ids=[m.pk for m in found])
    return [_row(m, units[m.unit_id], may[m.pk]) for m in found]


def membership(membership_id: int) -> MembershipRow | None:
    """Return one membership, or None where there is none that the actor sees. Three queries."""
    m = Membership.objects.filter(pk=membership_id).first()
    if m is None:
        return None
    may = sight.of_records(record="membership", subject_id=m.subject_id, record_ids=[m.pk])
    return _row(m, names([m.unit_id])[m.unit_id], may[m.pk])


def unit_page(
    unit_id: int,
    *,
    sort: str = "name",
    descending: bool = False,
    page: int = 1,
    below: bool = False,
    state: str = "current",
    size: int = PER_PAGE,
) -> list[MemberRow]:
    """Return one page of a unit's members that the actor sees, with `below` those of the units under it too.
    `sort` is a key of `lookups.SORTS`, `state` current, ended or all. Those whose sorted value is hidden
    come last. Seven queries.
    """
    if sort not in SORTS or state not in STATES:
        message = f"cannot sort by {sort!r} or show {state!r}: {', '.join(SORTS)}; {', '.join(STATES)}"
        raise ValueError(message)
    first = (max(page, 1) - 1) * size
    call = "kernel.unit_page(%s, %s, %s, %s, %s, %s, %s)"
    ids = ids_of(call, unit_id, below, state, sort, descending, first, size)
    return _lines(ids) if ids else []


def unit_count(unit_id: int, *, below: bool = False, state: str = "current") -> int:
    """Return how many members of a unit the actor sees. One query."""
    return sum(_counts(unit_id, below=below, state=state).values())


def unit_counts(unit_id: int, *, state: str = "current") -> dict[int, int]:
    """Return how many members the actor sees of the unit and of each unit under it. One query."""
    return _counts(unit_id, below=True, state=state)


def may_join(unit_id: int) -> frozenset[str]:
    """Return the data that the actor may write when she joins somebody there; none where she may not."""
    with connection.cursor() as cursor:
        cursor.execute(
            "with m as materialized (select kernel.may_write('membership', %s) as bits)"
            " select name from public.catalog_datum, m where get_bit(m.bits, position) = 1",
            [unit_id],
        )
        found = frozenset(row[0] for row in cursor.fetchall())
    return found | AT_JOINING if found else found


def by_number(typed: str, limit: int) -> Iterable[tuple[str, list[int]]]:
    """Find people by member number: a finder for the search."""
    if _NUMBER.fullmatch(typed):
        yield "number", ids_of("kernel.find_number(%s, %s)", int(typed), limit)


def numbered(number: int) -> list[int]:
    """Return the subjects whose membership has that number, as far as the actor sees it. One query."""
    return list(Membership.objects.filter(number=number).values_list("subject_id", flat=True).distinct())


def _counts(unit_id: int, *, below: bool, state: str) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute("select * from kernel.unit_counts(%s, %s, %s)", [unit_id, below, state])
        return dict(cursor.fetchall())


def _row(m: Membership, unit_name: str | None, may: sight.Sight) -> MembershipRow:
    today = clock.today()
    return MembershipRow(
        id=m.pk,
        version=m.version,
        unit_id=m.unit_id,
        unit_name=unit_name,
        number=m.number,
        kind=m.kind,
        joined_on=m.joined_on,
        joined_organisation_on=m.joined_organisation_on,
        joined_how=m.joined_how,
        left_on=m.left_on,
        leaving=m.leaving,
        leaving_reason=m.leaving_reason,
        recruiter_id=m.recruiter_id,
        earlier=m.earlier,
        open=(m.joined_on is None or m.joined_on <= today) and (m.left_on is None or m.left_on > today),
        seen=may.seen,
        changeable=may.changeable,
    )


def _lines(ids: list[int]) -> list[MemberRow]:
    rows = {m.pk: m for m in Membership.objects.filter(pk__in=ids)}
    units = names(m.unit_id for m in rows.values())
    subjects = [m.subject_id for m in rows.values()]
    named = {p.pk: p for p in Person.objects.filter(pk__in=subjects)}
    reached = points(subjects)
    lines = []
    for m in (rows[pk] for pk in ids if pk in rows):
        person, at = named.get(m.subject_id), reached[m.subject_id]
        lines.append(
            MemberRow(
                person_id=m.subject_id,
                membership_id=m.pk,
                display_name=person.display_name if person else None,
                birth_date=person.birth_date if person else None,
                gender=person.gender if person else None,
                number=m.number,
                kind=m.kind,
                joined_on=m.joined_on,
                left_on=m.left_on,
                unit_id=m.unit_id,
                unit_name=units[m.unit_id],
                email=at.emails[0].text if at.emails else "",
                phone=at.phones[0].text if at.phones else "",
                address=at.addresses[0].text if at.addresses else "",
            )
        )
    return lines
