from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hjemmel.domain.members.queries import MemberRow, may_join, unit_count, unit_page
from hjemmel.domain.offices.queries import unit as find_unit
from hjemmel.faces.look.lists import Column, Listing, Order, Row
from hjemmel.faces.look.pages import Link
from hjemmel.faces.office.forms import MemberFilter
from hjemmel.faces.office.purposes import REGISTER
from hjemmel.faces.office.room import room
from hjemmel.kernel.access.routes import officer


@officer(*REGISTER)
@require_safe
def members(request: HttpRequest, unit_id: int) -> HttpResponse:
    """The members of a unit, as far as the officer sees them."""
    unit = find_unit(unit_id)
    if unit is None:
        raise Http404
    filters = MemberFilter(request.GET or None)
    chosen = filters.chosen()
    listing = _listing(request, unit_id, chosen)
    actions = []
    if may_join(unit_id):
        actions.append(Link(label=_("Enrol a member"), url=reverse("join", args=[unit_id])))
    context = room(
        request,
        title=unit.name,
        crumbs=_crumbs(unit_id),
        listing=listing,
        filters=filters,
        actions=actions,
    )
    return render(request, "look/page/list.html", context)


def _listing(request: HttpRequest, unit_id: int, chosen: dict[str, Any]) -> Listing[MemberRow]:
    def fetch(order: Order, first: int, size: int) -> list[MemberRow]:
        page = first // size + 1
        return unit_page(unit_id, sort=order.name, descending=order.descending, page=page, **chosen)

    columns = [
        Column(name="name", label=_("Name")),
        Column(name="birth_date", label=_("Birth date"), kind="day"),
        Column(name="email", label=_("E-mail"), kind="email", sortable=False, on_phone=False),
        Column(name="phone", label=_("Phone"), kind="phone", sortable=False),
        Column(name="number", label=_("Number"), kind="text", on_phone=False),
        Column(name="joined_on", label=_("Member since"), kind="day", on_phone=False),
    ]
    return Listing(
        request,
        columns=columns,
        default="name",
        count=unit_count(unit_id, **chosen),
        fetch=fetch,
        show=_row,
        filtered=chosen["state"] != "current" or chosen["below"],
        empty=_("No members here that you may see."),
    )


def _row(member: MemberRow) -> Row:
    values = [
        member.display_name or _("Name hidden"),
        member.birth_date,
        member.email,
        member.phone,
        member.number,
        member.joined_on,
    ]
    return Row(url=reverse("person", args=[member.person_id]), values=values)


def _crumbs(unit_id: int) -> list[Link]:
    """From the highest unit down to this one."""
    trail: list[Link] = []
    here = find_unit(unit_id)
    while here is not None:
        trail.insert(0, Link(label=here.name, url=reverse("unit", args=[here.id])))
        here = find_unit(here.parent_id) if here.parent_id else None
    return trail
