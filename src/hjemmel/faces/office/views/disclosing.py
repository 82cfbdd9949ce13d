"""Giving data to a recipient that the declaration names, and the list of what was given."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hjemmel.declaration.render import sentences
from hjemmel.domain.offices.queries import office_title
from hjemmel.faces.look.giving import recipient, told
from hjemmel.faces.look.language import capital, code, inside, said
from hjemmel.faces.look.lists import Column, Listing, Order, Row
from hjemmel.faces.look.pages import Chip, Errand, Fact, Link
from hjemmel.faces.office.forms.disclosing import DiscloseForm
from hjemmel.faces.office.purposes import EVERYTHING
from hjemmel.faces.office.room import room
from hjemmel.kernel.access.routes import officer
from hjemmel.kernel.disclosure import actions, queries
from hjemmel.kernel.disclosure.queries import HINDRANCES, Choice, Count, Given, Place, Way
from hjemmel.kernel.grounds.queries import in_force
from hjemmel.kernel.subjects.refusals import Refused
from hjemmel.kernel.units.queries import names

CSV = "text/csv; charset=utf-8"


@officer(*EVERYTHING)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What the officer may give to whom, and what was given before."""
    mine = queries.mine()
    sentence = sentences(in_force(), code())
    ways = [
        {
            "title": capital(said(way.recipient.title)),
            "activity": said(way.activity.title),
            "sentence": sentence[way.rule],
            "url": reverse("disclose", args=[way.rule]) if not way.hindrance else "",
            "hindrance": HINDRANCES.get(way.hindrance, ""),
        }
        for way in queries.ways()
        if way.rule in mine
    ]
    title = _("Disclosures")
    crumbs = [Link(label=title, url=request.path)]
    context = room(request, title=title, crumbs=crumbs, ways=ways, listing=_listing(request))
    return render(request, "office/disclosures.html", context)


def _listing(request: HttpRequest) -> Listing[Given]:
    columns = [
        Column(name="at", label=_("When"), kind="moment", sortable=False),
        Column(name="to", label=_("To"), sortable=False),
        Column(name="activity", label=_("From"), sortable=False, on_phone=False),
        Column(name="persons", label=_("Persons"), kind="number", sortable=False),
        Column(name="by", label=_("By"), sortable=False, on_phone=False),
        Column(name="state", label=_("State"), sortable=False),
    ]
    declaration = in_force()
    to_tell = {number for number, _to, _many in queries.to_tell()}

    def fetch(_order: Order, first: int, size: int) -> list[Given]:
        return queries.given(first, size)

    def show(one: Given) -> Row:
        waits = Chip(label=_("To be told of deletions"), colour="warning")
        words = told(one, declaration)
        state = waits if one.id in to_tell else None
        values = [one.at, words.to, words.activity, one.persons, _by(one), state]
        return Row(url=reverse("disclosure", args=[one.id]), values=values)

    return Listing(
        request,
        columns=columns,
        default="at",
        count=queries.how_many(),
        fetch=fetch,
        show=show,
        empty_title=_("Nothing has been given to anybody yet"),
    )


@officer(*EVERYTHING)
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, rule: str) -> HttpResponse:
    """Choose of whom, see how many that is, and get the file. It is made for the answer and lies nowhere."""
    places = queries.mine().get(rule)
    way = next((each for each in queries.ways() if each.rule == rule), None)
    if way is None or places is None:
        raise Http404
    units = names(place.unit_id for place in places)
    form = DiscloseForm(
        request.POST if request.method == "POST" else None,
        units=[(place.unit_id, units[place.unit_id] or "") for place in places],
        may_shielded=any(place.shielded for place in places),
    )
    counted = None
    if request.method == "POST" and form.is_valid():
        choice = _choice(rule, form, places)
        if form.cleaned_data["ready"]:
            try:
                return _file(actions.disclose(choice))
            except Refused as refusal:
                form.refuse(refusal.errors)
        else:
            counted = queries.count(choice)
            if _goes(counted, choice):
                form.put("ready", "on")
    context = room(request, **_asking(way, form, counted))
    return render(request, "office/disclose.html", context, status=422 if form.errors else 200)


def _choice(rule: str, form: DiscloseForm, places: list[Place]) -> Choice:
    data = form.cleaned_data
    unit_id = int(data["unit"])
    may = any(place.shielded for place in places if place.unit_id == unit_id)
    shielded = may and data.get("shielded", False)
    return Choice(rule, unit_id, fresh=data["who"] == "fresh", shielded=shielded)


def _asking(way: Way, form: DiscloseForm, counted: Count | None) -> dict[str, Any]:
    title = _("Give to %(recipient)s") % {"recipient": said(way.recipient.title)}
    home = Link(label=_("Disclosures"), url=reverse("disclosures"))
    ready = form.is_bound and form.data.get("ready") == "on" and not form.errors
    return {
        "title": title,
        "crumbs": [home, Link(label=title, url=reverse("disclose", args=[way.rule]))],
        "lead": sentences(in_force(), code())[way.rule],
        "form": form,
        "counted": counted,
        "left_out": _left_out(counted) if counted else [],
        "hindrance": HINDRANCES.get(way.hindrance, ""),
        "submit": _("Give, and fetch the file") if ready else _("See how many it is about"),
        "cancel_url": home.url,
    }


def _goes(counted: Count, choice: Choice) -> bool:
    return counted.persons + (counted.shielded if choice.shielded else 0) > 0


def _left_out(counted: Count) -> list[str]:
    """Who is left out, and why."""
    reasons = [
        (counted.shielded, _("%(n)s with a secret address, unless you choose otherwise")),
        (counted.restricted, _("%(n)s whose processing is restricted")),
        (counted.silent, _("%(n)s who have not said yes to it")),
    ]
    return [sentence % {"n": number} for number, sentence in reasons if number]


def _file(made: actions.File) -> HttpResponse:
    answer = HttpResponse(b"".join(made.content), content_type=CSV)
    answer["Content-Disposition"] = f'attachment; filename="utlevering-{made.number}.csv"'
    answer["Cache-Control"] = "no-store, private"
    return answer


@officer(*EVERYTHING)
@require_http_methods(["GET", "HEAD", "POST"])
def shown(request: HttpRequest, number: int) -> HttpResponse:
    """One disclosure: what went to whom, and the lines of those who are deleted since."""
    one = queries.one(number) if number < 2**63 else None
    if one is None:
        raise Http404
    if request.method == "POST":
        lines = actions.tell(number)
        messages.success(request, _("Noted that they were told today: %(n)s lines.") % {"n": lines})
        return redirect("disclosure", number)
    title = _("Disclosure %(number)s") % {"number": number}
    home = Link(label=_("Disclosures"), url=reverse("disclosures"))
    context = room(
        request,
        title=title,
        crumbs=[home, Link(label=title, url=request.path)],
        facts=_facts(one),
        gone=one.gone,
    )
    return render(request, "office/disclosure.html", context)


def _facts(one: Given) -> list[Fact]:
    words = told(one, in_force())
    facts = [
        Fact(label=_("When"), value=words.at, kind="moment"),
        Fact(label=_("To"), value=words.to),
        Fact(label=_("From"), value=words.activity),
        Fact(label=_("Unit"), value=names([one.unit_id])[one.unit_id] if one.unit_id else None),
        Fact(label=_("What"), value=words.data),
        Fact(label=_("Legal basis"), value=words.basis),
        Fact(label=_("By"), value=_by(one)),
        Fact(label=_("Persons"), value=one.persons, kind="number"),
        Fact(label=_("Left out"), value=one.left_out, kind="number"),
        Fact(label=_("They delete it by"), value=one.delete_by, kind="day"),
    ]
    return [fact for fact in facts if fact.value is not None]


def disclosing_errands() -> list[Errand]:
    """Recipients who are to be told that somebody they got data about is deleted (GDPR art. 19)."""
    declaration = in_force()
    return [
        Errand(
            label=_("Tell %(recipient)s of deletions. Lines in a file they got")
            % {"recipient": inside(recipient(declaration, to))},
            count=many,
            url=reverse("disclosure", args=[number]),
        )
        for number, to, many in queries.to_tell()
    ]


def _by(one: Given) -> str:
    return office_title(in_force(), one.office) if one.office else _("Whoever runs the register")
