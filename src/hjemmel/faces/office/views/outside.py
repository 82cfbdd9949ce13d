from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from hjemmel.domain.offices.queries import rail
from hjemmel.faces.look.language import capital, code, said
from hjemmel.faces.look.lists import Column, Listing, Order, Row
from hjemmel.faces.look.pages import Chip, Fact, Link
from hjemmel.faces.office.forms.basic import RefusableForm, text
from hjemmel.faces.office.retention.desk import by_office
from hjemmel.faces.office.room import room
from hjemmel.faces.office.views.retention import PURPOSE
from hjemmel.kernel.access.routes import responsible
from hjemmel.kernel.retention import outside as tasks
from hjemmel.kernel.subjects.refusals import Refused

KINDS = {
    "outside": gettext_lazy("Kept outside the register"),
    "agreement": gettext_lazy("Agreement"),
    "audit": gettext_lazy("Audit"),
    "assessment": gettext_lazy("Assessment"),
    "measure": gettext_lazy("Security measure, tested"),
}
SORTS = {
    "dpia": gettext_lazy("Assessment of impact (DPIA)"),
    "balancing": gettext_lazy("Balancing test"),
    "risk": gettext_lazy("Assessment of risk"),
}
ASKED = {
    "outside": gettext_lazy("Go through what lies there. Delete what the rules say should be gone."),
    "agreement": gettext_lazy("Read the agreement. Does it still say what is done?"),
    "audit": gettext_lazy("Ask for proof that the processor keeps the agreement, and read it."),
    "assessment": gettext_lazy("Read the assessment. Is what it stands on still so?"),
    "measure": gettext_lazy("Try whether the measure works."),
}


class SignOffForm(RefusableForm):
    """That something was looked over, with what was found."""

    note = text(
        gettext_lazy("Note"),
        help_text=gettext_lazy("What you looked at, and where more is written. Name no persons."),
        rows=3,
    )


@responsible(PURPOSE)
@require_safe
def outside(request: HttpRequest) -> HttpResponse:
    """What is to be looked over outside the register, the first due first."""
    found = tasks.waiting()
    columns = [
        Column(name="what", label=_("What"), sortable=False),
        Column(name="of", label=_("Belongs to"), sortable=False),
        Column(name="often", label=_("Every"), sortable=False, on_phone=False),
        Column(name="done", label=_("Last done"), kind="day", sortable=False, on_phone=False),
        Column(name="due", label=_("Due"), kind="day", sortable=False),
        Column(name="state", label=_("State"), sortable=False),
    ]

    def fetch(_order: Order, first: int, size: int) -> list[tasks.Waiting]:
        return found[first : first + size]

    def show(one: tasks.Waiting) -> Row:
        state = Chip(label=_("Due now"), colour="warning") if one.overdue else _("In order")
        of = capital(said(one.task.of)) if one.task.of else str(KINDS[one.task.kind])
        often = one.task.often.in_words(code())
        values = [named(one.task), of, often, one.done, one.due, state]
        return Row(url=reverse("outside_task", args=[one.task.id]), values=values)

    listing = Listing(
        request,
        columns=columns,
        default="due",
        count=len(found),
        fetch=fetch,
        show=show,
        empty_title=_("The declaration names nothing outside the register"),
    )
    reach = rail()
    title = _("Outside the register")
    tabs = [Link(label=_("In the register"), url=reverse("reviews"))] if reach.purposes else []
    tabs.append(Link(label=title, url=request.path, current=True))
    context = room(
        request,
        title=title,
        reach=reach,
        crumbs=[Link(label=title, url=request.path)],
        tabs=tabs,
        listing=listing,
    )
    return render(request, "office/outside.html", context)


@responsible(PURPOSE)
@require_http_methods(["GET", "HEAD", "POST"])
def task(request: HttpRequest, name: str) -> HttpResponse:
    """One of them: what is asked, when it was done, and signing it off."""
    one = next((each for each in tasks.waiting() if each.task.id == name), None)
    if one is None:
        raise Http404
    form = SignOffForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            tasks.sign_off(name, form.cleaned_data["note"])
        except Refused as refusal:
            form.refuse(refusal.errors)
        else:
            messages.success(request, _("Signed off today: %(what)s.") % {"what": named(one.task)})
            return redirect("outside")
    title = named(one.task)
    home = Link(label=_("Outside the register"), url=reverse("outside"))
    context = room(
        request,
        title=title,
        crumbs=[home, Link(label=title, url=request.path)],
        lead=ASKED[one.task.kind],
        facts=_facts(one),
        history=[(by_office(each.office), each) for each in tasks.history(name)],
        form=form,
        submit=_("Sign off today"),
        cancel_url=home.url,
    )
    return render(request, "office/outside_task.html", context, status=422 if form.errors else 200)


def named(task: tasks.Task) -> str:
    """What a task is called."""
    if task.what is not None:
        return capital(said(task.what))
    if task.sort:
        return str(SORTS[task.sort])
    return str(KINDS[task.kind])


def _facts(one: tasks.Waiting) -> list[Fact]:
    facts = [
        Fact(label=_("Kind"), value=str(KINDS[one.task.kind])),
        Fact(label=_("Belongs to"), value=capital(said(one.task.of)) if one.task.of else None),
        Fact(label=_("Every"), value=one.task.often.in_words(code())),
        Fact(label=_("Last done"), value=one.done, kind="day"),
        Fact(label=_("Due"), value=one.due, kind="day"),
    ]
    return [fact for fact in facts if fact.value is not None]
