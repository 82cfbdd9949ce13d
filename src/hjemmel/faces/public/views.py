from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from hjemmel.faces.look.language import said
from hjemmel.kernel.access.routes import form
from hjemmel.kernel.grounds.queries import in_force
from hjemmel.kernel.statement.queries import published


@form("statement")
@require_safe
def statement(request: HttpRequest) -> HttpResponse:
    """The privacy statement in force, printed from the declaration."""
    organisation = said(in_force().organisation.title)
    article = mark_safe(published("nb"))  # noqa: S308 - written by our own renderer, which escapes
    context = {"organisation": {"name": organisation}, "article": article}
    return render(request, "public/statement.html", context)
