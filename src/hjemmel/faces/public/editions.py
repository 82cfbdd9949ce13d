"""The earlier versions of the privacy statement: a list, each as it was published, and what has changed."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hjemmel.declaration import Change, Declaration
from hjemmel.declaration.diff.public import public_changes
from hjemmel.faces.look.language import code, said
from hjemmel.faces.look.writing import day
from hjemmel.faces.public.views import NAMES
from hjemmel.kernel.access.routes import form
from hjemmel.kernel.grounds.queries import in_force
from hjemmel.kernel.statement.editions import Edition, article, as_pdf, edition, editions, offered


@form("statement")
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every version that has been in force, the latest first."""
    organisation = in_force().organisation
    versions = [
        {
            "number": each.number,
            "since": day(each.valid_from),
            "until": day(each.replaced_on) if each.replaced_on else "",
            "url": reverse("edition", args=[each.number]) if each.replaced_on else reverse("statement"),
            "changes": reverse("edition_changes", args=[each.number]) if each.replaced_on else "",
        }
        for each in editions()
    ]
    context = {"organisation": {"name": said(organisation.title)}, "versions": versions}
    return render(request, "public/editions.html", context)


@form("statement")
@require_safe
def shown(request: HttpRequest, number: int, lang: str = "") -> HttpResponseBase:
    """A version as it was published; an honest page where its language of declarations is read no more."""
    found = _found(number)
    if found.replaced_on is None:
        return HttpResponseRedirect(reverse("statement_in", args=[lang]) if lang else reverse("statement"))
    there = offered(found)
    if not there:
        return render(request, "public/edition_gone.html", _context(found))
    if lang and lang not in there:
        raise Http404
    lang = lang or (code() if code() in there else there[0])
    with translation.override(lang):
        return render(request, "public/edition.html", _context(found) | _printed(found, lang, there))


def _printed(found: Edition, lang: str, there: tuple[str, ...]) -> dict[str, Any]:
    return {
        "article": mark_safe(article(found, lang)),  # noqa: S308 - our own renderer, which escapes
        "languages": [
            {"code": each, "name": NAMES[each], "url": reverse("edition_in", args=[found.number, each])}
            for each in there
            if each != lang
        ],
        "pdf": reverse("edition_pdf", args=[found.number, lang]),
    }


@form("statement")
@require_safe
def printed(request: HttpRequest, number: int, lang: str) -> HttpResponse:
    """The same as a PDF, marked as no longer in force."""
    del request
    found = _found(number)
    if lang not in offered(found):
        raise Http404
    answer = HttpResponse(as_pdf(found, lang), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="personvernerklaring-{number}-{lang}.pdf"'
    answer["Content-Language"] = lang
    return answer


@form("statement")
@require_safe
def changed(request: HttpRequest, number: int) -> HttpResponseBase:
    """What has changed from a version to the one in force, in words: first what is worse for people."""
    found = _found(number)
    if found.replaced_on is None:
        return HttpResponseRedirect(reverse("statement"))
    if found.declaration is None:
        return render(request, "public/edition_gone.html", _context(found))
    groups = _groups(found.declaration, in_force())
    return render(request, "public/edition_changes.html", _context(found) | {"groups": groups})


def _groups(old: Declaration, new: Declaration) -> list[dict[str, Any]]:
    titles = {
        "wider": _("More than before"),
        "narrower": _("Less than before"),
        "other": _("Neither more nor less"),
    }
    means = {
        "wider": _("More data, more uses, more who see or get them, a longer time, or less protection."),
        "narrower": _(
            "Fewer data, fewer uses, fewer who see or get them, a shorter time, or more protection."
        ),
        "other": _("Other words, other grounds, or another order."),
    }
    by_way: dict[str, list[Change]] = {}
    for change in public_changes(old, new):
        by_way.setdefault(change.direction, []).append(change)
    return [
        {"name": way, "title": titles[way], "means": means[way], "sentences": [said(c.words) for c in those]}
        for way, those in by_way.items()
    ]


def _found(number: int) -> Edition:
    found = edition(number)
    if found is None:
        raise Http404
    return found


def _context(found: Edition) -> dict[str, Any]:
    organisation = in_force().organisation
    return {
        "organisation": {"name": said(organisation.title)},
        "number": found.number,
        "since": day(found.valid_from),
        "until": day(found.replaced_on) if found.replaced_on else "",
        "email": organisation.contact.email,
        "here": reverse("edition", args=[found.number]),
        "changes": reverse("edition_changes", args=[found.number]),
    }
