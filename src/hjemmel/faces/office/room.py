"""What stands around every page of the office: what the officer's duties reach, and who she is."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from hjemmel.domain.offices.queries import OwnOffice, Rail, is_responsible, rail, unit
from hjemmel.faces.look.language import said
from hjemmel.faces.look.pages import Link, RailGroup
from hjemmel.kernel.grounds.queries import in_force

UNITS_IN_RAIL = 40


def room(
    request: HttpRequest,
    *,
    title: str,
    reach: Rail | None = None,
    crumbs: list[Link] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """The context of a page: one look at the officer's duties (`reach`, where it was taken already)."""
    seen = reach or rail()
    current = seen.offices
    home = reverse("office" if seen.purposes or not is_responsible(current) else "declaring")
    return {
        "layout": "office/room.html",
        "title": title,
        "crumbs": [Link(label=_("The office"), url=home), *crumbs] if crumbs else None,
        "organisation": {"name": said(in_force().organisation.title)},
        "home": home,
        "search_url": reverse("search"),
        "viewer": {
            "name": current[0].office_title if current else _("Officer"),
            "office": ", ".join(f"{o.office_title}, {o.unit_name}" for o in current),
        },
        "user_links": _own_links(seen),
        "logout_url": reverse("account_logout"),
        "rail": _groups(request, seen),
        **more,
    }


def _is_responsible(reach: Rail) -> bool:
    """Return whether the officer holds an office that the declaration makes responsible for it, at the
    topmost unit: the pages for those are hers. The database says the same when she opens one.
    """
    organisation = in_force().organisation
    offices = {organisation.answers, organisation.daily, organisation.requests}
    units = {held.unit_id for held in reach.offices if held.office in offices}
    return any(one.id in units and one.parent_id is None for one in reach.units) or any(
        found is not None and found.parent_id is None for found in map(unit, units)
    )


def may_disclose(held: Iterable[OwnOffice]) -> bool:
    """Return whether some office held today may, by the declaration, take data out of an activity that gives
    some away. From what, and where, the database says when the page is opened.
    """
    offices = {one.office for one in held if one.current}
    return any(
        duty.office in offices and "export" in duty.may
        for activity in in_force().active
        if activity.recipients
        for duty in activity.duties
    )


def _own_links(reach: Rail) -> list[Link]:
    links = [
        Link(label=_("My page"), url=reverse("mypage")),
        Link(label=_("Change password"), url=reverse("change_password")),
        Link(label=_("Privacy statement"), url=reverse("statement")),
    ]
    if _is_responsible(reach):
        links.append(Link(label=_("Record of processing"), url=reverse("record")))
    return links


def _groups(request: HttpRequest, reach: Rail) -> list[RailGroup]:
    places: list[tuple[str, str]] = [("office", _("Front page"))] if reach.purposes else []
    if is_responsible(reach.offices):
        places += [("declaring", _("The declaration")), ("retention", _("Deleting"))]
    if may_disclose(reach.offices):
        places.append(("disclosures", _("Disclosures")))
    first = [Link(label=label, url=reverse(p), current=request.path == reverse(p)) for p, label in places]
    units = [
        Link(
            label=unit.name,
            url=reverse("unit", args=[unit.id]),
            current=request.path == reverse("unit", args=[unit.id]),
        )
        for unit in reach.units[:UNITS_IN_RAIL]
    ]
    groups = [RailGroup(label="", links=first)]
    if units:
        groups.append(RailGroup(label=_("Units"), links=units))
    return groups
