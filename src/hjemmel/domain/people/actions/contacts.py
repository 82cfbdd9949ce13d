from collections.abc import Sequence
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hjemmel.domain.people.actions.entering import Checked, NewPerson, enter, read, refuse_same
from hjemmel.domain.people.enums import Source
from hjemmel.domain.people.models import Contact
from hjemmel.kernel import clock
from hjemmel.kernel.consent import actions as consent
from hjemmel.kernel.consent.actions import Given
from hjemmel.kernel.subjects.models import Subject
from hjemmel.kernel.subjects.refusals import ConflictError, Refused, Sentence, refusals
from hjemmel.kernel.units.models import Unit

MAX_REASON = 200


@transaction.atomic
def enter_contact(
    *,
    person: NewPerson,
    reason: str,
    unit_id: int | None = None,
    since: date | None = None,
    source: str,
    consents: Sequence[Given] = (),
    even_so: bool = False,
) -> int:
    """Enter somebody who is neither member nor officer, for a stated reason, and return her id.

    Raises Refused, LikelySame (unless `even_so`) and PermissionDenied; then nothing is written.
    """
    on = since or clock.today()
    errors: dict[str, Sentence] = unreachable(person, consents)
    try:
        checked = read(person)
    except Refused as refused:
        errors |= refused.errors
    if not reason.strip() or len(reason) > MAX_REASON:
        errors["reason"] = _("Say why in at most 200 characters.")
    if on > clock.today():
        errors["since"] = _("The date cannot be later than today.")
    if source not in Source.values:
        errors["source"] = _("Choose where this comes from.")
    if errors:
        raise Refused(errors)
    if not even_so:
        refuse_same(checked)
    unit = unit_id or Unit.objects.values_list("pk", flat=True).get(parent__isnull=True)
    with refusals():
        subject = Subject.objects.create()
        Contact.objects.create(
            subject=subject, unit_id=unit, reason=" ".join(reason.split()), since=on, source=source
        )
        enter(subject_id=subject.pk, person=checked, source=source)
    give_all(subject_id=subject.pk, person=checked, consents=consents)
    return subject.pk


def unreachable(person: NewPerson, consents: Sequence[Given]) -> dict[str, Sentence]:
    """Return what is wrong with consents to be reached in a way that nothing is filled in for, each under
    `consent/PURPOSE/CHANNEL`.
    """
    ways = {"email": person.emails, "sms": person.phones, "phone": person.phones}
    return {
        f"consent/{given.purpose}/{given.channel}": _(
            "Fill in the address or number that this consent is for."
        )
        for given in consents
        if not given.address and not ways.get(given.channel, ("none is needed",))
    }


def give_all(*, subject_id: int, person: Checked | None, consents: Sequence[Given]) -> None:
    """Record the consents that came with a form. One without an address is for the first on the form."""
    for given in consents:
        address = given.address
        if not address and person is not None:
            if given.channel == "email" and person.emails:
                address = person.emails[0].address
            elif given.channel in {"sms", "phone"} and person.phones:
                address = person.phones[0].e164
        filled = Given(
            purpose=given.purpose,
            channel=given.channel,
            address=address,
            how=given.how,
            given_on=given.given_on,
            language=given.language,
        )
        consent.give(subject_id=subject_id, given=filled)


def end_contact(*, contact_id: int, version: int, ended_on: date | None = None) -> int:
    """End a contact from `ended_on` (today if not said) and return the row's new version.

    Raises Refused (ended_on), ConflictError and PermissionDenied.
    """
    day = ended_on or clock.today()
    row = _current(contact_id, version)
    if row.since is not None and day < row.since:
        raise Refused({"ended_on": _("The last day cannot be before the first.")})
    return _update(contact_id, version, ended_on=day)


def review_contact(*, contact_id: int, version: int) -> int:
    """Let the contact's time start again today, because somebody decided so; returns the new version.

    Raises ConflictError and PermissionDenied.
    """
    _current(contact_id, version)
    return _update(contact_id, version, reviewed_on=clock.today())


def _current(contact_id: int, version: int) -> Contact:
    row = Contact.objects.filter(pk=contact_id).first()
    if row is None:
        raise PermissionDenied
    if row.version != version:
        raise ConflictError(version=row.version, stored={"ended_on": row.ended_on})
    return row


def _update(contact_id: int, version: int, **columns: date) -> int:
    with refusals():
        if Contact.objects.filter(pk=contact_id, version=version).update(**columns):
            return version + 1
    _current(contact_id, version)
    raise PermissionDenied
