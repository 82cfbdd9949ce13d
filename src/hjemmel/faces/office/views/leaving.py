from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hjemmel.domain.members import actions
from hjemmel.domain.members.queries import MembershipRow, memberships
from hjemmel.domain.people.queries import visible_person
from hjemmel.faces.office.doing import done, form_page
from hjemmel.faces.office.endings import ended, forget, remember
from hjemmel.faces.office.forms.members import EndForm
from hjemmel.faces.office.purposes import REGISTER
from hjemmel.kernel.access.routes import officer
from hjemmel.kernel.subjects.refusals import Refused


@officer(*REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, person_id: int, membership_id: int) -> HttpResponse:
    """End a membership: from that day the person is in nobody's list."""
    held, person = _find(person_id, membership_id), visible_person(person_id)
    if request.method == "POST" and held is None and ended(request, membership_id=membership_id):
        messages.info(request, _("The membership is ended already."))
        return redirect("person", person_id) if person else redirect("office")
    if held is None or person is None:
        raise Http404
    may = held.changeable
    form = EndForm(request.POST or None, may=may, initial={"version": held.version})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def act() -> None:
            actions.end(
                membership_id=membership_id,
                version=data["version"],
                left_on=data["left_on"] or None,
                leaving=data.get("leaving") or None,
                reason=data.get("reason") or None,
            )

        if done(form, act):
            return _after(request, person_id, held)
    lead = _("From that day nobody meets them in a list. What must be kept for a time goes by itself.")
    title = _("End the membership in %(unit)s") % {"unit": held.unit_name or ""}
    return form_page(request, person, form, title, lead=lead, submit=_("End the membership"), danger=True)


def _after(request: HttpRequest, person_id: int, held: MembershipRow) -> HttpResponse:
    """Say what happened, with a way back, on a page that the officer still sees."""
    messages.success(request, _("The membership is ended."))
    remember(
        request,
        person_id=person_id,
        membership_id=held.id,
        unit=held.unit_name or "",
        at=timezone.localtime(),
    )
    if visible_person(person_id) is not None:
        return redirect("person", person_id)
    return redirect("unit", held.unit_id) if held.unit_id else redirect("office")


@officer(*REGISTER)
@require_POST
def undo(request: HttpRequest, person_id: int, membership_id: int) -> HttpResponse:
    """Take back an ending, the same day."""
    try:
        actions.withdraw_end(membership_id=membership_id)
    except Refused as refusal:
        forget(request, membership_id=membership_id)
        messages.error(request, " ".join(str(sentence) for sentence in refusal.errors.values()))
        return redirect("office")
    forget(request, membership_id=membership_id)
    messages.success(request, _("The membership goes on as before."))
    return redirect("person", person_id)


def _find(person_id: int, membership_id: int) -> MembershipRow | None:
    for held in memberships(person_id):
        if held.id == membership_id and held.open and "membership.dates" in held.changeable:
            return held
    return None
