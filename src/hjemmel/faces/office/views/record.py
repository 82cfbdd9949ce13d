"""The record of processing (GDPR art. 30), for those responsible."""

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hjemmel.declaration.render import html, languages
from hjemmel.declaration.render.record import document
from hjemmel.faces.look.language import code
from hjemmel.faces.look.pages import Link
from hjemmel.faces.office.room import room
from hjemmel.kernel.access.routes import responsible
from hjemmel.kernel.statement.queries import recorded, recorded_jsonld

NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@responsible()
@require_safe
def page(request: HttpRequest, lang: str = "") -> HttpResponse:
    """The record as it is in force, with the ways to take it along."""
    lang = _known(lang or code())
    title = _("Record of processing")
    context = room(
        request,
        title=title,
        crumbs=[Link(label=title, url=request.path)],
        article=mark_safe(html.article(document(recorded(lang)), "record")),  # noqa: S308 - ours; it escapes
        languages=[
            {"code": each, "name": NAMES[each], "url": reverse("record_in", args=[each])}
            for each in languages()
            if each != lang
        ],
        xlsx=reverse("record_xlsx", args=[lang]),
        jsonld=reverse("record_jsonld"),
    )
    return render(request, "office/record.html", context)


@responsible()
@require_safe
def workbook(request: HttpRequest, lang: str) -> HttpResponse:
    """The same as a workbook."""
    del request
    from hjemmel.declaration.render.xlsx import xlsx  # noqa: PLC0415 - what writes it is large

    return _file(xlsx(recorded(_known(lang))), XLSX, f"protokoll-{lang}.xlsx")


@responsible()
@require_safe
def linked(request: HttpRequest) -> HttpResponse:
    """The same as JSON-LD, which has every language."""
    del request
    text = json.dumps(recorded_jsonld(), ensure_ascii=False, indent=2)
    return _file(text.encode(), "application/ld+json", "protokoll.jsonld")


def _known(lang: str) -> str:
    if lang not in languages():
        raise Http404
    return lang


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
