from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hjemmel.domain.members.queries import MembershipRow, memberships
from hjemmel.domain.people.queries import VisiblePerson, contacts, hjemler, points, visible_person
from hjemmel.faces.look.pages import Chip, Link, PersonHead, Section
from hjemmel.faces.office import telling
from hjemmel.faces.office.purposes import REGISTER
from hjemmel.faces.office.room import room
from hjemmel.kernel.access.routes import officer
from hjemmel.kernel.grounds.queries import in_force


@officer(*REGISTER)
@require_safe
def page(request: HttpRequest, person_id: int) -> HttpResponse:
    """A person as this officer sees her, with the grounds beside."""
    person = visible_person(person_id)
    if person is None:
        raise Http404
    held = memberships(person_id)
    context = room(
        request,
        title=person.display_name or _("Name hidden"),
        crumbs=_crumbs(person, held),
        person=_head(person, held),
        sections=_sections(person, held),
        grounds=telling.ground_lines(hjemler(person_id), in_force()),
    )
    return render(request, "look/page/person.html", context)


def _crumbs(person: VisiblePerson, held: list[MembershipRow]) -> list[Link]:
    here = Link(label=person.display_name or _("Name hidden"), url=reverse("person", args=[person.id]))
    open_ = [m for m in held if m.open]
    if not open_:
        return [here]
    return [Link(label=open_[0].unit_name, url=reverse("unit", args=[open_[0].unit_id])), here]


def _head(person: VisiblePerson, held: list[MembershipRow]) -> PersonHead:
    open_ = [m for m in held if m.open]
    first = open_[0] if open_ else None
    chips = [Chip(label=_("Member of %(unit)s") % {"unit": m.unit_name}, colour="success") for m in open_]
    if held and not open_:
        chips.append(Chip(label=_("Has left"), colour="neutral"))
    actions = []
    if first and "membership.dates" in first.changeable:
        url = reverse("end_membership", args=[person.id, first.id])
        actions.append(Link(label=_("End the membership"), url=url))
    return PersonHead(
        name=person.display_name or _("Name hidden"),
        number=str(first.number) if first and first.number else None,
        unit=Link(label=first.unit_name, url=reverse("unit", args=[first.unit_id])) if first else None,
        chips=chips,
        actions=actions,
    )


def _sections(person: VisiblePerson, held: list[MembershipRow]) -> list[Section]:
    found = points([person.id]).get(person.id)
    change = None
    if any(person.may_change(datum) for datum in telling.FIELDS):
        change = Link(label=_("Change"), url=reverse("change_person", args=[person.id]))
    sections = [
        Section(name="who", title=_("Person"), facts=telling.person_facts(person), action=change),
        *telling.point_sections(person, found),
        Section(
            name="memberships",
            title=_("Memberships"),
            template="office/memberships.html",
            context={"memberships": held, "person_id": person.id},
            empty=_("None that you may see."),
        ),
    ]
    enquiries = contacts(person.id)
    if enquiries:
        sections.append(Section(name="contacts", title=_("Contact"), facts=telling.contact_facts(enquiries)))
    return [s for s in sections if s.facts or s.template or s.action]
