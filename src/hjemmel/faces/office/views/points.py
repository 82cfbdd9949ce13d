from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hjemmel.domain.people import actions
from hjemmel.domain.people.queries import Point, VisiblePerson, points, visible_person
from hjemmel.faces.look.pages import Link
from hjemmel.faces.office.forms import AddressForm, EmailForm, PhoneForm, PointForm, RefusableForm, RemoveForm
from hjemmel.faces.office.purposes import REGISTER
from hjemmel.faces.office.room import room
from hjemmel.kernel.access.routes import officer
from hjemmel.kernel.subjects.refusals import ConflictError, Refused

FORMS: dict[str, type[PointForm]] = {"email": EmailForm, "phone": PhoneForm, "address": AddressForm}
DATA = {"email": "person.email", "phone": "person.phone", "address": "person.postal_address"}
ADD = {"email": actions.add_email, "phone": actions.add_phone, "address": actions.add_address}
FIELDS = {"email": ("address",), "phone": ("number",), "address": ("lines", "postcode", "place")}


@officer(*REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, person_id: int, model: str) -> HttpResponse:
    """Add an e-mail address, a phone number or a postal address."""
    person = _person(person_id, model)
    form = FORMS[model](request.POST or None, initial={"kind": "private", "source": "self_phone"})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        given = {name: data[name] for name in (*FIELDS[model], "kind", "source")}
        if _done(form, lambda: ADD[model](person_id=person_id, **given)):
            messages.success(request, _("Saved."))
            return redirect("person", person_id)
    return _page(request, person, form, _titles()[model][0])


@officer(*REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, person_id: int, model: str, point_id: int) -> HttpResponse:
    """Change one that is there."""
    person = _person(person_id, model)
    point = _point(person_id, model, point_id)
    form = FORMS[model](request.POST or None, initial=_stored(model, point))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        changes = {name: data[name] for name in (*FIELDS[model], "kind") if name in form.changed_data}
        version = data["version"] or point.version
        if _done(
            form,
            lambda: actions.change_point(
                model=model, point_id=point_id, version=version, changes=changes, source=data["source"]
            ),
        ):
            messages.success(request, _("Saved."))
            return redirect("person", person_id)
    return _page(request, person, form, _titles()[model][1])


@officer(*REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, person_id: int, model: str, point_id: int) -> HttpResponse:
    """Take one away, with a reason for the log."""
    person = _person(person_id, model)
    point = _point(person_id, model, point_id)
    form = RemoveForm(request.POST or None, initial={"version": point.version, "why": "out_of_use"})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if _done(
            form,
            lambda: actions.remove_point(
                model=model, point_id=point_id, version=data["version"], why=data["why"]
            ),
        ):
            messages.success(request, _("Taken away."))
            return redirect("person", person_id)
    lead = _("This goes at once: %(what)s") % {"what": point.text}
    more = {"lead": lead, "submit": _("Take away"), "danger": True}
    return _page(request, person, form, _("Take away"), **more)


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
    return stored | {FIELDS[model][0]: point.text}


def _done(form: RefusableForm, act: Any) -> bool:
    """Do it, or say beside the fields why not."""
    try:
        act()
    except Refused as refusal:
        form.refuse(refusal.errors)
    except ConflictError as conflict:
        form.add_error(None, _("Somebody else saved first. Look once more, and save again."))
        form.put("version", conflict.version)
    else:
        return True
    return False


def _page(
    request: HttpRequest, person: VisiblePerson, form: RefusableForm, title: str, **more: Any
) -> HttpResponse:
    name = person.display_name or _("Name hidden")
    here = reverse("person", args=[person.id])
    context = room(
        request,
        title=title,
        crumbs=[Link(label=name, url=here), Link(label=title, url=request.path)],
        form=form,
        cancel_url=here,
        **more,
    )
    return render(request, "look/page/form.html", context, status=422 if form.errors else 200)
