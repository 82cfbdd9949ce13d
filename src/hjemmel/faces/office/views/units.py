from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from hjemmel.domain.members.queries import MemberRow, may_join, unit_count, unit_counts, unit_page
from hjemmel.domain.offices.queries import Holder, Rail, UnitInfo, holders, rail, units_under
from hjemmel.domain.offices.queries import unit as find_unit
from hjemmel.faces.look.lists import Column, Listing, Order, Row
from hjemmel.faces.look.pages import Link
from hjemmel.faces.look.writing import number
from hjemmel.faces.office.endings import undoable
from hjemmel.faces.office.forms.members import MemberFilter
from hjemmel.faces.office.forms.offices import HolderFilter
from hjemmel.faces.office.purposes import REGISTER
from hjemmel.faces.office.room import room
from hjemmel.kernel.access.routes import officer
from hjemmel.kernel.grounds.queries import in_force

# The datum behind each column of members: a column whose datum her offices do not read is not there.
SHOWS = {
    "name": "person.name",
    "birth_date": "person.birth_date",
    "email": "person.email",
    "phone": "person.phone",
    "number": "membership.number",
    "unit": "membership.unit",
    "joined_on": "membership.dates",
    "left_on": "membership.dates",
}


@officer(*REGISTER)
@require_safe
def members(request: HttpRequest, unit_id: int) -> HttpResponse:
    """The members of a unit, as far as the officer sees them."""
    unit, reach = _unit(unit_id), rail()
    below = has_below(unit)
    filters = MemberFilter(request.GET or None, has_below=below, sees_ended=_sees_ended(reach))
    chosen = filters.chosen()
    new = Link(label=_("Enrol a member"), url=reverse("join", args=[unit_id])) if may_join(unit_id) else None
    listing = _members(request, unit, chosen, _columns(reach, chosen), new)
    return render(
        request,
        "office/unit.html",
        room(
            request,
            title=unit.name,
            reach=reach,
            crumbs=crumbs_to(unit),
            tabs=_tabs(unit, "unit", below=below),
            listing=listing,
            counted=_counted(listing.count, chosen),
            filters=filters if filters.fields else None,
            actions=[new] if new else [],
            undoable=undoable(request),
        ),
    )


@officer(*REGISTER)
@require_safe
def offices(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Who holds office at a unit."""
    unit = _unit(unit_id)
    below = has_below(unit)
    filters = HolderFilter(request.GET or None, has_below=below)
    chosen = filters.chosen()
    found = holders(unit_id, **chosen)
    return render(
        request,
        "office/unit.html",
        room(
            request,
            title=unit.name,
            crumbs=crumbs_to(unit),
            tabs=_tabs(unit, "unit_offices", below=below),
            listing=_holders(request, found, chosen),
            counted=ngettext("%(n)s office", "%(n)s offices", len(found)) % {"n": number(len(found))},
            filters=filters,
        ),
    )


@officer(*REGISTER)
@require_safe
def under(request: HttpRequest, unit_id: int) -> HttpResponse:
    """The units next under a unit; of the lowest also how many members the officer sees."""
    unit = _unit(unit_id)
    found = units_under(unit_id)
    columns = [
        Column(name="name", label=_("Name"), sortable=False),
        Column(name="kind", label=_("Kind"), sortable=False),
    ]
    counts: dict[int, int] = {}
    if not any(has_below(one) for one in found):
        columns.append(Column(name="members", label=_("Members"), kind="number", sortable=False))
        counts = unit_counts(unit_id)

    def show(one: UnitInfo) -> Row:
        values = [one.name, one.kind_title, counts.get(one.id, 0)]
        return Row(url=reverse("unit", args=[one.id]), values=values[: len(columns)])

    listing: Listing[UnitInfo] = Listing(
        request,
        columns=columns,
        default="name",
        count=len(found),
        fetch=lambda _order, first, size: found[first : first + size],
        show=show,
        empty=_("No units lie under this one."),
    )
    return render(
        request,
        "office/unit.html",
        room(
            request,
            title=unit.name,
            crumbs=crumbs_to(unit),
            tabs=_tabs(unit, "units_under", below=True),
            listing=listing,
            counted=ngettext("%(n)s unit", "%(n)s units", len(found)) % {"n": number(len(found))},
        ),
    )


def crumbs_to(unit: UnitInfo) -> list[Link]:
    """From the highest unit down to this one."""
    trail: list[Link] = []
    here: UnitInfo | None = unit
    while here is not None:
        trail.insert(0, Link(label=here.name, url=reverse("unit", args=[here.id])))
        here = find_unit(here.parent_id) if here.parent_id else None
    return trail


def has_below(unit: UnitInfo) -> bool:
    """Whether units may lie under one of this kind."""
    return any(unit.kind in kind.under for kind in in_force().unit_kinds)


def _unit(unit_id: int) -> UnitInfo:
    unit = find_unit(unit_id)
    if unit is None:
        raise Http404
    return unit


def _tabs(unit: UnitInfo, here: str, *, below: bool) -> list[Link]:
    tabs = {"unit": _("Members"), "unit_offices": _("Offices")}
    if below:
        tabs["units_under"] = _("Units under it")
    return [
        Link(label=label, url=reverse(name, args=[unit.id]), current=name == here)
        for name, label in tabs.items()
    ]


def _columns(reach: Rail, chosen: dict[str, Any]) -> list[Column]:
    """The columns that her offices read at all. What one member of the list hides is a dash."""
    read = _read(reach)
    columns = [
        Column(name="name", label=_("Name")),
        Column(name="birth_date", label=_("Birth date"), kind="day"),
        Column(name="email", label=_("E-mail"), kind="email", sortable=False, on_phone=False),
        Column(name="phone", label=_("Phone"), kind="phone", sortable=False),
        Column(name="number", label=_("Number"), kind="text", on_phone=False),
        Column(name="joined_on", label=_("Member since"), kind="day", on_phone=False),
    ]
    if chosen["below"]:
        columns.insert(1, Column(name="unit", label=_("Unit")))
    if chosen["state"] != "current":
        columns.append(Column(name="left_on", label=_("Left on"), kind="day"))
    return [column for column in columns if column.name == "name" or SHOWS[column.name] in read]


def _counted(count: int, chosen: dict[str, Any]) -> str:
    """How many, and of what: of those who have left one does not say members."""
    if chosen["state"] == "current":
        return ngettext("%(n)s member", "%(n)s members", count) % {"n": number(count)}
    return ngettext("%(n)s person", "%(n)s persons", count) % {"n": number(count)}


def _sees_ended(reach: Rail) -> bool:
    """Whether any of her offices sees those who have left."""
    held = {office.office for office in reach.offices}
    return any(d.office in held and d.sees == "ended" for d in in_force().activity("membership").duties)


def _read(reach: Rail) -> frozenset[str]:
    held = {office.office for office in reach.offices}
    activity = in_force().activity("membership")
    duties = (duty for duty in activity.duties if duty.office in held and "read" in duty.may)
    return frozenset(datum for duty in duties for datum in activity.subset(duty.data))


def _members(
    request: HttpRequest, unit: UnitInfo, chosen: dict[str, Any], columns: list[Column], new: Link | None
) -> Listing[MemberRow]:
    def fetch(order: Order, first: int, size: int) -> list[MemberRow]:
        page = first // size + 1
        return unit_page(
            unit.id, sort=order.name, descending=order.descending, page=page, size=size, **chosen
        )

    def show(member: MemberRow) -> Row:
        shown = {"name": member.display_name or _("Name hidden"), "unit": member.unit_name}
        values = [shown[c.name] if c.name in shown else getattr(member, c.name) for c in columns]
        return Row(url=reverse("person", args=[member.person_id]), values=values)

    below = has_below(unit) and not chosen["below"]
    look_below = Link(label=_("Show those of the units below"), url="?below=on") if below else None
    return Listing(
        request,
        columns=columns,
        default="name",
        count=unit_count(unit.id, **chosen),
        fetch=fetch,
        show=show,
        filtered=chosen["state"] != "current" or chosen["below"],
        empty=_("Nobody that you may see is a member right here."),
        empty_action=look_below or new,
    )


def _holders(request: HttpRequest, found: list[Holder], chosen: dict[str, bool]) -> Listing[Holder]:
    columns = [
        Column(name="name", label=_("Name"), sortable=False),
        Column(name="office", label=_("Office"), sortable=False),
        Column(name="starts_on", label=_("First day"), kind="day", sortable=False, on_phone=False),
        Column(name="ends_on", label=_("Last day"), kind="day", sortable=False),
    ]
    if chosen["below"]:
        columns.insert(2, Column(name="unit", label=_("Unit"), sortable=False))

    def show(holder: Holder) -> Row:
        values = {
            "name": holder.display_name or _("Name hidden"),
            "office": holder.office_title,
            "unit": holder.unit_name,
            "starts_on": holder.starts_on,
            "ends_on": holder.ends_on,
        }
        return Row(url=reverse("person", args=[holder.subject_id]), values=[values[c.name] for c in columns])

    return Listing(
        request,
        columns=columns,
        default="name",
        count=len(found),
        fetch=lambda _order, first, size: found[first : first + size],
        show=show,
        filtered=chosen["past"] or chosen["below"],
        empty=_("Nobody that you may see holds an office here. Open somebody, and give them one there."),
    )
