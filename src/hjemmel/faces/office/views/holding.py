from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hjemmel.declaration import vocabulary
from hjemmel.domain.people.formats import dates
from hjemmel.domain.people.formats.invalid import Invalid
from hjemmel.domain.people.queries import VisiblePerson, visible_person
from hjemmel.faces.look.language import capital, said
from hjemmel.faces.office.doing import done, form_page
from hjemmel.faces.office.forms.holds import HoldForm, ReleaseForm
from hjemmel.faces.office.purposes import REGISTER
from hjemmel.kernel.access import sight
from hjemmel.kernel.access.routes import officer
from hjemmel.kernel.grounds.queries import in_force
from hjemmel.kernel.holds import actions, queries
from hjemmel.kernel.subjects.refusals import Refused


@officer(*REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: HttpRequest, person_id: int) -> HttpResponse:
    """Hold what there is about a person: none of it is deleted until the hold ends or is released."""
    person = _person(person_id)
    if not queries.may_set(person_id):
        raise PermissionDenied
    form = HoldForm(request.POST or None, records=_records())
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def act() -> None:
            actions.set_hold(
                subject_id=person_id,
                reason=data["reason"],
                reference=data["reference"],
                record=data["record"] or None,
                ends_on=_day(data["ends_on"]),
            )

        if done(form, act):
            messages.success(request, _("It is held back. Nothing of it is deleted until the hold ends."))
            return redirect("person", person_id)
    lead = _(
        "What is held back stays, also when its time is up. Nobody gets to see more by it: what is here only"
        " for this reason is shown to nobody."
    )
    more: dict[str, Any] = {"lead": lead, "submit": _("Hold back from deletion")}
    return form_page(request, person, form, _("Hold back from deletion"), **more)


@officer(*REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def release(request: HttpRequest, person_id: int, hold_id: int) -> HttpResponse:
    """Release a hold: what was due meanwhile goes in the coming night."""
    person, held = _person(person_id), _hold(person_id, hold_id)
    form = ReleaseForm(request.POST or None, initial={"version": held.version})
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        if done(form, lambda: actions.end(hold_id=hold_id, version=version)):
            messages.success(request, _("The hold is released. What is due is deleted tonight."))
            return redirect("person", person_id)
    lead = _("What should have been deleted meanwhile goes in the coming night: %(reference)s") % {
        "reference": held.reference or _("no reference")
    }
    more: dict[str, Any] = {"lead": lead, "submit": _("Release the hold"), "danger": True}
    return form_page(request, person, form, _("Release the hold"), **more)


def _records() -> list[tuple[str, str]]:
    """The kinds of records that the organisation keeps of people, by name."""
    kinds = dict.fromkeys(k.what for a in in_force().active for k in a.keep)
    leave = {"import_row", "log_value", "hold"}
    known = vocabulary().records
    return [(kind, capital(said(known[kind].one))) for kind in kinds if kind in known and kind not in leave]


def _day(typed: str) -> date | None:
    try:
        return dates.parse(typed) if typed.strip() else None
    except Invalid as fault:
        raise Refused({"ends_on": f"{fault.message} {fault.allowed}"}) from None


def _person(person_id: int) -> VisiblePerson:
    person = visible_person(person_id)
    if person is None:
        raise Http404
    return person


def _hold(person_id: int, hold_id: int) -> queries.HoldRow:
    for held in queries.of(person_id):
        if held.id == hold_id and held.lasts:
            may = sight.of_records(record="hold", subject_id=person_id, record_ids=[hold_id])
            if "hold.dates" in may[hold_id].changeable:
                return held
    raise Http404
