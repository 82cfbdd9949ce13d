from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hjemmel.domain.people.queries import visible_person
from hjemmel.faces.look.logbook import page
from hjemmel.faces.look.pages import Link
from hjemmel.faces.office.purposes import LOG, REGISTER
from hjemmel.faces.office.room import room
from hjemmel.kernel.access.logged import lines_of, may_read
from hjemmel.kernel.access.routes import officer
from hjemmel.kernel.grounds.queries import in_force


@officer(*REGISTER, *LOG)
@require_safe
def log(request: HttpRequest, person_id: int) -> HttpResponse:
    """What has been changed, opened and deleted of a person, for those whose duties reach the log."""
    person = visible_person(person_id)
    if person is None or not may_read(person_id):
        raise Http404
    asked = request.GET.get("before", "")
    title = _("Changes and look-ups")
    name = person.display_name or _("Name hidden")
    context = room(
        request,
        title=title,
        crumbs=[
            Link(label=name, url=reverse("person", args=[person_id])),
            Link(label=title, url=request.path),
        ],
        log=page(lambda below, many: lines_of(person_id, before=below, many=many), asked, in_force()),
        newest=bool(asked),
        here=request.path,
        empty=_("Nothing about this person that you may see has been changed or looked up."),
    )
    return render(request, "office/log.html", context)
