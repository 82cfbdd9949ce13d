from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hjemmel.domain.people import actions
from hjemmel.domain.people.queries import ContactRow, contacts, may_enter_contact
from hjemmel.faces.look.pages import Link
from hjemmel.faces.office.enrolling import alike_links, new_person, told
from hjemmel.faces.office.forms.members import ContactForm
from hjemmel.faces.office.purposes import REGISTER
from hjemmel.faces.office.room import room
from hjemmel.kernel.access.routes import officer
from hjemmel.kernel.consent.queries import asked
from hjemmel.kernel.subjects.refusals import ConflictError, Refused


@officer(*REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Enter somebody who got in touch and is no member. Somebody alike is shown first."""
    may = may_enter_contact()
    if not may:
        raise PermissionDenied
    form = ContactForm(request.POST or None, may=may, questions=asked(), initial={"source": "self_email"})
    alike: list[dict[str, object]] = []
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            person_id = actions.enter_contact(
                person=new_person(data),
                reason=data["reason"],
                source=data["source"],
                consents=form.consents("office"),
                even_so=data["even_so"],
            )
        except Refused as refusal:
            form.refuse(refusal.errors)
        except actions.LikelySame as found:
            alike = alike_links(found.candidates)
            form.put("even_so", "on")
        else:
            messages.success(request, _("Saved."))
            return redirect("person", person_id)
    title = _("New contact")
    context = room(
        request,
        title=title,
        crumbs=[Link(label=title, url=request.path)],
        form=form,
        alike=alike,
        told=told("contact_register"),
        submit=_("Save even so") if alike else _("Save"),
        cancel_url=reverse("office"),
    )
    return render(request, "office/join.html", context, status=422 if form.errors else 200)


@officer(*REGISTER)
@require_POST
def end(request: HttpRequest, person_id: int, contact_id: int) -> HttpResponse:
    """The contact is over: what is held for it goes."""
    row = _contact(person_id, contact_id)
    if _did(request, lambda version: actions.end_contact(contact_id=row.id, version=version)):
        messages.success(request, _("The contact is ended. What was held for it goes tonight."))
    return redirect("person", person_id)


@officer(*REGISTER)
@require_POST
def review(request: HttpRequest, person_id: int, contact_id: int) -> HttpResponse:
    """Somebody decided that the contact is still of use."""
    row = _contact(person_id, contact_id)
    if _did(request, lambda version: actions.review_contact(contact_id=row.id, version=version)):
        messages.success(request, _("Noted: still of use today."))
    return redirect("person", person_id)


def _contact(person_id: int, contact_id: int) -> ContactRow:
    for row in contacts(person_id):
        if row.id == contact_id:
            return row
    raise Http404


def _did(request: HttpRequest, act: Callable[[int], object]) -> bool:
    typed = request.POST.get("version", "")
    try:
        act(int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0)
    except Refused as refusal:
        messages.error(request, " ".join(str(sentence) for sentence in refusal.errors.values()))
    except ConflictError:
        messages.error(request, _("Somebody else saved first. Look once more, and save again."))
    else:
        return True
    return False
