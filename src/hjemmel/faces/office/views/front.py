from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hjemmel.domain.members.queries import unit_counts
from hjemmel.domain.offices.queries import UnitInfo, rail
from hjemmel.domain.people.queries import may_enter_contact
from hjemmel.faces.look.language import said
from hjemmel.faces.look.pages import Fact, Figure, Link
from hjemmel.faces.office.endings import undoable
from hjemmel.faces.office.purposes import EVERYTHING
from hjemmel.faces.office.room import room
from hjemmel.kernel.access.routes import officer
from hjemmel.kernel.grounds.queries import in_force
from hjemmel.kernel.retention.nights import last_run


@officer(*EVERYTHING)
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """What the house did by itself last night, and the officer's own units in numbers."""
    reach = rail()
    context = room(
        request,
        title=_("Front page"),
        reach=reach,
        errands=[],
        nightly=_nightly(),
        figures=_figures(reach.units),
        actions=_actions(),
        undoable=undoable(request),
    )
    return render(request, "look/page/front.html", context)


def _actions() -> list[Link]:
    """What may be begun from here."""
    if not may_enter_contact():
        return []
    return [Link(label=_("New contact"), url=reverse("enter_contact"))]


def _nightly() -> list[Fact]:
    """What the last run let go, rule by rule, in the statement's own words for what it is about."""
    run = last_run()
    if run is None:
        return []
    titles = {a.name: said(a.title) for a in in_force().activities}
    gone: dict[str, int] = {}
    for rule, counts in run.counts.items():
        title = titles.get(rule.partition("/")[0], rule)
        gone[title] = gone.get(title, 0) + sum(counts.values())
    return [
        Fact(
            label=_("%(activity)s, deleted because the time was up") % {"activity": title},
            value=count,
            kind="number",
        )
        for title, count in sorted(gone.items())
    ]


def _figures(units: Iterable[UnitInfo]) -> list[Figure]:
    known = list(units)
    tops = [u for u in known if u.parent_id not in {other.id for other in known}]
    figures = []
    for top in tops:
        counts = unit_counts(top.id)
        figures.append(
            Figure(
                label=_("Members in %(unit)s") % {"unit": top.name},
                value=sum(counts.values()),
                url=reverse("unit", args=[top.id]),
            )
        )
    return figures
