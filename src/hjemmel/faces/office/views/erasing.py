from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hjemmel.declaration import vocabulary
from hjemmel.domain.people.queries import visible_person
from hjemmel.faces.look import writing
from hjemmel.faces.look.language import capital, said
from hjemmel.faces.look.pages import Link
from hjemmel.faces.office.doing import done, form_page
from hjemmel.faces.office.forms.erasing import EraseForm
from hjemmel.faces.office.purposes import REGISTER
from hjemmel.faces.office.room import room
from hjemmel.kernel import catalog
from hjemmel.kernel.access.routes import officer
from hjemmel.kernel.erasure import actions, queries, tasks
from hjemmel.kernel.grounds.queries import in_force
from hjemmel.kernel.retention.queries import Item
from hjemmel.kernel.subjects.refusals import Refused


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
            return redirect("erasures")
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


@officer(*REGISTER)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The last erasures by hand, and taking one back while that can be done."""
    titles = {office.name: said(office.title) for office in in_force().offices}
    lines = [
        {"row": one, "office": titles.get(one.office or "", ""), "state": _states().get(one.state, "")}
        for one in queries.listed()
    ]
    title = _("Deleted at request")
    context = room(request, title=title, crumbs=[Link(label=title, url=request.path)], lines=lines)
    return render(request, "office/erasures.html", context)


@officer(*REGISTER)
@require_POST
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Take one back, as it was."""
    try:
        actions.ask_back(number)
    except Refused as refusal:
        messages.error(request, " ".join(refusal.errors.values()))
    else:
        tasks.take_back.configure().defer(request=number)
        messages.success(request, _("It is taken back, and there again within a few minutes."))
    return redirect("erasures")


def _states() -> dict[str, str]:
    return {
        "asked": _("Under way"),
        "done": _("Deleted"),
        "undoing": _("Being taken back"),
        "undone": _("Taken back"),
    }


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
