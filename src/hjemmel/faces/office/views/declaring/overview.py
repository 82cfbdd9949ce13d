from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hjemmel.declaration.edit import without_activity
from hjemmel.faces.look.pages import Link
from hjemmel.faces.office.declaring.blocks import activity_blocks, organisation_blocks, titles
from hjemmel.faces.office.declaring.desk import Desk, declaring_room, findings
from hjemmel.faces.office.views.declaring import PURPOSE
from hjemmel.kernel.access.routes import responsible
from hjemmel.kernel.statement import drafts
from hjemmel.kernel.subjects.refusals import Refused


@dataclass(frozen=True)
class Row:
    """An activity in the overview."""

    url: str
    title: str
    planned: bool | None
    changed: bool
    errors: int
    warnings: int
    advice: int


@responsible(PURPOSE)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The activities with their state, and where the draft stands."""
    desk = Desk()
    stored = drafts.in_force_files() if desk.work.id else desk.work.files
    rows = [_row(desk, stored, *each) for each in titles(desk.declaration, desk.work.files)]
    elsewhere = [f for f in desk.study.findings if not f.file.startswith("activities/")]
    loose = [] if desk.declaration else [f for f in desk.study.findings if f not in elsewhere]
    steps = drafts.history(draft=desk.work.id) if desk.work.id else []
    context = declaring_room(
        request,
        desk,
        title=_("The declaration"),
        rows=rows,
        elsewhere=findings([*elsewhere, *loose], desk.study),
        last_change=drafts.undoable(steps),
    )
    return render(request, "office/declaring/overview.html", context)


def _row(desk: Desk, stored: dict[str, str], name: str, title: str, planned: bool | None) -> Row:  # noqa: FBT001
    file = f"activities/{name}.yaml"
    levels = [found.level for found in desk.study.of_file(file)]
    return Row(
        url=reverse("declaring_activity", args=[name]),
        title=title,
        planned=planned,
        changed=stored.get(file) != desk.work.files.get(file),
        errors=levels.count("error"),
        warnings=levels.count("warning"),
        advice=levels.count("advice"),
    )


@responsible(PURPOSE)
@require_safe
def activity(request: HttpRequest, name: str) -> HttpResponse:
    """An activity: what the statement says of it, each sentence with a way to change it."""
    desk = Desk()
    if f"activities/{name}.yaml" not in desk.work.files:
        raise Http404
    found = desk.activity(name)
    title = next((t for n, t, _planned in titles(desk.declaration, desk.work.files) if n == name), name)
    context = declaring_room(
        request,
        desk,
        title=title,
        crumbs=[Link(label=title, url=request.path)],
        activity=found,
        blocks=list(activity_blocks(desk, found)) if found else [],
        found=findings(desk.study.of_file(f"activities/{name}.yaml"), desk.study),
        file=f"activities/{name}.yaml",
        drop_url=reverse("declaring_drop", args=[name]) if found else "",
    )
    return render(request, "office/declaring/activity.html", context)


@responsible(PURPOSE)
@require_POST
def drop(request: HttpRequest, name: str) -> HttpResponse:
    """Take an activity out of the draft."""
    files, seen = drafts.work().files, _seen(request)
    if f"activities/{name}.yaml" not in files:
        raise Http404
    work = drafts.Work(files=files, id=seen.id or None, version=seen.version)
    told = _("The activity is taken out of the draft. Undo brings it back.")
    return _do(request, lambda: drafts.change(work, without_activity(files, name)), told)


@responsible(PURPOSE)
@require_safe
def organisation(request: HttpRequest) -> HttpResponse:
    """The organisation's own facts, its offices, units, recipients and processors."""
    desk = Desk()
    title = _("Organisation")
    context = declaring_room(
        request,
        desk,
        title=title,
        crumbs=[Link(label=title, url=request.path)],
        activity=desk.declaration,
        blocks=list(organisation_blocks(desk)) if desk.declaration else [],
        found=findings((f for f in desk.study.findings if not f.file.startswith("activities/")), desk.study),
        file="organisation.yaml",
    )
    return render(request, "office/declaring/activity.html", context)


@responsible(PURPOSE)
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back the last change."""
    return _do(request, lambda: drafts.undo(_seen(request)), _("The last change is taken back."))


@responsible(PURPOSE)
@require_POST
def put(request: HttpRequest, what: str) -> HttpResponse:
    """Throw a draft away, take one up again, or lay it on the version in force."""
    done = {
        "kast": (drafts.discard, _("The draft is thrown away. It can be taken up again under History.")),
        "hent": (drafts.restore, _("The draft is taken up again.")),
        "oppaa": (
            drafts.rebase,
            _(
                "The draft now changes the version in force. All that differs is as the draft has it, also"
                " what the other version had changed. It stands below: look through it."
            ),
        ),
    }
    if what not in done:
        raise Http404
    act, told = done[what]
    work = _seen(request)
    then = "declaring_effects" if act is drafts.rebase else "declaring"
    return _do(request, lambda: act(draft=work.id or 0, version=work.version), told, then)


def _seen(request: HttpRequest) -> drafts.Work:
    """The draft as the page that was sent showed it."""
    given = [request.POST.get(name, "") for name in ("draft", "version")]
    number, version = (
        int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0 for text in given
    )
    return drafts.Work(files={}, id=number, version=version)


def _do(request: HttpRequest, act: Callable[[], object], told: str, then: str = "declaring") -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        messages.error(request, " ".join(refusal.errors.values()))
    else:
        messages.success(request, told)
    return redirect(then)
