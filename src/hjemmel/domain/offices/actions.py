"""Appointing to offices and ending them. Nobody lets another do more than she may do herself: the database
says so, and these say it in words.
"""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hjemmel.domain.offices.queries import is_own
from hjemmel.domain.people.formats import dates
from hjemmel.domain.people.formats.invalid import Invalid
from hjemmel.domain.people.models import Person
from hjemmel.kernel import clock
from hjemmel.kernel.access.actor import current
from hjemmel.kernel.grounds.queries import in_force
from hjemmel.kernel.subjects.refusals import ConflictError, Refused, Sentence, refusals
from hjemmel.kernel.units.models import Tenure, Unit

CONSTRAINTS: dict[str, tuple[str, Sentence]] = {
    "units_tenure_ends_after_start": ("ends_on", _("The last day cannot be before the first.")),
}


@transaction.atomic
def appoint(
    *,
    subject_id: int,
    office: str,
    unit_id: int,
    starts_on: date | str | None = None,
    ends_on: date | str | None = None,
) -> int:
    """Let somebody the actor sees hold an office at a unit, from `starts_on` (today if not said) through
    `ends_on`, and return the tenure's id.

    Raises Refused (office, unit_id, starts_on, ends_on), also where the office may do more than the actor
    herself or would be her own, and PermissionDenied: the same for an unknown person and an unseen one.
    """
    errors: dict[str, Sentence] = {}
    first, last = _day("starts_on", starts_on, errors) or clock.today(), _day("ends_on", ends_on, errors)
    if not Person.objects.filter(pk=subject_id).exists():
        raise PermissionDenied
    _check(office, unit_id, first, last, errors)
    if is_own(subject_id):
        errors["office"] = _("You cannot give yourself an office. Somebody else who may must do it.")
    held = Tenure.objects.filter(subject_id=subject_id, office=office, unit_id=unit_id)
    if held.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=first)).exists():
        errors.setdefault("office", _("This person holds that office already."))
    if errors:
        raise Refused(errors)
    with refusals(CONSTRAINTS):
        row = Tenure.objects.create(
            subject_id=subject_id, office=office, unit_id=unit_id, starts_on=first, ends_on=last
        )
    return row.pk


def end(*, tenure_id: int, version: int, ends_on: date | str | None = None) -> int:
    """End a tenure after `ends_on` (today if not said), its last day, and return the row's new version. One
    of her own an officer may end sooner, and not later.

    Raises Refused (ends_on), ConflictError and PermissionDenied.
    """
    errors: dict[str, Sentence] = {}
    last = _day("ends_on", ends_on, errors) or clock.today()
    stored = _current(tenure_id, version)
    if stored.starts_on is not None and last < stored.starts_on:
        errors.setdefault("ends_on", _("The last day cannot be before the first."))
    if is_own(stored.subject_id) and stored.ends_on is not None and last > stored.ends_on:
        errors["ends_on"] = _("You may end an office of your own sooner, but not prolong it.")
    if errors:
        raise Refused(errors)
    with refusals(CONSTRAINTS):
        if Tenure.objects.filter(pk=tenure_id, version=version).update(ends_on=last):
            return version + 1
    _current(tenure_id, version)
    raise PermissionDenied


def _check(office: str, unit_id: int, first: date, last: date | None, errors: dict[str, Sentence]) -> None:
    unit = Unit.objects.filter(pk=unit_id).first()
    declared = {o.name: o for o in in_force().offices}
    if unit is None:
        errors["unit_id"] = _("We do not know this unit.")
    if not office:
        errors["office"] = _("Choose an office.")
    elif office not in declared:
        errors["office"] = _("This office is not declared.")
    elif unit is not None and unit.kind not in declared[office].at:
        errors["office"] = _("This office is not held at such a unit.")
    elif unit is not None and not _may_appoint(office, unit_id):
        errors["office"] = _("This office may do more than you may, so you cannot appoint to it.")
    if unit is not None and unit.closed_on is not None and first >= unit.closed_on:
        errors.setdefault("unit_id", _("This unit is closed."))
    if last is not None and last < first:
        errors.setdefault("ends_on", _("The last day cannot be before the first."))


def _may_appoint(office: str, unit_id: int) -> bool:
    """The console appoints to anything: it is how the first office is given."""
    actor = current()
    if actor is not None and actor.name in {"console", "system"}:
        return True
    with connection.cursor() as cursor:
        cursor.execute("select kernel.may_appoint(%s, %s)", [office, unit_id])
        row: tuple[bool] = cursor.fetchone()
    return row[0]


def _day(field: str, typed: date | str | None, errors: dict[str, Sentence]) -> date | None:
    if not isinstance(typed, str):
        return typed
    try:
        return dates.parse(typed) if typed.strip() else None
    except Invalid as fault:
        errors[field] = f"{fault.message} {fault.allowed}"
        return None


def _current(tenure_id: int, version: int) -> Tenure:
    row = Tenure.objects.filter(pk=tenure_id).first()
    if row is None:
        raise PermissionDenied
    if row.version != version:
        raise ConflictError(version=row.version, stored={"ends_on": row.ends_on})
    return row
