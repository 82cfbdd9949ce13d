from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from hjemmel.domain.offices.queries import office_title
from hjemmel.faces.look.pages import Link
from hjemmel.faces.office.declaring.desk import Desk, declaring_room
from hjemmel.faces.office.views.declaring import PURPOSE
from hjemmel.kernel.access.routes import responsible
from hjemmel.kernel.grounds.queries import in_force
from hjemmel.kernel.statement import drafts

DONE = {
    "began": gettext_lazy("began a draft"),
    "changed": gettext_lazy("changed"),
    "uploaded": gettext_lazy("put in files"),
    "undone": gettext_lazy("took back a change"),
    "rebased": gettext_lazy("laid the draft on the version in force"),
    "discarded": gettext_lazy("threw the draft away"),
    "restored": gettext_lazy("took up the draft again"),
    "applied": gettext_lazy("had the draft put in force"),
}


@dataclass(frozen=True)
class Line:
    """Something that was done: by which office, what, when, and in which files."""

    at: datetime
    who: str
    what: str
    files: str
    undone: bool


@responsible(PURPOSE)
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """The versions that have been in force, drafts that were thrown away, and who did what when."""
    desk = Desk()
    title = _("History")
    declaration = in_force()
    past = [(one, office_title(declaration, one.office)) for one in drafts.versions()]
    lines = [
        Line(
            at=step.at,
            who=_("You yourself") if step.mine else office_title(declaration, step.office),
            what=str(DONE[step.kind]),
            files=", ".join(step.files),
            undone=step.undone,
        )
        for step in drafts.history()
    ]
    context = declaring_room(
        request,
        desk,
        title=title,
        crumbs=[Link(label=title, url=request.path)],
        past=past,
        lines=lines,
        thrown=drafts.thrown(),
    )
    return render(request, "office/declaring/history.html", context)
