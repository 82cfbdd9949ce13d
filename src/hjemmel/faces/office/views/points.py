from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hjemmel.domain.people import actions
from hjemmel.domain.people.queries import Point, VisiblePerson, points, visible_person
from hjemmel.faces.office import telling
from hjemmel.faces.office.doing import done, form_page
from hjemmel.faces.office.forms.people import AddressForm, EmailForm, PhoneForm, PointForm, RemoveForm
from hjemmel.faces.office.purposes import REGISTER
from hjemmel.kernel.access.routes import officer

FORMS: dict[str, type[PointForm]] = {"email": EmailForm, "phone": PhoneForm, "address": AddressForm}
DATA = {"email": "person.email", "phone": "person.phone", "address": "person.postal_address"}
ADD: dict[str, Callable[..., int]] = {
    "email": actions.add_email,
    "phone": actions.add_phone,
    "address": actions.add_address,
}
FIELDS = {"email": ("address",), "phone": ("number",), "address": ("lines", "postcode", "place")}


@officer(*REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, person_id: int, model: str) -> HttpResponse:
    """Add an e-mail address, a phone number or a postal address."""
    person = _person(person_id, model)
    form = FORMS[model](request.POST or None, initial={"kind": "private", "source": "self_phone"})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        given = {"kind": data["kind"], "source": data["source"]} | _typed(form, model)
        if done(form, lambda: ADD[model](person_id=person_id, **given)):
            messages.success(request, _("Saved."))
            return redirect("person", person_id)
    return form_page(request, person, form, _titles()[model][0])


@officer(*REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, person_id: int, model: str, point_id: int) -> HttpResponse:
    """Change one that is there."""
    person = _person(person_id, model)
    point = _point(person_id, model, point_id)
    form = FORMS[model](request.POST or None, initial=_stored(model, point))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        changes = _changes(form, model, point)
        version = data["version"] or point.version
        if done(
            form,
            lambda: actions.change_point(
                model=model, point_id=point_id, version=version, changes=changes, source=data["source"]
            ),
        ):
            messages.success(request, _("Saved."))
            return redirect("person", person_id)
    return form_page(request, person, form, _titles()[model][1])


@officer(*REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, person_id: int, model: str, point_id: int) -> HttpResponse:
    """Take one away, with a reason for the log."""
    person = _person(person_id, model)
    point = _point(person_id, model, point_id)
    form = RemoveForm(request.POST or None, initial={"version": point.version, "why": "out_of_use"})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if done(
            form,
            lambda: actions.remove_point(
                model=model, point_id=point_id, version=data["version"], why=data["why"]
            ),
        ):
            messages.success(request, _("Taken away."))
            return redirect("person", person_id)
    lead = _("This goes at once: %(what)s") % {"what": telling.point_text(model, point)}
    more: dict[str, Any] = {"lead": lead, "submit": _("Take away"), "danger": True}
    return form_page(request, person, form, _("Take away"), **more)


def _changes(form: PointForm, model: str, point: Point) -> dict[str, Any]:
    """The fields that were changed; an address changes whole, with the country that is not in the form."""
    sent = {n for n in (*FIELDS[model], "kind") if n in form.changed_data and n in form.data}
    if model == "address" and sent & set(FIELDS[model]):
        kind = {"kind": form.cleaned_data["kind"]} if "kind" in sent else {}
        return kind | _typed(form, model) | {"country": point.country}
    return {n: form.cleaned_data[n] for n in sent}


def _typed(form: PointForm, model: str) -> dict[str, Any]:
    """What was typed, as the actions take it: the street address as lines."""
    typed = {name: form.cleaned_data[name] for name in FIELDS[model]}
    return typed | {"lines": typed["lines"].splitlines()} if model == "address" else typed


def _titles() -> dict[str, tuple[str, str]]:
    """What adding and changing each kind is called."""
    return {
        "email": (_("Add an e-mail address"), _("Change the e-mail address")),
        "phone": (_("Add a phone number"), _("Change the phone number")),
        "address": (_("Add a postal address"), _("Change the postal address")),
    }


def _person(person_id: int, model: str) -> VisiblePerson:
    person = visible_person(person_id) if model in DATA else None
    if person is None:
        raise Http404
    if not person.may_change(DATA[model]):
        raise PermissionDenied
    return person


def _point(person_id: int, model: str, point_id: int) -> Point:
    found = points([person_id]).get(person_id)
    held = {"email": found.emails, "phone": found.phones, "address": found.addresses}[model] if found else []
    for point in held:
        if point.id == point_id:
            return point
    raise Http404


def _stored(model: str, point: Point) -> dict[str, Any]:
    stored: dict[str, Any] = {"kind": point.kind, "version": point.version, "source": point.source}
    if model == "address":
        return stored | {
            "lines": "\n".join(point.lines),
            "postcode": point.postcode,
            "place": point.place,
        }
    return stored | {FIELDS[model][0]: telling.point_text(model, point)}
