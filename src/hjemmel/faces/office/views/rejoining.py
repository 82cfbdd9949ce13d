from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hjemmel.domain.members import actions
from hjemmel.domain.members.queries import MembershipRow, may_join
from hjemmel.domain.offices.queries import Rail
from hjemmel.domain.offices.queries import unit as find_unit
from hjemmel.domain.people.queries import visible_person
from hjemmel.faces.office.doing import done, form_page
from hjemmel.faces.office.forms.members import RejoinForm
from hjemmel.faces.office.purposes import REGISTER
from hjemmel.kernel.access.routes import officer
from hjemmel.kernel.grounds.queries import in_force


@officer(*REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def rejoin(request: HttpRequest, person_id: int, unit_id: int) -> HttpResponse:
    """Enrol somebody who is in the register already: a member once more, or of one more unit."""
    person, unit = visible_person(person_id), find_unit(unit_id)
    if person is None or unit is None:
        raise Http404
    if not may_join(unit_id):
        raise PermissionDenied
    form = RejoinForm(request.POST or None, initial={"how": "paper"})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def act() -> None:
            actions.rejoin(
                person_id=person_id,
                unit_id=unit_id,
                joined_on=data["joined_on"] or None,
                how=data["how"],
                kind=data["kind"],
            )

        if done(form, act):
            messages.success(request, _("Enrolled in %(unit)s.") % {"unit": unit.name})
            return redirect("person", person_id)
    title = _("Enrol %(name)s in %(unit)s") % {
        "name": person.display_name or _("Name hidden"),
        "unit": unit.name,
    }
    return form_page(request, person, form, title, submit=_("Enrol"))


def places(held: list[MembershipRow], reach: Rail) -> dict[int, str]:
    """Where somebody who is no member today may be enrolled: where they were before, and the officer's own
    units of the lowest kind.
    """
    above = {name for kind in in_force().unit_kinds for name in kind.under}
    found = {m.unit_id: m.unit_name or "" for m in held if m.unit_id}
    found |= {u.id: u.name for u in reach.units if not u.depth and u.kind not in above}
    return {unit: name for unit, name in found.items() if may_join(unit)}
