from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from hjemmel.domain.offices.queries import units_named
from hjemmel.domain.people.queries import Hit, search
from hjemmel.faces.look.lists import Column, Listing, Row
from hjemmel.faces.look.pages import Link
from hjemmel.faces.look.writing import number
from hjemmel.faces.office.purposes import REGISTER
from hjemmel.faces.office.room import room
from hjemmel.faces.office.sought import unwrapped, wrapped
from hjemmel.kernel.access.routes import officer

LONGEST = 200
FIRST, MORE = 50, 200
# Ways of finding that mean one person: whoever typed all of it wants to be there.
EXACT = frozenset({"email", "phone", "number", "national_id"})


@officer(*REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def results(request: HttpRequest) -> HttpResponse:
    """People that fit what was typed, among those the officer sees, and units, which everybody may know. What
    was typed is posted, and stands in no address that can be read.
    """
    if request.method == "POST":
        typed = request.POST.get("q", "").replace("\0", "").strip()[:LONGEST]
        asked = urlencode({"search": wrapped(request, typed)}) if typed else ""
        return redirect(f"{reverse('search')}?{asked}" if asked else reverse("search"))
    token = request.GET.get("search", "")
    text = unwrapped(request, token) if token else ""
    limit = MORE if request.GET.get("more") else FIRST
    hits = search(text, limit=limit + 1) if text else []
    units = [Link(label=u.name, url=reverse("unit", args=[u.id])) for u in units_named(text or "")]
    if len(hits) == 1 and hits[0].by in EXACT and not units:
        return redirect("person", hits[0].person_id)
    context = room(
        request,
        title=_("Search: %(text)s") % {"text": text} if text else _("Search"),
        listing=_listing(request, hits[:limit], text),
        counted=_counted(min(len(hits), limit), more=len(hits) > limit),
        search_text=text or "",
        found_units=units,
        further=_further(token, limit) if len(hits) > limit else None,
    )
    return render(request, "office/search.html", context)


def _counted(count: int, *, more: bool) -> str:
    told = number(count) + ("+" if more else "")
    return ngettext("%(n)s person", "%(n)s persons", count) % {"n": told}


def _further(token: str, limit: int) -> dict[str, object]:
    """What to say where more people fit than are shown, and where to see more of them."""
    more = urlencode({"search": token, "more": "on"}) if limit < MORE else ""
    return {"shown": limit, "url": f"?{more}" if more else ""}


def _listing(request: HttpRequest, hits: list[Hit], text: str | None) -> Listing[Hit]:
    if text is None:
        empty = _("This search is no longer here: it went when you logged out. Search once more.")
    elif text:
        empty = _("Nobody that you may see fits. Try fewer letters, or a number or an address.")
    else:
        empty = _(
            "Type a name, an e-mail address, a phone number, a member number, a birth date or an address."
        )
    return Listing(
        request,
        columns=[
            Column(name="name", label=_("Name"), sortable=False),
            Column(name="birth_date", label=_("Birth date"), kind="day", sortable=False),
            Column(name="unit", label=_("Unit"), sortable=False),
        ],
        default="name",
        count=len(hits),
        fetch=lambda _order, first, size: hits[first : first + size],
        show=_row,
        empty_title=_("Nobody found") if text else _("Whom are you looking for?"),
        empty=empty,
    )


def _row(hit: Hit) -> Row:
    open_ = [u for u in hit.units if not u.ended] or list(hit.units)
    units = ", ".join(dict.fromkeys(u.unit_name for u in open_ if u.unit_name))
    values = [hit.display_name or _("Name hidden"), hit.birth_date, units or None]
    return Row(url=reverse("person", args=[hit.person_id]), values=values)
