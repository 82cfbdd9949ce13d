from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hjemmel.domain.members.queries import MembershipRow, memberships
from hjemmel.domain.offices.queries import Rail, rail
from hjemmel.domain.people.queries import VisiblePerson, hjemler, points, visible_person, who_sees
from hjemmel.faces.look.pages import Chip, Link, PersonHead, Section
from hjemmel.faces.office import telling
from hjemmel.faces.office.endings import undoable
from hjemmel.faces.office.purposes import LOG, REGISTER
from hjemmel.faces.office.room import room
from hjemmel.faces.office.sections import (
    consent_section,
    contact_section,
    hold_section,
    membership_section,
    office_section,
    sealed_section,
)
from hjemmel.faces.office.views.rejoining import places
from hjemmel.kernel.access.routes import officer
from hjemmel.kernel.erasure.queries import may as may_erase
from hjemmel.kernel.grounds.queries import in_force


@officer(*REGISTER)
@require_safe
def page(request: HttpRequest, person_id: int) -> HttpResponse:
    """A person as this officer sees her, with the grounds beside."""
    return shown(request, person_id)


def shown(request: HttpRequest, person_id: int, *, opened: dict[str, str] | None = None) -> HttpResponse:
    """The page; `opened` are sealed numbers that were just opened, by datum."""
    person = visible_person(person_id)
    if person is None:
        raise Http404
    held, reach, grounds = memberships(person_id), rail(), hjemler(person_id)
    shielded = telling.is_shielded(grounds)
    context = room(
        request,
        title=person.display_name or _("Name hidden"),
        reach=reach,
        crumbs=_crumbs(person, held),
        person=_head(person, held, reach, shielded=shielded),
        sections=_sections(person, held, reach, shielded=shielded, opened=opened or {}),
        grounds=telling.ground_lines(grounds, who_sees(person_id), in_force()),
        undoable=undoable(request),
    )
    return render(request, "look/page/person.html", context)


def _crumbs(person: VisiblePerson, held: list[MembershipRow]) -> list[Link]:
    here = Link(label=person.display_name or _("Name hidden"), url=reverse("person", args=[person.id]))
    return [*(_unit(m) for m in held[:1] if m.open and m.unit_id), here]


def _unit(tie: MembershipRow) -> Link:
    return Link(label=tie.unit_name or "", url=reverse("unit", args=[tie.unit_id]))


def _head(person: VisiblePerson, held: list[MembershipRow], reach: Rail, *, shielded: bool) -> PersonHead:
    open_ = [m for m in held if m.open]
    first = open_[0] if open_ else None
    chips = [
        Chip(
            label=_("Member of %(unit)s") % {"unit": m.unit_name} if m.unit_name else _("Member"),
            colour="success",
        )
        for m in open_
    ]
    if held and not open_:
        chips.append(Chip(label=_("Has left"), colour="neutral"))
    if shielded:
        chips.append(Chip(label=_("Secret address"), colour="brand1"))
    actions = []
    if first and "membership.dates" in first.changeable:
        url = reverse("end_membership", args=[person.id, first.id])
        actions.append(Link(label=_("End the membership"), url=url))
    actions += [
        Link(label=_("Enrol in %(unit)s") % {"unit": name}, url=reverse("rejoin", args=[person.id, unit]))
        for unit, name in ({} if open_ else places(held, reach)).items()
    ]
    if may_erase(person.id):
        actions.append(Link(label=_("Delete at request"), url=reverse("erase_person", args=[person.id])))
    if set(LOG) & reach.purposes:
        actions.append(Link(label=_("Changes and look-ups"), url=reverse("person_log", args=[person.id])))
    return PersonHead(
        name=person.display_name or _("Name hidden"),
        number=str(first.number) if first and first.number else None,
        unit=_unit(first) if first and first.unit_id else None,
        chips=chips,
        actions=actions,
    )


def _membership(tie: MembershipRow) -> str:
    return _("Member of %(unit)s") % {"unit": tie.unit_name} if tie.unit_name else _("Member")


def _sections(
    person: VisiblePerson, held: list[MembershipRow], reach: Rail, *, shielded: bool, opened: dict[str, str]
) -> list[Section]:
    change = None
    if any(person.may_change(datum) for datum in telling.FIELDS):
        change = Link(label=_("Change"), url=reverse("change_person", args=[person.id]))
    facts = telling.person_facts(person)
    who = Section(name="who", title=_("Person"), facts=facts, action=change) if facts or change else None
    sections = [
        who,
        *telling.point_sections(person, points([person.id])[person.id], shielded=shielded),
        sealed_section(person, opened),
        membership_section(person, held),
        office_section(person, held, reach),
        contact_section(person),
        consent_section(person),
        hold_section(person),
    ]
    return [section for section in sections if section]
