from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from hjemmel.declaration.diff import changes
from hjemmel.faces.look.language import code, said
from hjemmel.faces.look.pages import Link
from hjemmel.faces.office.declaring.counting import Count, counts
from hjemmel.faces.office.declaring.desk import Desk, declaring_room, findings
from hjemmel.faces.office.forms.basic import RefusableForm
from hjemmel.faces.office.views.declaring import PURPOSE
from hjemmel.kernel.access.routes import responsible
from hjemmel.kernel.grounds.queries import in_force
from hjemmel.kernel.statement import approvals
from hjemmel.kernel.subjects.refusals import Refused

OUTCOMES = {
    "moved": gettext_lazy("The draft, the version in force or the day was not the one that was approved."),
    "not_hers": gettext_lazy("Whoever approved it may not approve this any more."),
    "more": gettext_lazy("Clearly more persons are concerned now than when it was shown. Look at it anew."),
    "errors": gettext_lazy("The check finds errors in it now."),
    "fault": gettext_lazy("Something failed. Nothing has changed. Whoever runs the register can see why."),
}
CODES = {
    "wrong": gettext_lazy("That is not the code. Look once more in the e-mail."),
    "spent": gettext_lazy("There have been five wrong codes. Stop it, and approve anew."),
    "none": gettext_lazy("This code is for somebody else, or it has been used."),
}


@dataclass(frozen=True)
class Told:
    """A change in words. `key` is what is ticked, where it must be."""

    words: str
    key: str
    wider: bool
    persons: int | None


@dataclass(frozen=True)
class Group:
    """The changes of one activity, or of the organisation."""

    title: str
    told: list[Told]


class CodeForm(RefusableForm):
    """The code that came by e-mail."""

    code = forms.CharField(
        label=gettext_lazy("The code from the e-mail"),
        max_length=40,
        widget=forms.TextInput(attrs={"size": 14, "autocomplete": "one-time-code", "class": "code-input"}),
    )


@responsible(PURPOSE)
@require_http_methods(["GET", "HEAD", "POST"])
def effects(request: HttpRequest) -> HttpResponse:
    """What putting the draft in force would do, and approving it."""
    desk = Desk()
    shown = approvals.shown(desk.work) if desk.work.id else None
    given = approvals.latest(draft=desk.work.id)
    ticked: list[str] = request.POST.getlist("wider")
    form = RefusableForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and shown and form.is_valid():
        try:
            approvals.approve(preview=shown.id, ticked=ticked)
        except Refused as refusal:
            form.refuse(refusal.errors)
        else:
            return redirect("declaring_effects")
    return _page(request, desk, (shown, given), form, ticked)


@responsible(PURPOSE)
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Have the effects worked out."""
    desk = Desk()
    if desk.work.id and not desk.study.errors:
        try:
            approvals.ask(desk.work)
        except Refused as refusal:
            messages.error(request, " ".join(refusal.errors.values()))
    return redirect("declaring_effects")


@responsible(PURPOSE)
@require_POST
def confirm(request: HttpRequest, number: int) -> HttpResponse:
    """Take the code."""
    form = CodeForm(request.POST)
    if number < 2**31 and form.is_valid():
        answer = approvals.confirm(approval=number, code=form.cleaned_data["code"])
        if answer == "confirmed":
            return redirect("declaring_effects")
        form.add_error("code", CODES[answer])
    desk = Desk()
    shown = approvals.shown(desk.work) if desk.work.id else None
    return _page(request, desk, (shown, approvals.latest(draft=desk.work.id)), form)


@responsible(PURPOSE)
@require_POST
def stop(request: HttpRequest, number: int) -> HttpResponse:
    """Stop what is approved and not in force yet."""
    if number < 2**31 and approvals.withdraw(approval=number):
        messages.success(request, _("It is stopped. The draft is as it was."))
    return redirect("declaring_effects")


def _page(
    request: HttpRequest,
    desk: Desk,
    stands: tuple[approvals.Shown | None, approvals.Given | None],
    form: RefusableForm,
    ticked: Iterable[str] = (),
) -> HttpResponse:
    shown, given = stands
    title = _("Preview and approve")
    waits = given is not None and given.waits
    working = bool(shown and shown.state == "asked") or (
        waits and given is not None and given.state != "sent"
    )
    context = declaring_room(
        request,
        desk,
        title=title,
        crumbs=[Link(label=title, url=request.path)],
        shown=shown,
        given=given,
        waits=waits,
        working=working,
        outcome=OUTCOMES.get(given.outcome, "") if given else "",
        groups=_groups(desk, shown),
        counts=_counts(shown),
        offices=_offices(desk, shown.widened if shown else ()),
        form=form,
        code=form if isinstance(form, CodeForm) else CodeForm(),
        ticked=set(ticked),
        found=findings(desk.study.errors, desk.study),
        warnings=findings(desk.study.of_level("warning"), desk.study),
        reasons=True,
    )
    return render(request, "office/declaring/effects.html", context, status=422 if form.errors else 200)


def _counts(shown: approvals.Shown | None) -> list[Count]:
    return counts(shown.counts) if shown and shown.state == "ready" else []


def _groups(desk: Desk, shown: approvals.Shown | None) -> list[Group]:
    """The changes, under the activity that each lies in."""
    if desk.declaration is None or not desk.work.id or desk.study.errors:
        return []
    titles = {a.name: said(a.title) for a in (*in_force().activities, *desk.declaration.activities)}
    rows: list[dict[str, Any]]
    if shown and shown.state == "ready":
        rows = shown.told
    else:
        rows = [
            {"activity": c.activity, "direction": "", "key": "", "persons": None, code(): c.words.of(code())}
            for c in changes(in_force(), desk.declaration)
        ]
    groups: dict[str, list[Told]] = {}
    for row in rows:
        title = titles.get(row["activity"], _("Organisation"))
        told = Told(row[code()], row["key"], row["direction"] == "wider", row["persons"])
        groups.setdefault(title, []).append(told)
    return [Group(title, told) for title, told in groups.items()]


def _offices(desk: Desk, names: Iterable[str]) -> list[str]:
    held = desk.declaration.offices if desk.declaration else ()
    titles = {office.name: said(office.title) for office in held}
    return [titles.get(name, name) for name in names]
