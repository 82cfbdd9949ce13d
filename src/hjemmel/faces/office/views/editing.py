from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hjemmel.domain.people.actions import change as change_stored
from hjemmel.domain.people.formats import dates
from hjemmel.domain.people.queries import VisiblePerson, visible_person
from hjemmel.faces.look.conflicts import differences, untouched
from hjemmel.faces.look.pages import Link
from hjemmel.faces.office.forms.people import DATUM_OF, PersonForm
from hjemmel.faces.office.purposes import REGISTER
from hjemmel.faces.office.room import room
from hjemmel.kernel.access.routes import officer
from hjemmel.kernel.subjects.refusals import ConflictError, Refused


@officer(*REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, person_id: int) -> HttpResponse:
    """Change what the officer may change of a person; the rest is not in the form and stays as it is."""
    person = visible_person(person_id)
    if person is None:
        raise Http404
    if not person.changeable & set(DATUM_OF.values()):
        raise PermissionDenied
    form = PersonForm(request.POST or None, may=person.changeable, initial=_stored(person))
    context = _around(request, person, form)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        changes = {
            n: data[n] for n in DATUM_OF if n in form.changed_data and n in form.fields and n in form.data
        }
        try:
            change_stored(
                person_id=person_id, version=data["version"], changes=changes, source=data["source"]
            )
        except Refused as refusal:
            form.refuse(refusal.errors)
        except ConflictError as conflict:
            found = differences(form, stored=conflict.stored)
            context |= {
                "version": conflict.version,
                "differences": found,
                "untouched": untouched(form, but=found, besides=frozenset({"version"})),
            }
            return render(request, "look/page/conflict.html", context, status=409)
        else:
            messages.success(request, _("Saved."))
            return redirect("person", person_id)
    return render(request, "look/page/form.html", context, status=422 if form.errors else 200)


def _stored(person: VisiblePerson) -> dict[str, Any]:
    stored: dict[str, Any] = {name: getattr(person, name) for name in DATUM_OF}
    stored["birth_date"] = dates.display(person.birth_date, form="short") if person.birth_date else ""
    return stored | {"version": person.version}


def _around(request: HttpRequest, person: VisiblePerson, form: PersonForm) -> dict[str, Any]:
    name = person.display_name or _("Name hidden")
    here = reverse("person", args=[person.id])
    return room(
        request,
        title=_("Change %(name)s") % {"name": name},
        crumbs=[Link(label=name, url=here), Link(label=_("Change"), url=request.path)],
        form=form,
        cancel_url=here,
    )
