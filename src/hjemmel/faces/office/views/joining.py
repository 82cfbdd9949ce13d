from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hjemmel.domain.members.actions import Joined
from hjemmel.domain.members.actions import join as enrol
from hjemmel.domain.members.queries import may_join
from hjemmel.domain.offices.queries import unit as find_unit
from hjemmel.domain.people.actions import LikelySame
from hjemmel.faces.look.pages import Link
from hjemmel.faces.office.enrolling import alike_links, new_person, told
from hjemmel.faces.office.forms.members import JoinForm
from hjemmel.faces.office.purposes import REGISTER
from hjemmel.faces.office.room import room
from hjemmel.kernel.access.routes import officer
from hjemmel.kernel.consent.queries import asked
from hjemmel.kernel.subjects.refusals import Refused


@officer(*REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Enrol somebody in a unit. Somebody alike whom the officer sees is shown first."""
    unit = find_unit(unit_id)
    if unit is None:
        raise Http404
    may = may_join(unit_id)
    if not may:
        raise PermissionDenied
    form = JoinForm(
        request.POST or None,
        may=may,
        questions=asked(),
        initial={"how": "paper", "source": "self_paper"},
    )
    alike: list[dict[str, object]] = []
    if request.method == "POST" and form.is_valid():
        try:
            made = _enrol(unit_id, form)
        except Refused as refusal:
            form.refuse(refusal.errors)
        except LikelySame as found:
            alike = alike_links(found.candidates, unit_id=unit_id)
            form.put("even_so", "on")
        else:
            messages.success(request, _("Enrolled. The member number stands under Memberships."))
            return redirect("person", made.person_id)
    here = reverse("unit", args=[unit_id])
    context = room(
        request,
        title=_("Enrol a member in %(unit)s") % {"unit": unit.name},
        crumbs=[Link(label=unit.name, url=here), Link(label=_("Enrol"), url=request.path)],
        form=form,
        alike=alike,
        told=told("membership"),
        submit=_("Enrol even so") if alike else _("Enrol"),
        cancel_url=here,
    )
    return render(request, "office/join.html", context, status=422 if form.errors else 200)


def _enrol(unit_id: int, form: JoinForm) -> Joined:
    data = form.cleaned_data
    return enrol(
        unit_id=unit_id,
        person=new_person(data),
        joined_on=data["joined_on"] or None,
        how=data["how"],
        kind=data["kind"],
        source=data["source"],
        consents=form.consents(data["how"]),
        even_so=data["even_so"],
    )
