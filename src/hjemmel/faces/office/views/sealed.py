from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hjemmel.declaration import vocabulary
from hjemmel.domain.people import actions
from hjemmel.domain.people.queries import VisiblePerson, visible_person
from hjemmel.faces.look.language import said
from hjemmel.faces.office.doing import done, form_page
from hjemmel.faces.office.forms.people import NumberForm, RemoveForm
from hjemmel.faces.office.purposes import REGISTER, SEALED
from hjemmel.faces.office.views.person import shown
from hjemmel.kernel.access.routes import officer

OPEN = {"fodselsnummer": actions.reveal_national_id, "bankkonto": actions.reveal_bank_account}
SET = {"fodselsnummer": actions.set_national_id, "bankkonto": actions.set_bank_account}
REMOVE = {"fodselsnummer": actions.remove_national_id, "bankkonto": actions.remove_bank_account}


@officer(*REGISTER)
@require_POST
def show(request: HttpRequest, person_id: int, slug: str) -> HttpResponse:
    """Open one number and write it on the page, once. Each opening is logged."""
    datum = _datum(slug)
    number = OPEN[slug](person_id=person_id)
    if number is None:
        raise Http404
    return shown(request, person_id, opened={datum: _grouped(slug, number)})


@officer(*REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def seal(request: HttpRequest, person_id: int, slug: str) -> HttpResponse:
    """Store a number, encrypted; one that is there is replaced."""
    person = _person(person_id, _datum(slug))
    form = NumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["number"]
        if done(form, lambda: SET[slug](person_id=person_id, number=number)):
            messages.success(request, _("Saved."))
            return redirect("person", person_id)
    lead = _("It is stored encrypted, and shown only to those who need it.")
    return form_page(request, person, form, _title(slug), lead=lead)


@officer(*REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def unseal(request: HttpRequest, person_id: int, slug: str) -> HttpResponse:
    """Take the number away, with a reason for the log."""
    datum = _datum(slug)
    person = _person(person_id, datum)
    if datum not in person.sealed:
        raise Http404
    form = RemoveForm(request.POST or None, initial={"version": 1, "why": "out_of_use"})
    if request.method == "POST" and form.is_valid():
        act: Callable[[], object] = lambda: REMOVE[slug](  # noqa: E731
            person_id=person_id, why=form.cleaned_data["why"]
        )
        if done(form, act):
            messages.success(request, _("Taken away."))
            return redirect("person", person_id)
    lead = _("This goes at once: %(what)s") % {"what": _title(slug)}
    return form_page(request, person, form, _("Take away"), lead=lead, submit=_("Take away"), danger=True)


def _datum(slug: str) -> str:
    if slug not in SEALED:
        raise Http404
    return SEALED[slug]


def _person(person_id: int, datum: str) -> VisiblePerson:
    person = visible_person(person_id)
    if person is None:
        raise Http404
    if not person.may_change(datum):
        raise PermissionDenied
    return person


def _title(slug: str) -> str:
    name = said(vocabulary().data[SEALED[slug]].one)
    return name[:1].upper() + name[1:]


def _grouped(slug: str, number: str) -> str:
    """The digits as they are read aloud: 010203 12345, and 1234 56 78901."""
    if slug == "bankkonto":
        return f"{number[:4]} {number[4:6]} {number[6:]}"
    return f"{number[:6]} {number[6:]}"
