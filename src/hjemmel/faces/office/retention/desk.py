"""What stands around every page of deleting."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from hjemmel.domain.offices.queries import OwnOffice, is_responsible, office_title
from hjemmel.faces.look.pages import Errand, Link
from hjemmel.faces.office.room import room
from hjemmel.kernel.grounds.queries import in_force
from hjemmel.kernel.retention import approvals, outside


def retention_room(
    request: HttpRequest, *, title: str, crumbs: Iterable[Link] = (), **more: Any
) -> dict[str, Any]:
    """The context of a page of deleting."""
    places = [
        ("retention", _("Runs")),
        ("retention_plan", _("Nights to come")),
        ("retention_forecast", _("Years to come")),
    ]
    tabs = [
        Link(
            label=label,
            url=reverse(name),
            current=request.path == reverse(name)
            or (request.path.startswith(reverse(name)) and name != places[0][0]),
        )
        for name, label in places
    ]
    way = [Link(label=_("Deleting"), url=reverse("retention")), *crumbs]
    return room(request, title=title, crumbs=way, tabs=tabs, **more)


def by_office(name: str) -> str:
    """What an office is called, as the one who said something."""
    return office_title(in_force(), name)


def responsible_errands(held: Iterable[OwnOffice]) -> list[Errand]:
    """What waits for those responsible: a run that the brake stopped, and what is to be looked over outside
    the register. For others there is nothing.
    """
    if not is_responsible(held):
        return []
    found = []
    stopped = approvals.waiting()
    if stopped is not None:
        label = _("Deleting is stopped. Persons of whom something is due")
        url = reverse("retention_run", args=[stopped.id])
        found.append(Errand(label=label, count=stopped.due, url=url, deadline=stopped.day))
    due = outside.overdue(outside.waiting())
    if due:
        label = _("To look over outside the register")
        found.append(Errand(label=label, count=len(due), url=reverse("outside"), deadline=due[0].due))
    return found
