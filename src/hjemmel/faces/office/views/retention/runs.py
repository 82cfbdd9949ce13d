from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from hjemmel.faces.look.lists import Column, Listing, Order, Row
from hjemmel.faces.look.pages import Chip, Link
from hjemmel.faces.office.forms.basic import RefusableForm, text
from hjemmel.faces.office.retention.desk import retention_room
from hjemmel.faces.office.retention.rules import Rules, total
from hjemmel.faces.office.retention.runs import STATES, Sheet, sheet
from hjemmel.faces.office.views.retention import PURPOSE
from hjemmel.kernel.access.routes import responsible
from hjemmel.kernel.retention import approvals, proofs, tasks
from hjemmel.kernel.subjects.refusals import Refused


class DecisionForm(RefusableForm):
    """Why a plan that the brake stopped is approved or rejected."""

    reason = text(
        gettext_lazy("Why"),
        needed=True,
        help_text=gettext_lazy("What you have looked at, and what you found. Name no persons."),
        rows=3,
    )
    answer = forms.ChoiceField(
        choices=[("approved", ""), ("rejected", "")], required=False, widget=forms.HiddenInput
    )


@responsible(PURPOSE)
@require_safe
def runs(request: HttpRequest) -> HttpResponse:
    """The runs, the latest first."""
    columns = [
        Column(name="night", label=_("The night to"), kind="day", sortable=False),
        Column(name="state", label=_("How it went"), sortable=False),
        Column(name="records", label=_("Records deleted"), kind="number", sortable=False),
        Column(name="persons", label=_("Persons deleted"), kind="number", sortable=False),
        Column(name="left", label=_("Held back"), kind="number", sortable=False, on_phone=False),
        Column(name="found", label=_("Leftovers found"), kind="number", sortable=False),
    ]

    def fetch(_order: Order, first: int, size: int) -> list[proofs.Told]:
        return proofs.told(first=first, size=size)

    def show(run: proofs.Told) -> Row:
        label, colour = STATES[run.state]
        values = [
            run.day,
            Chip(label=str(label), colour=colour),
            total(run.counts, "record"),
            total(run.counts, "person", "subject"),
            run.left,
            run.searched.left if run.searched else None,
        ]
        return Row(url=reverse("retention_run", args=[run.id]), values=values)

    listing = Listing(
        request,
        columns=columns,
        default="night",
        count=proofs.how_many(),
        fetch=fetch,
        show=show,
        empty_title=_("No night has been yet"),
        empty=_(
            "The first run comes in the night. Here stands what each of them deleted, and by which rule."
        ),
    )
    context = retention_room(request, title=_("Deleting"), listing=listing)
    return render(request, "office/retention/runs.html", context)


@responsible(PURPOSE)
@require_http_methods(["GET", "HEAD", "POST"])
def run(request: HttpRequest, number: int) -> HttpResponse:
    """One run: its proof, and saying yes or no where the brake stopped it."""
    found = sheet(number) if number < 2**31 else None
    if found is None:
        raise Http404
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _decide(request, found, form):
        return redirect("retention_run", number)
    title = _("Run %(n)s") % {"n": number}
    rules = Rules(found.run.version)
    stopped = found.stopped
    context = retention_room(
        request,
        title=title,
        crumbs=[Link(label=title, url=request.path)],
        sheet=found,
        form=form,
        gone=rules.groups([found.run.counts]),
        planned=rules.groups([stopped.planned, stopped.usual]) if stopped else [],
        heads_gone=[_("How many")],
        heads_stopped=[_("Planned"), _("Most of late")],
    )
    return render(request, "office/retention/run.html", context, status=422 if form.errors else 200)


def _decide(request: HttpRequest, found: Sheet, form: DecisionForm) -> bool:
    """Say what was answered, and have the run go on where it was a yes. False where it was refused."""
    answer = form.cleaned_data["answer"]
    if answer not in {"approved", "rejected"}:
        form.add_error(None, _("Choose whether you approve the plan or reject it."))
        return False
    try:
        approvals.decide(found.run.id, answer, form.cleaned_data["reason"])
    except Refused as refusal:
        form.refuse(refusal.errors)
        return False
    if answer == "approved":
        tasks.go_on.defer()
        messages.success(request, _("Approved. The run begins as soon as the register’s jobs are free."))
    else:
        messages.success(request, _("Rejected. Nothing is deleted until somebody approves a plan."))
    return True
