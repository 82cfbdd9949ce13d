"""Setting a hold and releasing it."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from hjemmel.kernel import catalog, clock
from hjemmel.kernel.holds.models import Hold
from hjemmel.kernel.subjects.refusals import ConflictError, Refused, Sentence, refusals

MOST = 200  # characters of a reference
ENDED = ("ends_on", _("A hold ends today at the earliest, and one that is over does not begin again."))
KNOWN = {"hold_ends_ahead": ENDED, "hold_has_reason": ("ends_on", _("The hold must last at least today."))}


def set_hold(
    *,
    subject_id: int,
    reason: str,
    reference: str = "",
    record: str | None = None,
    data: Sequence[str] | None = None,
    ends_on: date | None = None,
) -> int:
    """Hold what there is about the subject (or the records of one kind, or some data) from today, and return
    the hold's id. It lasts until `ends_on`, or until somebody releases it.

    Raises Refused (reason, reference, record, ends_on) and PermissionDenied.
    """
    today = clock.today()
    errors: dict[str, Sentence] = {}
    if reason not in Hold.Reason.values:
        errors["reason"] = _("Choose why.")
    if not reference.strip() or len(reference) > MOST:
        errors["reference"] = _("Say who asked for it, or in which case, in at most 200 characters.")
    if record and record not in {table.record for table in catalog.records()}:
        errors["record"] = _("Choose one of those that are there.")
    if ends_on is not None and ends_on <= today:
        errors["ends_on"] = _("The day must lie ahead.")
    if errors:
        raise Refused(errors)
    hold = Hold(
        subject_id=subject_id,
        reason=reason,
        reference=" ".join(reference.split()),
        record=record or None,
        data=list(data) if data else None,
        set_on=today,
        ends_on=ends_on,
    )
    with refusals(KNOWN):
        hold.save()
    return hold.pk


def end(*, hold_id: int, version: int, ends_on: date | None = None) -> int:
    """Release a hold today (or from `ends_on`); returns the new version. What was due meanwhile goes in the
    coming night.

    Raises Refused (ends_on), ConflictError and PermissionDenied.
    """
    there = Hold.objects.filter(pk=hold_id).values_list("version", "ends_on").first()
    if there is None:
        raise PermissionDenied
    if there[0] != version:
        raise ConflictError(version=there[0], stored={"ends_on": there[1]})
    with refusals(KNOWN):
        if not Hold.objects.filter(pk=hold_id, version=version).update(ends_on=ends_on or clock.today()):
            raise PermissionDenied
    return version + 1
