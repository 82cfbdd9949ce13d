from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hjemmel.domain.members.queries import memberships
from hjemmel.domain.offices import actions
from hjemmel.domain.offices.queries import Holder, appointable, held_by, rail
from hjemmel.domain.people.queries import VisiblePerson, visible_person
from hjemmel.faces.look.pages import Link
from hjemmel.faces.office.doing import done, form_page
from hjemmel.faces.office.forms.offices import AppointForm, EndOfficeForm
from hjemmel.faces.office.purposes import REGISTER
from hjemmel.kernel.access import sight
from hjemmel.kernel.access.routes import officer


@officer(*REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def appoint(request: HttpRequest, person_id: int) -> HttpResponse:
    """Let somebody hold an office at a unit. Which unit stands in the address; the nearest are offered."""
    person = _person(person_id)
    units = _units(person_id)
    asked = request.GET.get("unit", "")
    unit_id = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 20 else next(iter(units), 0)
    offices = appointable(unit_id, subject_id=person_id)
    if not offices:
        raise PermissionDenied
    only = {"office": offices[0][0]} if len(offices) == 1 else {}
    form = AppointForm(request.POST or None, offices=offices, initial=only)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def act() -> None:
            actions.appoint(
                subject_id=person_id,
                office=data["office"],
                unit_id=unit_id,
                starts_on=data["starts_on"] or None,
                ends_on=data["ends_on"] or None,
            )

        if done(form, act):
            messages.success(
                request, _("The office is given. What it lets them see, they see from that day.")
            )
            return redirect("person", person_id)
    title = _("Give %(name)s an office") % {"name": person.display_name or _("Name hidden")}
    nearby = [Link(label=name, url=f"?unit={one}", current=one == unit_id) for one, name in units.items()]
    more: dict[str, Any] = {
        "template": "office/appoint.html",
        "nearby": nearby,
        "submit": _("Give the office"),
    }
    return form_page(request, person, form, title, **more)


@officer(*REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, person_id: int, tenure_id: int) -> HttpResponse:
    """End an office after its last day."""
    person, held = _person(person_id), _tenure(person_id, tenure_id)
    form = EndOfficeForm(request.POST or None, initial={"version": held.version})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def act() -> None:
            actions.end(tenure_id=tenure_id, version=data["version"], ends_on=data["ends_on"] or None)

        if done(form, act):
            messages.success(request, _("The office is ended."))
            return redirect("person", person_id)
    title = _("End the office: %(office)s, %(unit)s") % {"office": held.office_title, "unit": held.unit_name}
    lead = _("Whatever the office lets them see is closed to them from the day after.")
    return form_page(request, person, form, title, lead=lead, submit=_("End the office"), danger=True)


def _person(person_id: int) -> VisiblePerson:
    person = visible_person(person_id)
    if person is None:
        raise Http404
    return person


def _tenure(person_id: int, tenure_id: int) -> Holder:
    for held in held_by(person_id):
        if held.tenure_id == tenure_id and held.ends_on is None:
            may = sight.of_records(record="tenure", subject_id=person_id, record_ids=[tenure_id])
            if "office.dates" in may[tenure_id].changeable:
                return held
    raise Http404


def _units(person_id: int) -> dict[int, str]:
    """The units offered: those the person is a member of, then the officer's own."""
    near = {m.unit_id: m.unit_name or "" for m in memberships(person_id) if m.open and m.unit_id}
    return near | {unit.id: unit.name for unit in rail().units}
