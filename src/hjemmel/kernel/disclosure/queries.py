"""What can be given away, what stands in the way, and what was given."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.utils.translation import gettext_lazy as _

from hjemmel.declaration import Activity, Declaration, Recipient
from hjemmel.declaration import Disclosure as Declared
from hjemmel.kernel.disclosure.models import Channel, Disclosure
from hjemmel.kernel.grounds.queries import in_force

MOST = 50
# What hinders a disclosure, by what the database answers.
HINDRANCES = {
    "nothing": _("Neither an agreement nor a statute lets them have data."),
    "coming": _("The agreement with them has not begun yet."),
    "agreement": _(
        "The agreement with them should have been looked over by now. Look it over and sign it off first."
    ),
    "audit": _("The audit of them should have been done by now. Do it and sign it off first."),
}


@dataclass(frozen=True, slots=True)
class Way:
    """A declared disclosure: from which activity, to whom, which data. `hindrance` says what stands in the
    way today (a key of HINDRANCES), and is empty where nothing does.
    """

    rule: str
    activity: Activity
    recipient: Recipient
    declared: Declared
    data: tuple[str, ...]
    hindrance: str


@dataclass(frozen=True, slots=True)
class Place:
    """A unit from which the actor may give data away. `shielded`: of those with a secret address too."""

    unit_id: int
    shielded: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be given: by which rule, of those at which unit and under it; or of one of them alone, of
    those new since the last time, and of those with a secret address too (without where they live).
    """

    rule: str
    unit_id: int
    subject_id: int | None = None
    fresh: bool = False
    shielded: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """How many persons: those that would be given, and those left out, by reason."""

    persons: int
    shielded: int
    restricted: int
    silent: int


@dataclass(frozen=True, slots=True)
class Given:
    """One time that data were given. `office` did it; None is whoever runs the register. `gone` are the lines
    of persons erased since, of whom the recipient has not been told.
    """

    id: int
    at: datetime
    day: date
    recipient: str
    activity: str
    occasion: str
    basis: tuple[str, ...]
    data: tuple[str, ...]
    office: str | None
    delete_by: date | None
    rule: str = ""
    unit_id: int | None = None
    persons: int = 0
    left_out: int = 0
    gone: tuple[tuple[int, date | None], ...] = ()


def ways(declaration: Declaration | None = None) -> list[Way]:
    """Return every disclosure of the declaration in force that the register carries out. Two queries."""
    found = declaration or in_force()
    with connection.cursor() as cursor:
        cursor.execute(
            "select name, coalesce(kernel.disclosure_hindrance(name), '') from public.disclosure_party"
        )
        hindrances = dict(cursor.fetchall())
    there = set(Channel.objects.values_list("rule", flat=True))
    return [
        Way(
            rule=each.id,
            activity=activity,
            recipient=found.recipient(each.to),
            declared=each,
            data=activity.subset(each.data),
            hindrance=hindrances.get(each.to, "nothing"),
        )
        for activity in found.active
        for each in activity.recipients
        if each.id in there
    ]


def mine() -> dict[str, list[Place]]:
    """Return the rules by which the actor may give data away, each with the units. One query."""
    places: dict[str, list[Place]] = {}
    with connection.cursor() as cursor:
        cursor.execute("select rule, unit_id, shielded from kernel.disclosing() order by 1, 2")
        for rule, unit_id, shielded in cursor.fetchall():
            places.setdefault(rule, []).append(Place(unit_id, shielded))
    return places


def count(choice: Choice) -> Count:
    """Return how many persons a choice is about; nobody where the actor may not give them. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select persons, shielded, restricted, silent from kernel.disclosure_count(%s, %s, %s, %s)",
            [choice.rule, choice.unit_id, choice.subject_id, choice.fresh],
        )
        return Count(*cursor.fetchone())


def given(first: int = 0, many: int = MOST) -> list[Given]:
    """Return what was given, the latest first, of what the actor may know of. One query."""
    rows = Disclosure.objects.order_by("-id")[first : first + many]
    return [_given(row) for row in rows]


def how_many() -> int:
    """Return how many disclosures the actor may know of. One query."""
    return Disclosure.objects.count()


def one(number: int) -> Given | None:
    """Return one disclosure with the lines of those gone since, or None where the actor may not know of it.
    Two queries.
    """
    row = Disclosure.objects.filter(pk=number).first()
    if row is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("select line, gone_on from kernel.disclosure_gone(%s)", [number])
        return _given(row, tuple((line, day) for line, day in cursor.fetchall()))


def to_tell() -> list[tuple[int, str, int]]:
    """Return the disclosures of which persons are gone since and the recipient has not been told: number,
    recipient and how many. One query.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select d.id, d.recipient, count(*) from public.disclosure_disclosure d"
            " cross join lateral kernel.disclosure_gone(d.id) g group by 1, 2 order by 1"
        )
        return [(number, recipient, many) for number, recipient, many in cursor.fetchall()]


def of(subject_id: int) -> list[Given]:
    """Return to whom data of the subject were given, the latest first, if the actor may know. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select id, at, day, recipient, activity, occasion, basis, data, office, delete_by"
            " from kernel.disclosures_of(%s)",
            [subject_id],
        )
        return [
            Given(number, at, day, to, activity, occasion, tuple(basis), tuple(data), office, delete_by)
            for number, at, day, to, activity, occasion, basis, data, office, delete_by in cursor.fetchall()
        ]


def _given(row: Disclosure, gone: tuple[tuple[int, date | None], ...] = ()) -> Given:
    return Given(
        id=row.pk,
        at=row.at,
        day=row.day,
        recipient=row.recipient,
        activity=row.activity,
        occasion=row.occasion,
        basis=tuple(row.basis),
        data=tuple(row.data),
        office=row.office,
        delete_by=row.delete_by,
        rule=row.rule,
        unit_id=row.unit_id,
        persons=row.persons,
        left_out=row.left_out,
        gone=gone,
    )
