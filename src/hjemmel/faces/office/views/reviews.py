from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from hjemmel.declaration import vocabulary
from hjemmel.domain.offices.queries import is_responsible, rail
from hjemmel.domain.people import actions
from hjemmel.domain.people.queries import Named, persons
from hjemmel.faces.look.language import capital, said
from hjemmel.faces.look.lists import Column, Listing, Order, Row
from hjemmel.faces.look.pages import Errand, Link
from hjemmel.faces.look.writing import counted
from hjemmel.faces.office.purposes import REGISTER
from hjemmel.faces.office.room import room
from hjemmel.kernel.access.routes import officer
from hjemmel.kernel.retention.reviews import MOST, Due, Waiting, due, sign_off, waiting
from hjemmel.kernel.subjects.refusals import ConflictError

TICKED = "still_right"


@officer(*REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def reviews(request: HttpRequest) -> HttpResponse:
    """What has no end of its own and is due to be looked over, with signing off."""
    if request.method == "POST":
        _sign_off(request, request.POST.getlist(TICKED))
        return redirect(request.get_full_path())
    found = waiting()
    kinds = {one.record for one in found}
    what = request.GET.get("what", "")
    what = what if what in kinds else ""
    reach = rail()
    beside = [Link(label=_("Outside the register"), url=reverse("outside"))]
    context = room(
        request,
        title=_("To look over"),
        reach=reach,
        crumbs=[Link(label=_("To look over"), url=request.path)],
        tabs=[*_tabs(found, what), *(beside if is_responsible(reach.offices) else [])],
        listing=_listing(request, found, what),
        counted=counted(*_sum(found, what)),
        more=_sum(found, what)[1],
        most=MOST,
    )
    return render(request, "office/reviews.html", context)


def review_errands() -> list[Errand]:
    """What is due to be looked over, for the front page: a line a kind, with the day the first was due."""
    return [
        Errand(
            label=_("%(kind)s to look over") % {"kind": _kind(one.record)},
            count=one.count,
            over=one.over,
            url=f"{reverse('reviews')}?what={one.record}",
            deadline=one.since,
        )
        for one in waiting()
    ]


def _sum(found: Iterable[Waiting], what: str = "") -> tuple[int, bool]:
    """How many are listed, of this kind or of all, and whether there are more than that."""
    chosen = [one for one in found if what in {"", one.record}]
    return sum(one.count for one in chosen), any(one.over for one in chosen)


def _kind(record: str) -> str:
    return capital(said(vocabulary().records[record].one))


def _tabs(found: list[Waiting], what: str) -> list[Link]:
    """Everything, and each kind: only where there are several."""
    if len(found) < 2:
        return []
    here = reverse("reviews")
    count, over = _sum(found)
    every = Link(label=_("Everything"), url=here, current=not what, count=count, over=over)
    kinds = [
        Link(
            label=_kind(one.record),
            url=f"{here}?what={one.record}",
            current=one.record == what,
            count=one.count,
            over=one.over,
        )
        for one in found
    ]
    return [every, *kinds]


def _listing(request: HttpRequest, found: Iterable[Waiting], what: str) -> Listing[Due]:
    columns = [
        Column(name="name", label=_("Name"), sortable=False),
        Column(name="what", label=_("What"), sortable=False),
        Column(name="unit", label=_("Unit"), sortable=False),
        Column(name="since", label=_("Since"), kind="day", sortable=False, on_phone=False),
        Column(name="looked", label=_("Looked over"), kind="day", sortable=False, on_phone=False),
        Column(name="due", label=_("Was due"), kind="day", sortable=False),
        Column(name="right", label=_("Still right"), sortable=False),
    ]
    names: dict[int, Named] = {}

    def fetch(_order: Order, first: int, size: int) -> list[Due]:
        page = due(record=what, first=first, size=size)
        names.update(persons([one.subject_id for one in page]))
        return page

    def show(one: Due) -> Row:
        named = names.get(one.subject_id)
        name = (named and named.display_name) or _("Name hidden")
        kind = _kind(one.record)
        values = [
            name,
            kind,
            one.unit_name,
            one.since,
            one.reviewed_on,
            one.due,
            _tick(one, f"{name}, {kind}"),
        ]
        return Row(url=reverse("person", args=[one.subject_id]), values=values)

    return Listing(
        request,
        columns=columns,
        default="due",
        count=_sum(found, what)[0],
        fetch=fetch,
        show=show,
        empty_title=_("Nothing waits"),
        empty=_("What your offices let you change has been looked over as often as the statement says."),
    )


def _tick(one: Due, about: str) -> SafeString:
    value = f"{one.record}:{one.id}:{one.version}"
    label = _("Still right: %(about)s") % {"about": about}
    tick = '<input type="checkbox" class="ds-input" name="{}" value="{}" aria-label="{}">'
    return format_html(tick, TICKED, value, label)


def _sign_off(request: HttpRequest, ticked: Iterable[str]) -> None:
    done = late = 0
    for record, number, version in filter(None, map(_read, ticked)):
        try:
            if record == "contact":
                actions.review_contact(contact_id=number, version=version)
            else:
                sign_off(record=record, record_id=number, version=version)
        except (ConflictError, PermissionDenied):
            late += 1
        else:
            done += 1
    if done:
        told = ngettext("%(n)s is signed off today.", "%(n)s are signed off today.", done) % {"n": done}
        messages.success(request, told)
    if late:
        messages.error(request, _("Somebody else saved first. Look once more, and save again."))
    if not done and not late:
        messages.error(request, _("Nothing was ticked."))


def _read(text: str) -> tuple[str, int, int] | None:
    record, _colon, rest = text.partition(":")
    number, _colon, version = rest.partition(":")
    whole = all(part.isascii() and part.isdigit() and len(part) < 20 for part in (number, version))
    return (record, int(number), int(version)) if whole else None
