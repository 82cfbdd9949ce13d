from collections import Counter
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hjemmel.domain.imports.queries.staged import staged
from hjemmel.domain.members.queries import unit_counts
from hjemmel.domain.offices.queries import Rail, UnitInfo, holders, is_responsible, rail
from hjemmel.domain.people.queries import may_enter_contact
from hjemmel.faces.look.language import said
from hjemmel.faces.look.pages import Errand, Fact, Figure, Link, Night
from hjemmel.faces.office.endings import undoable
from hjemmel.faces.office.purposes import EVERYTHING
from hjemmel.faces.office.retention.desk import responsible_errands
from hjemmel.faces.office.room import may_disclose, room
from hjemmel.faces.office.views.disclosing import disclosing_errands
from hjemmel.faces.office.views.reviews import review_errands
from hjemmel.faces.office.views.units import has_below
from hjemmel.kernel.access.routes import officer
from hjemmel.kernel.grounds.queries import in_force
from hjemmel.kernel.retention.nights import last_run

NUMBERED = 2  # with the whole and how many units there are: four numbers


@officer(*EVERYTHING)
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """What needs a person, what the house did by itself last night, and the officer's units in numbers."""
    reach = rail()
    context = room(
        request,
        title=_("Front page"),
        reach=reach,
        errands=[
            *responsible_errands(reach.offices),
            *review_errands(),
            *(disclosing_errands() if may_disclose(reach.offices) else []),
            *_staged(),
        ],
        night=_night(reach),
        figures=_figures(reach.units),
        actions=_actions(),
        undoable=undoable(request),
    )
    return render(request, "look/page/front.html", context)


def _staged() -> list[Errand]:
    """Rows of lists that wait or were refused: the files with them are where the list was read in."""
    labels = {
        "queued": _("Rows of lists that wait for a person"),
        "rejected": _("Refused rows of lists, to be corrected and read in"),
    }
    return [Errand(label=labels[one.state], count=one.count, deadline=one.until) for one in staged()]


def _actions() -> list[Link]:
    """What may be begun from here."""
    if not may_enter_contact():
        return []
    return [Link(label=_("New contact"), url=reverse("enter_contact"))]


def _night(reach: Rail) -> Night | None:
    """What the last run let go, in the statement's own words for what it is about: records, and apart from
    them the single data that left records which stay. Whoever was nothing else went with them, uncounted.
    """
    run = last_run()
    if run is None:
        return None
    url = reverse("retention_run", args=[run.id]) if is_responsible(reach.offices) else ""
    if run.state == run.State.STOPPED:
        lead = _("Deleting was stopped. It waits for somebody responsible to look at the plan.")
        return Night(day=run.day, lead=lead, facts=[], url=url)
    titles = {a.name: said(a.title) for a in in_force().activities}
    gone: Counter[str] = Counter()
    for rule, counts in run.counts.items():
        title = titles.get(rule.partition("/")[0], rule)
        gone[title] += counts.get("record", 0)
        gone[_("%(what)s: single data") % {"what": title}] += counts.get("datum", 0) + counts.get("row", 0)
    facts = [Fact(label=title, value=count, kind="number") for title, count in sorted(gone.items()) if count]
    lead = _("Deleted in all of the register because the time was up:")
    return Night(day=run.day, lead=lead if facts else _("Nothing was due."), facts=facts, url=url)


def _figures(units: Sequence[UnitInfo]) -> list[Figure]:
    """At most four numbers for each unit of hers: its members, and what lies under it or who holds office."""
    tops = [u for u in units if u.parent_id not in {other.id for other in units}]
    figures = []
    for top in tops[:2]:
        counts = unit_counts(top.id)
        figures.append(_members(top, counts))
        if not has_below(top):
            held = sum(holder.current for holder in holders(top.id))
            url = reverse("unit_offices", args=[top.id])
            figures.append(Figure(label=_("Offices in %(unit)s") % {"unit": top.name}, value=held, url=url))
            continue
        under = [u for u in units if u.parent_id == top.id]
        figures += [_members(u, unit_counts(u.id)) for u in under if len(under) <= NUMBERED]
        url = reverse("units_under", args=[top.id])
        figures.append(Figure(label=_("Units with members"), value=len(counts), url=url))
    return figures


def _members(unit: UnitInfo, counts: dict[int, int]) -> Figure:
    below = "?below=on" if has_below(unit) else ""
    url = reverse("unit", args=[unit.id]) + below
    return Figure(label=_("Members in %(unit)s") % {"unit": unit.name}, value=sum(counts.values()), url=url)
