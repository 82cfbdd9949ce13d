from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from hjemmel.domain.offices.queries import is_responsible, my_offices
from hjemmel.domain.people.queries import Named, persons
from hjemmel.faces.look import writing
from hjemmel.faces.look.lists import Column, Listing, Order, Row
from hjemmel.faces.look.pages import Link
from hjemmel.faces.office.purposes import EVERYTHING
from hjemmel.faces.office.retention.desk import retention_room
from hjemmel.faces.office.retention.rules import Rules
from hjemmel.faces.office.views.retention import PURPOSE
from hjemmel.kernel.access.routes import officer, responsible
from hjemmel.kernel.retention import coming
from hjemmel.kernel.retention.queries import Counts


@responsible(PURPOSE)
@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """What goes in the nights to come, by rule."""
    night, last = coming.next_night(), coming.last_day()
    tonight, later = coming.coming(night), coming.coming(last)
    rules = Rules()
    urls = {
        one.rule: reverse("retention_persons", args=[one.rule]) for one in later if one.rule in rules.kept
    }
    title = _("Nights to come")
    context = retention_room(
        request,
        title=title,
        crumbs=[Link(label=title, url=request.path)],
        groups=rules.groups([_counts(tonight), _counts(later)], urls),
        heads=[_("Tonight"), _("By %(day)s") % {"day": writing.day(last)}],
        night=night,
        last=last,
    )
    return render(request, "office/retention/plan.html", context)


@officer(*EVERYTHING)
@require_safe
def reached(request: HttpRequest, rule: str) -> HttpResponse:
    """Those whom a rule lets go in the nights to come, of those whom the reader's own duties reach."""
    if not is_responsible(my_offices()):
        raise PermissionDenied
    found = Rules().rule(rule)
    last = coming.last_day()
    if not found.url:
        raise Http404
    title = _("Nights to come")
    listing = _listing(request, rule)
    context = retention_room(
        request,
        title=found.title,
        crumbs=[Link(label=title, url=reverse("retention_plan")), Link(label=found.title, url=request.path)],
        rule=found,
        listing=listing,
        counted=writing.counted(min(listing.count, coming.MOST), listing.count > coming.MOST),
        last=last,
        most=coming.MOST,
        more=listing.count > coming.MOST,
    )
    return render(request, "office/retention/persons.html", context)


def _listing(request: HttpRequest, rule: str) -> Listing[coming.Person]:
    last = coming.last_day()
    names: dict[int, Named] = {}

    def fetch(_order: Order, first: int, size: int) -> list[coming.Person]:
        page = coming.persons(last, rule, first=first, size=size)
        names.update(persons([one.subject_id for one in page]))
        return page

    def show(one: coming.Person) -> Row:
        named = names.get(one.subject_id)
        name = (named and named.display_name) or _("Name hidden")
        things = ngettext("%(n)s thing", "%(n)s things", one.things) % {"n": one.things}
        return Row(url=reverse("person", args=[one.subject_id]), values=[name, one.due, things])

    return Listing(
        request,
        columns=[
            Column(name="name", label=_("Name"), sortable=False),
            Column(name="due", label=_("Goes on"), kind="day", sortable=False),
            Column(name="things", label=_("How much"), sortable=False),
        ],
        default="due",
        count=coming.reached(last, rule),
        fetch=fetch,
        show=show,
        empty_title=_("Nobody whom your own duties reach"),
        empty=_(
            "What goes may be about persons whom other offices see, or who have ended and are seen by nobody."
        ),
    )


def _counts(found: Iterable[coming.Coming]) -> Counts:
    counts: Counts = {}
    for one in found:
        counts.setdefault(one.rule, {})[one.happens] = one.things
    return counts
