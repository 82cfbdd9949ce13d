from collections import Counter
from collections.abc import Iterable, Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from hjemmel.faces.look.lists import Column, Listing, Order, Row
from hjemmel.faces.look.pages import Link
from hjemmel.faces.office.retention.chart import Year, picture, ranked
from hjemmel.faces.office.retention.desk import retention_room
from hjemmel.faces.office.retention.rules import Group, Line, Rules
from hjemmel.faces.office.views.retention import PURPOSE
from hjemmel.kernel.access.routes import responsible
from hjemmel.kernel.retention import forecast as ahead

KINDS = {
    "person": gettext_lazy("Persons who go altogether"),
    "record": gettext_lazy("Records"),
    "part": gettext_lazy("Data of records that stay"),
}
LATER, OPEN = "senere", "uten-dag"


@responsible(PURPOSE)
@require_safe
def forecast(request: HttpRequest) -> HttpResponse:
    """What goes when over the next years, as a picture and a table."""
    outlook = ahead.kept()
    title = _("Years to come")
    here = reverse("retention_forecast")
    what = request.GET.get("what", "person")
    what = what if what in KINDS else "person"
    kinds = [
        Link(label=str(label), url=f"{here}?what={kind}", current=kind == what)
        for kind, label in KINDS.items()
    ]
    context = retention_room(request, title=title, crumbs=[Link(label=title, url=here)], kinds=kinds)
    context |= {"outlook": outlook, "what": KINDS[what]}
    if outlook is not None:
        rules = Rules(outlook.version)
        lines = [line for line in outlook.lines if line.kind == what]
        names, years = ranked(_years(outlook, lines, rules), _("Other activities"))
        context |= {
            "picture": picture(names, [year for year in years if year.url != _url(OPEN)]),
            "names": names,
            "years": [(year, [(name, year.numbers.get(name, 0)) for name in names]) for year in years],
            "any": any(year.total for year in years),
            "stale": rules.version != rules.number,
        }
    return render(request, "office/retention/forecast.html", context)


@responsible(PURPOSE)
@require_safe
def year(request: HttpRequest, when: str) -> HttpResponse:
    """What goes in one year, by rule."""
    outlook = _outlook()
    years, label = _when(outlook, when)
    rules = Rules(outlook.version)
    context = retention_room(
        request,
        title=label,
        crumbs=[_home(), Link(label=label, url=request.path)],
        groups=_groups(rules, [line for line in outlook.lines if line.year in years], when),
        heads=[_("How many")],
    )
    return render(request, "office/retention/year.html", context)


@responsible(PURPOSE)
@require_safe
def units(request: HttpRequest, when: str, rule: str) -> HttpResponse:
    """What goes in one year by one rule, unit by unit."""
    outlook = _outlook()
    years, label = _when(outlook, when)
    found = Rules(outlook.version).rule(rule)
    rows = _by_unit(ahead.at_units(rule=rule, years=years))
    if not rows:
        raise Http404
    columns = [Column(name="unit", label=_("Unit"), sortable=False)]
    columns += [
        Column(name=kind, label=str(said), kind="number", sortable=False) for kind, said in KINDS.items()
    ]

    def fetch(_order: Order, first: int, size: int) -> Sequence[tuple[int | None, list[object]]]:
        return rows[first : first + size]

    def show(row: tuple[int | None, list[object]]) -> Row:
        return Row(url=reverse("unit", args=[row[0]]) if row[0] else request.path, values=row[1])

    title = f"{found.title}, {label}"
    context = retention_room(
        request,
        title=title,
        crumbs=[_home(), Link(label=label, url=_url(when)), Link(label=found.title, url=request.path)],
        rule=found,
        listing=Listing(request, columns=columns, default="unit", count=len(rows), fetch=fetch, show=show),
    )
    return render(request, "office/retention/units.html", context)


def _outlook() -> ahead.Outlook:
    outlook = ahead.kept()
    if outlook is None:
        raise Http404
    return outlook


def _when(outlook: ahead.Outlook, when: str) -> tuple[list[int | None], str]:
    """The years that a word in an address stands for, and what they are called."""
    known = {line.year for line in outlook.lines}
    if when == OPEN:
        return [None], _("No day yet")
    if when == LATER:
        last = outlook.years[-1]
        return [year for year in known if year is not None and year > last], _("After %(year)s") % {
            "year": last
        }
    if not (when.isascii() and when.isdigit() and len(when) == 4 and int(when) in outlook.years):
        raise Http404
    return [int(when)], when


def _url(when: str) -> str:
    return reverse("retention_year", args=[when])


def _home() -> Link:
    return Link(label=_("Years to come"), url=reverse("retention_forecast"))


def _years(outlook: ahead.Outlook, lines: Iterable[ahead.Line], rules: Rules) -> list[Year]:
    """The numbers by year and activity: each year, what comes later, and what has no day yet."""
    found: dict[str, Counter[str]] = {}
    for line in lines:
        when = OPEN if line.year is None else LATER if line.year > outlook.years[-1] else str(line.year)
        found.setdefault(when, Counter())[rules.title(line.rule)] += line.number
    whens = [*map(str, outlook.years), LATER, OPEN]
    return [Year(_when(outlook, when)[1], _url(when), found.get(when, {})) for when in whens]


def _groups(rules: Rules, lines: Sequence[ahead.Line], when: str) -> list[Group]:
    found = []
    for name in sorted({line.rule for line in lines}):
        sums = Counter[str]()
        for line in lines:
            if line.rule == name:
                sums[line.kind] += line.number
        told = [Line(str(label), [sums[kind]]) for kind, label in KINDS.items() if sums[kind]]
        found.append(Group(rules.rule(name), told, reverse("retention_units", args=[when, name])))
    return sorted(found, key=lambda group: (group.rule.title, group.rule.id))


def _by_unit(found: Iterable[ahead.AtUnit]) -> list[tuple[int | None, list[object]]]:
    """A row a unit: its name and a number a kind, the largest first."""
    names: dict[int | None, str] = {}
    sums: dict[int | None, Counter[str]] = {}
    for one in found:
        names[one.unit_id] = one.unit_name or _("At no unit, or the unit is hidden")
        sums.setdefault(one.unit_id, Counter())[one.kind] += one.number
    order = sorted(names, key=lambda unit: (-sums[unit].total(), names[unit]))
    return [(unit, [names[unit], *(sums[unit][kind] for kind in KINDS)]) for unit in order]
