"""What is done to memberships: joining, ending, taking an ending back, changing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from hjemmel.domain.members.models import Membership
from hjemmel.domain.people.actions import Checked, NewPerson, enter, give_all, read, refuse_same, unreachable
from hjemmel.domain.people.enums import Source
from hjemmel.domain.people.formats import dates
from hjemmel.domain.people.formats.invalid import Invalid
from hjemmel.domain.people.models import Person
from hjemmel.kernel import clock
from hjemmel.kernel.consent.actions import Given
from hjemmel.kernel.grounds.queries import in_force
from hjemmel.kernel.subjects.models import Subject
from hjemmel.kernel.subjects.refusals import ConflictError, Refused, Sentence, refusals
from hjemmel.kernel.units.models import Unit

MAX_REASON, MAX_EARLIER = 200, 300
CHANGEABLE = frozenset(
    {
        "kind", "joined_on", "joined_organisation_on", "joined_how", "earlier", "recruiter_id",
        "left_on", "leaving", "leaving_reason",
    }
)  # fmt: skip
DATES = ("joined_on", "joined_organisation_on", "left_on")
CHOICES = {"kind": Membership.Kind, "joined_how": Membership.How, "leaving": Membership.Leaving}

CONSTRAINTS: dict[str, tuple[str, Sentence]] = {
    "members_membership_one_open": ("unit_id", _("This person is a member there already.")),
    "members_membership_left_after_joining": (
        "left_on",
        _("The membership cannot end before it began."),
    ),
}


@dataclass(frozen=True, slots=True)
class Joined:
    """A membership that has begun."""

    person_id: int
    membership_id: int
    number: int


@transaction.atomic
def join(
    *,
    unit_id: int,
    person: NewPerson | None = None,
    person_id: int | None = None,
    joined_on: date | str | None = None,
    how: str,
    kind: str = Membership.Kind.ORDINARY,
    source: str = Source.SELF_PAPER,
    joined_organisation_on: date | str | None = None,
    recruiter_id: int | None = None,
    earlier: str = "",
    consents: Sequence[Given] = (),
    even_so: bool = False,
) -> Joined:
    """Let somebody join a unit, from `joined_on` (today if not said): a new person, or one the actor sees.

    Person, membership, contact points and consents are written together or not at all. Raises Refused with
    every fault (fields of NewPerson and of the membership), LikelySame where somebody she sees may be the
    same and `even_so` is not said, and PermissionDenied: the same for an unknown person and an unseen one.
    """
    if (person is None) == (person_id is None):
        message = "say either who is new or whose membership it is"
        raise ValueError(message)
    columns: dict[str, Any] = {
        "kind": kind,
        "joined_on": joined_on or clock.today(),
        "joined_organisation_on": joined_organisation_on or None,
        "joined_how": how,
        "recruiter_id": recruiter_id,
        "earlier": " ".join(earlier.split()) or None,
    }
    checked, born, errors = _who(person, person_id)
    errors |= unreachable(person, consents) if person is not None else {}
    columns = _checked(columns, errors, born=born)
    _check_unit(unit_id, columns.get("joined_on"), errors)
    if source not in Source.values:
        errors["source"] = _("Choose where this comes from.")
    if errors:
        raise Refused(errors)
    if checked is not None and not even_so:
        refuse_same(checked)
    with refusals(CONSTRAINTS):
        subject_id = person_id if person_id is not None else Subject.objects.create().pk
        number = _number(subject_id)
        row = Membership.objects.create(subject_id=subject_id, unit_id=unit_id, number=number, **columns)
        if checked is not None:
            enter(subject_id=subject_id, person=checked, source=source)
    give_all(subject_id=subject_id, person=checked, consents=consents)
    return Joined(subject_id, row.pk, number)


def rejoin(
    *,
    person_id: int,
    unit_id: int,
    joined_on: date | str | None = None,
    how: str,
    kind: str = Membership.Kind.ORDINARY,
) -> Joined:
    """Let somebody the actor sees be a member again, or of one more unit; the number stays hers.

    Raises Refused and PermissionDenied.
    """
    return join(unit_id=unit_id, person_id=person_id, joined_on=joined_on, how=how, kind=kind)


def end(
    *,
    membership_id: int,
    version: int,
    left_on: date | str | None = None,
    leaving: str | None = None,
    reason: str | None = None,
) -> int:
    """End a membership and return the row's new version. `left_on` (today if not said) is the first day she
    is no member: from that day she is in nobody's list. The date may lie in the past, or up to a year ahead.

    Raises Refused (left_on, leaving, leaving_reason), ConflictError and PermissionDenied.
    """
    stored = _current(membership_id, version, ("left_on", "leaving"))
    if stored.left_on is not None and stored.left_on <= clock.today():
        raise Refused({"left_on": _("This membership has ended already.")})
    if _gone_at_once(left_on):
        raise Refused({"left_on": _("By this date everything would be deleted tonight. Check the year.")})
    changes: dict[str, Any] = {"left_on": left_on or clock.today()}
    if leaving is not None:
        changes["leaving"] = leaving
    if reason is not None:
        changes["leaving_reason"] = reason
    return change(membership_id=membership_id, version=version, changes=changes)


def _gone_at_once(left_on: date | str | None) -> bool:
    """Whether every keep rule of memberships has run out already, counted from this day: a typing error
    more often than not, and nothing of it could be taken back.
    """
    if isinstance(left_on, str) and left_on.strip():
        try:
            left_on = dates.parse(left_on)
        except Invalid:
            return False
    if not isinstance(left_on, date):
        return False
    keeps = [k for a in in_force().active for k in a.keep if k.what == "membership" and k.period]
    return bool(keeps) and all(k.period.add_to(left_on) <= clock.today() for k in keeps if k.period)


def withdraw_end(*, membership_id: int) -> int:
    """Take an ending back as if it had not been written, and return the row's new version.

    Whoever wrote it may on the same day, though she sees the person no more; whoever may change the dates of
    those who have left may whenever. Raises Refused where she is a member there again, and PermissionDenied.
    """
    with refusals(CONSTRAINTS), connection.cursor() as cursor:
        cursor.execute("select kernel.undo_leaving(%s)", [membership_id])
        row: tuple[int] = cursor.fetchone()
    return row[0]


def change(*, membership_id: int, version: int, changes: Mapping[str, Any]) -> int:
    """Write the given fields of a membership and no other, and return the row's new version.

    `changes` has names in CHANGEABLE; an empty value empties the field. Raises Refused, ConflictError and
    PermissionDenied.
    """
    if unknown := changes.keys() - CHANGEABLE:
        message = f"a membership has no field {', '.join(sorted(unknown))} to change"
        raise ValueError(message)
    stored = _current(membership_id, version, changes)
    errors: dict[str, Sentence] = {}
    columns = _checked(dict(changes), errors, stored=stored)
    if errors:
        raise Refused(errors)
    columns = {name: value for name, value in columns.items() if getattr(stored, name) != value}
    if not columns:
        return version
    with refusals(CONSTRAINTS):
        if Membership.objects.filter(pk=membership_id, version=version).update(**columns):
            return version + 1
    _current(membership_id, version, changes)
    raise PermissionDenied


def _who(
    person: NewPerson | None, person_id: int | None
) -> tuple[Checked | None, date | None, dict[str, Sentence]]:
    """Who joins, when she was born, and the faults in what was typed of her."""
    if person is None:
        known = Person.objects.filter(pk=person_id).first()
        if known is None:
            raise PermissionDenied
        return None, known.birth_date, {}
    try:
        checked = read(person)
    except Refused as refused:
        return None, None, dict(refused.errors)
    return checked, checked.birth_date, {}


def _checked(
    columns: dict[str, Any],
    errors: dict[str, Sentence],
    *,
    stored: Membership | None = None,
    born: date | None = None,
) -> dict[str, Any]:
    """The columns with dates read, and every fault put into `errors`."""
    _read_dates(columns, errors)
    for name, choices in CHOICES.items():
        if columns.get(name) and columns[name] not in choices.values:
            errors[name] = _("Choose one of the values offered.")
    for name in ("leaving", "leaving_reason", "earlier"):
        if name in columns:
            columns[name] = " ".join((columns[name] or "").split()) or None
    for name, most in (("leaving_reason", MAX_REASON), ("earlier", MAX_EARLIER)):
        if len(columns.get(name) or "") > most:
            errors[name] = _("At most %(number)s characters.") % {"number": most}
    for name in ("kind", "joined_on", "joined_how"):
        if name in columns and not columns[name]:
            errors.setdefault(name, _("This has to be filled in."))
    _check_recruiter(columns, errors)
    _check_dates(columns, errors, stored, born)
    return columns


def _read_dates(columns: dict[str, Any], errors: dict[str, Sentence]) -> None:
    for name in DATES:
        if isinstance(columns.get(name), str):
            try:
                columns[name] = dates.parse(columns[name]) if columns[name].strip() else None
            except Invalid as fault:
                errors[name] = f"{fault.message} {fault.allowed}"
                columns[name] = None


def _check_dates(
    columns: Mapping[str, Any],
    errors: dict[str, Sentence],
    stored: Membership | None,
    born: date | None,
) -> None:
    """Each date against the others, written or stored. A date may lie at most a year ahead."""
    latest = clock.after(clock.today(), years=1)
    for name in DATES:
        if columns.get(name) is not None and columns[name] > latest:
            errors.setdefault(name, _("The date can be at most a year ahead."))
    joined, organisation, left = (columns.get(n, getattr(stored, n, None)) for n in DATES)
    if joined and left and left < joined:
        errors.setdefault("left_on", _("The membership cannot end before it began."))
    if joined and organisation and organisation > joined:
        errors.setdefault(
            "joined_organisation_on", _("Nobody joins a unit before she joins the organisation.")
        )
    if born and joined and joined < born:
        errors.setdefault("joined_on", _("Nobody is a member before she is born."))


def _check_recruiter(columns: Mapping[str, Any], errors: dict[str, Sentence]) -> None:
    recruiter = columns.get("recruiter_id")
    if recruiter is not None and not Person.objects.filter(pk=recruiter).exists():
        errors["recruiter_id"] = _("We do not know this person.")


def _check_unit(unit_id: int, day: date | None, errors: dict[str, Sentence]) -> None:
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None:
        errors["unit_id"] = _("We do not know this unit.")
    elif day is not None and unit.closed_on is not None and day >= unit.closed_on:
        errors["unit_id"] = _("This unit is closed.")
    elif day is not None and unit.opened_on is not None and day < unit.opened_on:
        errors["joined_on"] = _("The unit was not there yet on this day.")


def _number(subject_id: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("select kernel.member_number(%s)", [subject_id])
        row: tuple[int] = cursor.fetchone()
    return row[0]


def _current(membership_id: int, version: int, changes: Sequence[str] | Mapping[str, Any]) -> Membership:
    """The row as it is. Raises PermissionDenied for one she does not see, ConflictError for a newer one."""
    row = Membership.objects.filter(pk=membership_id).first()
    if row is None:
        raise PermissionDenied
    if row.version != version:
        raise ConflictError(version=row.version, stored={f: getattr(row, f) for f in changes})
    return row
