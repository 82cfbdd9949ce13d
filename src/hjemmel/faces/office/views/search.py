from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hjemmel.domain.offices.queries import rail
from hjemmel.domain.people.queries import Hit, search
from hjemmel.faces.look.lists import Column, Listing, Row
from hjemmel.faces.look.pages import Link
from hjemmel.faces.office.purposes import REGISTER
from hjemmel.faces.office.room import room
from hjemmel.kernel.access.routes import officer

LONGEST = 200


@officer(*REGISTER)
@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """People and units that fit what was typed, among those the officer sees."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    hits = search(text) if text else []
    reach = rail()
    units = [u for u in reach.units if text and text.casefold() in u.name.casefold()][:10]
    listing: Listing[Hit] = Listing(
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
        empty=_("Nobody that you may see fits. Try fewer letters, or a number or an address."),
    )
    found = [Link(label=u.name, url=reverse("unit", args=[u.id])) for u in units]
    title = _("Search: %(text)s") % {"text": text} if text else _("Search")
    context = room(request, title=title, reach=reach, listing=listing, search_text=text, found_units=found)
    return render(request, "office/search.html", context)


def _row(hit: Hit) -> Row:
    open_ = [u for u in hit.units if not u.ended] or list(hit.units)
    units = ", ".join(dict.fromkeys(u.unit_name for u in open_ if u.unit_name))
    values = [hit.display_name or _("Name hidden"), hit.birth_date, units or None]
    return Row(url=reverse("person", args=[hit.person_id]), values=values)
