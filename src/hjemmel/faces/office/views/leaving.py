from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hjemmel.domain.members import actions
from hjemmel.domain.members.queries import MembershipRow, memberships
from hjemmel.domain.people.queries import visible_person
from hjemmel.faces.look.pages import Link
from hjemmel.faces.office.forms import EndForm
from hjemmel.faces.office.purposes import REGISTER
from hjemmel.faces.office.room import room
from hjemmel.kernel.access.routes import officer
from hjemmel.kernel.subjects.refusals import ConflictError, Refused


@officer(*REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, person_id: int, membership_id: int) -> HttpResponse:
    """End a membership: from that day the person is in nobody's list."""
    held = _find(person_id, membership_id)
    person = visible_person(person_id)
    may = held.changeable
    form = EndForm(request.POST or None, may=may, initial={"version": held.version})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.end(
                membership_id=membership_id,
                version=data["version"],
                left_on=data["left_on"] or None,
                leaving=data.get("leaving") or None,
                reason=data.get("reason") or None,
            )
        except Refused as refusal:
            form.refuse(refusal.errors)
        except ConflictError as conflict:
            form.add_error(
                None,
                _("Somebody else saved first. Look once more, and save again."),
            )
            form.put("version", conflict.version)
        else:
            return _after(request, person_id, held)
    context = room(
        request,
        title=_("End the membership in %(unit)s") % {"unit": held.unit_name},
        crumbs=[
            Link(
                label=(person.display_name if person else None) or _("Name hidden"),
                url=reverse("person", args=[person_id]),
            ),
            Link(label=_("End"), url=request.path),
        ],
        form=form,
        lead=_("From that day nobody meets them in a list. What must be kept for a time goes by itself."),
        submit=_("End the membership"),
        danger=True,
        cancel_url=reverse("person", args=[person_id]),
    )
    return render(request, "look/page/form.html", context, status=422 if form.errors else 200)


def _after(request: HttpRequest, person_id: int, held: MembershipRow) -> HttpResponse:
    """Say what happened, with a way back, on a page that the officer still sees."""
    undo = reverse("undo_end", args=[person_id, held.id])
    messages.success(request, _("The membership is ended."), extra_tags=undo)
    if visible_person(person_id) is not None:
        return redirect("person", person_id)
    return redirect("unit", held.unit_id)


@officer(*REGISTER)
@require_POST
def undo(request: HttpRequest, person_id: int, membership_id: int) -> HttpResponse:
    """Take back an ending, the same day."""
    try:
        actions.withdraw_end(membership_id=membership_id)
    except Refused as refusal:
        messages.error(request, " ".join(refusal.errors.values()))
        return redirect("office")
    messages.success(request, _("The membership goes on as before."))
    return redirect("person", person_id)


def _find(person_id: int, membership_id: int) -> MembershipRow:
    for held in memberships(person_id):
        if held.id == membership_id and held.open and "membership.dates" in held.changeable:
            return held
    raise Http404
