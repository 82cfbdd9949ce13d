from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hjemmel.declaration import vocabulary
from hjemmel.domain.people.queries import visible_person
from hjemmel.faces.look import writing
from hjemmel.faces.look.language import capital, said
from hjemmel.faces.office.doing import done, form_page
from hjemmel.faces.office.forms.erasing import EraseForm
from hjemmel.faces.office.purposes import REGISTER
from hjemmel.kernel import catalog
from hjemmel.kernel.access.routes import officer
from hjemmel.kernel.erasure import actions, queries, tasks
from hjemmel.kernel.retention.queries import Item


@dataclass(frozen=True)
class Staying:
    """What stays, why, and what to do about it if anything can be done."""

    what: str
    why: str


@officer(*REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, person_id: int) -> HttpResponse:
    """Erase somebody who asks for it: first what goes and what stays, then the button."""
    person = visible_person(person_id)
    if person is None:
        raise Http404
    if not queries.may(person_id):
        raise PermissionDenied
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        numbers: list[int] = []
        if done(form, lambda: numbers.append(actions.ask(subject_id=person_id))):
            tasks.erase.configure().defer(request=numbers[0])
            messages.success(request, _("It is hidden from now on, and deleted within a few minutes."))
            return redirect("person", person_id) if visible_person(person_id) else redirect("office")
    plan = queries.plan(person_id)
    name = person.display_name or _("Name hidden")
    return form_page(
        request,
        person,
        form,
        _("Delete what is held about %(name)s") % {"name": name},
        template="office/erase.html",
        goes=_things(plan.goes),
        held=_things(plan.held),
        stays=[_staying(stay) for stay in plan.stays],
        submit=_("Delete"),
        danger=True,
    )


def _things(items: Iterable[Item]) -> list[str]:
    """What goes, or is held back, in words; each kind once."""
    return list(dict.fromkeys(capital(_thing(item)) for item in items))


def _thing(item: Item) -> str:
    words, table = vocabulary(), catalog.find(item.table)
    if item.happens in {"person", "subject"}:
        return _("the person: nothing is left but a number that says nothing")
    if item.datum and item.datum in words.data:
        return said(words.data[item.datum].one)
    if table and table.record and table.record in words.records:
        return said(words.records[table.record].one)
    data = sorted(set(table.data.values())) if table else []
    return ", ".join(said(words.data[datum].one) for datum in data) or _("keys to what is stored encrypted")


def _staying(stay: queries.Stay) -> Staying:
    words = vocabulary()
    what = capital(said(words.records[stay.record].the))
    if stay.why == "open":
        return Staying(what, _("It still lasts. End it first, and come back here."))
    if stay.why == "floor" and stay.statute:
        law = said(words.statutes[stay.statute].title)
        until = writing.day(stay.until) if stay.until else _("somebody decides")
        return Staying(what, _("%(law)s says that it stays until %(until)s.") % {"law": law, "until": until})
    if stay.until:
        return Staying(
            what, _("The statement says that it stays until %(until)s.") % {"until": writing.day(stay.until)}
        )
    return Staying(what, _("The statement says that it stays until somebody decides."))
