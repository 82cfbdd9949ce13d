from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from hjemmel.faces.look.language import code, said
from hjemmel.kernel.access.routes import form
from hjemmel.kernel.grounds.queries import in_force
from hjemmel.kernel.statement.queries import offered, published, published_pdf

NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}


@form("statement")
@require_safe
def statement(request: HttpRequest, lang: str = "") -> HttpResponse:
    """The privacy statement in force: in the language of the address, or else in the reader's, if it is
    published in that; then in the first it is published in.
    """
    there = offered()
    if lang and lang not in there:
        raise Http404
    lang = lang or (code() if code() in there else there[0])
    with translation.override(lang):
        return render(request, "public/statement.html", _context(lang, there))


def _context(lang: str, there: tuple[str, ...]) -> dict[str, Any]:
    organisation = in_force().organisation
    return {
        "organisation": {"name": said(organisation.title)},
        "article": mark_safe(published(lang)),  # noqa: S308 - our own renderer, which escapes
        "languages": [
            {"code": each, "name": NAMES[each], "url": reverse("statement_in", args=[each])}
            for each in there
            if each != lang
        ],
        "pdf": reverse("statement_pdf", args=[lang]),
    }


@form("statement")
@require_safe
def statement_pdf(request: HttpRequest, lang: str) -> HttpResponse:
    """The same as a PDF, to keep or to print."""
    del request
    if lang not in offered():
        raise Http404
    answer = HttpResponse(published_pdf(lang), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="personvernerklaring-{lang}.pdf"'
    answer["Content-Language"] = lang
    return answer
