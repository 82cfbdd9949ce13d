from dataclasses import dataclass, field

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from hjemmel.declaration.edit import Spot, add, put, remove, with_activity
from hjemmel.faces.look.language import said
from hjemmel.faces.look.pages import Link
from hjemmel.faces.office.declaring.blocks import called
from hjemmel.faces.office.declaring.desk import Desk, declaring_room, differing, findings
from hjemmel.faces.office.declaring.naming import own_name
from hjemmel.faces.office.declaring.options import HEADINGS, Around
from hjemmel.faces.office.declaring.spotform import ActivityForm, AddForm, SpotForm, group_of
from hjemmel.faces.office.declaring.study import Study, study
from hjemmel.faces.office.declaring.telling import heading, sentences
from hjemmel.faces.office.declaring.worded import Words
from hjemmel.faces.office.views.declaring import PURPOSE
from hjemmel.kernel.access.routes import responsible
from hjemmel.kernel.statement import drafts
from hjemmel.kernel.subjects.refusals import Refused

CHANGED_MEANWHILE = gettext_lazy(
    "Somebody else has changed this meanwhile. What you typed is still here. Save once more to put it in"
    " place of theirs, or go back to see theirs."
)


@dataclass
class Edit:
    """One edit under way: the form, where what it makes will stand, and the files it makes."""

    desk: Desk
    form: SpotForm
    spot: Spot
    keys: tuple[str, ...] = ()
    adding: bool = False
    changed: dict[str, str | None] = field(default_factory=dict)
    above: Link | None = None

    def after(self) -> Study:
        """The files as they would be."""
        return study({k: t for k, t in {**self.desk.work.files, **self.changed}.items() if t is not None})


@responsible(PURPOSE)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, address: str) -> HttpResponse:
    """Change what stands at one spot: the sentence and the findings are shown as it is changed."""
    desk = Desk()
    spot, keys = _spot(address)
    around, held = desk.around(spot), desk.held(spot)
    if around is None:
        return redirect("declaring")
    if not isinstance(held, dict):
        raise Http404
    form = SpotForm(request.POST or None, spot=spot, around=around, held=held, keys=keys)
    edit = Edit(desk, form, spot, keys)
    if request.method == "POST" and "remove" in request.POST and not keys:
        edit.changed = {spot.file: remove(desk.work.files[spot.file], spot.path)}
        if form.is_valid() and form.is_as_shown:
            return _save(request, edit)
        return _conflict(request, edit)
    if request.method == "POST" and form.is_valid():
        edit.changed = {spot.file: put(desk.work.files[spot.file], spot, form.values)}
    return _answer(request, edit)


@responsible(PURPOSE)
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, address: str) -> HttpResponse:
    """Add an entry to what a spot lists."""
    desk = Desk()
    listing = _listing(address)
    around, held = desk.around(listing), desk.held(listing) or ()
    if around is None:
        return redirect("declaring")
    spot = listing.inside(str(len(held) + 1) if listing.lists == "shapes" else "new")
    form = AddForm(request.POST or None, spot=spot, around=around, listing=listing)
    if "finding" in form.fields:  # which finding is answered, where one comes from what was found
        form.initial["finding"] = request.GET.get("finding", "")
    edit = Edit(desk, form, spot, adding=True)
    if request.method == "POST" and form.is_valid():
        name = form.chosen or own_name(form.values, taken=held)
        if listing.lists != "shapes":
            edit.spot = form.spot = listing.inside(name)
        text = desk.work.files.get(listing.file, "")
        edit.changed = {listing.file: add(text, listing, form.values, name)}
    return _answer(request, edit)


@responsible(PURPOSE)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Add an activity, with what none can do without. It is planned until somebody says otherwise."""
    desk = Desk()
    if desk.declaration is None:
        return redirect("declaring")
    spot = Spot.of("activities/new")
    form = ActivityForm(request.POST or None, spot=spot, around=Around(desk.declaration), held={})
    edit = Edit(desk, form, spot, adding=True, above=Link(label=_("Activities"), url=reverse("declaring")))
    if request.method == "POST" and form.is_valid():
        name = own_name(form.values, taken={each.name for each in desk.declaration.activities})
        edit.spot = form.spot = Spot.of(f"activities/{name}")
        edit.changed = with_activity(desk.work.files, name, form.activity(name))
    return _answer(request, edit)


def _spot(address: str) -> tuple[Spot, tuple[str, ...]]:
    """A spot, or the keys of a whole file that are changed together. Raises Http404."""
    above, _slash, last = address.rpartition("/")
    try:
        whole = Spot.of(above) if above else None
        if whole and not whole.path and not whole.lists and (keys := group_of(whole, last)):
            return whole, keys
        found = Spot.of(address)
    except LookupError as error:
        raise Http404 from error
    if found.lists or not found.path:
        raise Http404
    return found, ()


def _listing(address: str) -> Spot:
    try:
        found = Spot.of(address)
    except LookupError as error:
        raise Http404 from error
    if not found.lists:
        raise Http404
    return found


def _answer(request: HttpRequest, edit: Edit) -> HttpResponse:
    """Show what the form would make of it, or save it."""
    form, saving = edit.form, request.method == "POST" and "show" not in request.POST
    if saving and edit.changed:
        after = edit.after()
        if after.declaration is None:
            words = Words(edit.desk.declaration)
            for found in after.errors:
                message, _allowed, do = words.of(found)
                form.add_error(form.named(found), f"{message} {do}")
        elif not edit.adding and not form.is_as_shown:
            return _conflict(request, edit)
        elif form.is_valid():
            return _save(request, edit)
    return _page(request, edit, status=422 if request.method == "POST" and form.errors else 200)


def _conflict(request: HttpRequest, edit: Edit) -> HttpResponse:
    """Somebody else was there first. Nothing typed is lost: saving once more puts it in place of theirs."""
    edit.form.put("was", edit.form.initial["was"])
    edit.form.add_error(None, CHANGED_MEANWHILE)
    return _page(request, edit, status=409)


def _save(request: HttpRequest, edit: Edit) -> HttpResponse:
    try:
        drafts.change(edit.desk.work, edit.changed)
    except Refused as refusal:
        edit.form.refuse(refusal.errors)
        return _page(request, edit, status=409)
    messages.success(request, _("Saved in the draft. It is not in force before it is approved."))
    return redirect(_home(edit.spot))


def _home(spot: Spot) -> str:
    if spot.activity:
        return reverse("declaring_activity", args=[spot.activity])
    return reverse("declaring_organisation")


def _page(request: HttpRequest, edit: Edit, *, status: int) -> HttpResponse:
    desk, spot, form = edit.desk, edit.spot, edit.form
    after = edit.after() if edit.changed else desk.study
    activity = desk.activity(spot.activity or "")
    title = said(activity.title) if activity else _("Organisation")
    above = edit.above or Link(label=title, url=_home(spot))
    what = heading(spot, edit.keys) or str(HEADINGS.get(spot.file.removesuffix(".yaml"), _("Activity")))
    if not edit.adding and spot.path[:1] == ("duties",):
        what = f"{what}: {called(desk, str(spot.path[1]))}"
    title = _("Add: %(what)s") % {"what": what} if edit.adding else what
    own = sentences(after, spot, edit.keys)
    lines = differing(desk.study, after, but=own)
    if form.errors and not edit.changed:  # nothing that could be shown came of what was typed
        own, lines = [], None
    at_spot = after.at(spot) if edit.changed or not edit.adding else ()
    new = [f for f in after.findings if f not in desk.study.findings and f not in at_spot]
    context = declaring_room(
        request,
        desk,
        title=title,
        crumbs=[above, Link(label=title, url=request.path)],
        form=form,
        entries=form.entries(at_spot, Words(desk.declaration)),
        here=findings((f for f in at_spot if spot.place and f.path == spot.place), after),
        sentences=own,
        lines=lines,
        elsewhere=findings(new, after),
        adding=edit.adding,
        removable=not edit.adding and not edit.keys,
        cancel_url=above.url,
    )
    return render(request, "office/declaring/change.html", context, status=status)
