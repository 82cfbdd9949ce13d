"""The record of processing (GDPR art. 30), for those who answer for the processing."""

import json
from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hjemmel.declaration.render import html, languages
from hjemmel.declaration.render.record import document
from hjemmel.domain.offices.queries import Rail, rail
from hjemmel.faces.look.language import code
from hjemmel.faces.look.pages import Link
from hjemmel.faces.office.purposes import EVERYTHING
from hjemmel.faces.office.room import answers_for_processing, room
from hjemmel.kernel.access.routes import officer
from hjemmel.kernel.statement.queries import recorded, recorded_jsonld

NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
View = Callable[[HttpRequest, Rail, str], HttpResponse]


def _of_record(view: View) -> Callable[..., HttpResponse]:
    """Make a view of the record in a language: for those who answer for the processing, and nobody else."""

    @officer(*EVERYTHING)
    @require_safe
    @wraps(view)
    def guarded(request: HttpRequest, lang: str = "") -> HttpResponse:
        reach = rail()
        if not answers_for_processing(reach):
            raise PermissionDenied
        if lang and lang not in languages():
            raise Http404
        return view(request, reach, lang or code())

    return guarded


@_of_record
def page(request: HttpRequest, reach: Rail, lang: str) -> HttpResponse:
    """The record as it is in force, with the ways to take it along."""
    title = _("Record of processing")
    context = room(
        request,
        title=title,
        reach=reach,
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


@_of_record
def workbook(request: HttpRequest, reach: Rail, lang: str) -> HttpResponse:
    """The same as a workbook."""
    del request, reach
    from hjemmel.declaration.render.xlsx import xlsx  # noqa: PLC0415 - what writes it is large

    return _file(xlsx(recorded(lang)), XLSX, f"protokoll-{lang}.xlsx")


@_of_record
def linked(request: HttpRequest, reach: Rail, lang: str) -> HttpResponse:
    """The same as JSON-LD, which has every language."""
    del request, reach, lang
    text = json.dumps(recorded_jsonld(), ensure_ascii=False, indent=2)
    return _file(text.encode(), "application/ld+json", "protokoll.jsonld")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
