from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hjemmel.domain.members.actions import join as enrol
from hjemmel.domain.members.queries import may_join
from hjemmel.domain.offices.queries import unit as find_unit
from hjemmel.domain.people.actions import LikelySame, NewPerson
from hjemmel.faces.look.pages import Link
from hjemmel.faces.office.forms import JoinForm
from hjemmel.faces.office.purposes import REGISTER
from hjemmel.faces.office.room import room
from hjemmel.kernel.access.routes import officer
from hjemmel.kernel.subjects.refusals import Refused

PERSON = ("given_name", "middle_name", "family_name", "birth_date", "gender", "language", "employer")


@officer(*REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Enrol somebody in a unit. Somebody alike whom the officer sees is shown first."""
    unit = find_unit(unit_id)
    may = may_join(unit_id)
    if unit is None:
        raise Http404
    if not may:
        raise PermissionDenied
    form = JoinForm(request.POST or None, may=may, initial={"how": "paper", "source": "self_paper"})
    alike: list[Link] = []
    if request.method == "POST" and form.is_valid():
        try:
            made = enrol(unit_id=unit_id, **_given(form.cleaned_data))
        except Refused as refusal:
            form.refuse(refusal.errors)
        except LikelySame as found:
            alike = [
                Link(label=hit.display_name or _("Name hidden"), url=reverse("person", args=[hit.person_id]))
                for hit in found.candidates
            ]
            form.put("even_so", "on")
        else:
            messages.success(
                request, _("Enrolled. The member number is %(number)s.") % {"number": made.number}
            )
            return redirect("person", made.person_id)
    here = reverse("unit", args=[unit_id])
    context = room(
        request,
        title=_("Enrol a member in %(unit)s") % {"unit": unit.name},
        crumbs=[Link(label=unit.name, url=here), Link(label=_("Enrol"), url=request.path)],
        form=form,
        alike=alike,
        submit=_("Enrol even so") if alike else _("Enrol"),
        cancel_url=here,
    )
    return render(request, "office/join.html", context, status=200 if not form.errors else 422)


def _given(data: dict[str, Any]) -> dict[str, Any]:
    person = NewPerson(
        **{name: data[name] for name in PERSON if data.get(name)},
        emails=(data["email"],) if data.get("email") else (),
        phones=(data["phone"],) if data.get("phone") else (),
        address_lines=(data["address_lines"],) if data.get("address_lines") else (),
        postcode=data.get("postcode", ""),
        place=data.get("place", ""),
    )
    return {
        "person": person,
        "joined_on": data["joined_on"] or None,
        "how": data["how"],
        "kind": data["kind"],
        "source": data["source"],
        "even_so": data["even_so"],
    }
