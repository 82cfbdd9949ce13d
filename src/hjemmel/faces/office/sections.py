"""The sections of a person's page that are lists with something to do on each line."""

from django.urls import reverse
from django.utils.translation import gettext as _

from hjemmel.declaration import vocabulary
from hjemmel.domain.members.enums import JoinedHow, LeavingCategory, MembershipKind
from hjemmel.domain.members.queries import MembershipRow
from hjemmel.domain.offices.queries import Rail, appointable, held_by
from hjemmel.domain.people.queries import VisiblePerson, contacts
from hjemmel.faces.look.language import capital, said
from hjemmel.faces.look.pages import Link, Section
from hjemmel.faces.office.forms.holds import REASONS
from hjemmel.faces.office.purposes import SEALED
from hjemmel.faces.office.telling import source
from hjemmel.kernel.access import sight
from hjemmel.kernel.consent.queries import of as consents
from hjemmel.kernel.holds import queries as holds


def sealed_section(person: VisiblePerson, opened: dict[str, str]) -> Section | None:
    """Numbers stored encrypted: that they are there, a button that opens one and is logged, and what may be
    done. One that was just opened is written out.
    """
    lines = []
    for slug, datum in SEALED.items():
        there, may = datum in person.sealed, person.may_change(datum)
        if there or (may and person.sees(datum)):
            name = capital(said(vocabulary().data[datum].one))
            lines.append(
                {"slug": slug, "name": name, "there": there, "may": may, "opened": opened.get(datum, "")}
            )
    if not lines:
        return None
    context = {"lines": lines, "person_id": person.id}
    return Section(name="sealed", title=_("Stored encrypted"), template="office/sealed.html", context=context)


def membership_section(person: VisiblePerson, held: list[MembershipRow]) -> Section | None:
    """The memberships, present and past."""
    if not held:
        return None
    lines = [
        {
            "row": row,
            "kind": MembershipKind(row.kind).label if row.kind else "",
            "how": JoinedHow(row.joined_how).label if row.joined_how else "",
            "leaving": LeavingCategory(row.leaving).label if row.leaving else "",
            "may_end": row.open and "membership.dates" in row.changeable,
        }
        for row in held
    ]
    context = {"lines": lines, "person_id": person.id}
    return Section(
        name="memberships", title=_("Memberships"), template="office/memberships.html", context=context
    )


def office_section(person: VisiblePerson, held: list[MembershipRow], reach: Rail) -> Section | None:
    """The offices, present and past, and appointing for whoever may."""
    tenures = held_by(person.id)
    may = sight.of_records(
        record="tenure", subject_id=person.id, record_ids=[one.tenure_id for one in tenures]
    )
    lines = [
        {"row": one, "may_end": one.ends_on is None and "office.dates" in may[one.tenure_id].changeable}
        for one in tenures
    ]
    near = [m.unit_id for m in held if m.open and m.unit_id] or [unit.id for unit in reach.units]
    give = None
    if near and appointable(near[0], subject_id=person.id):
        url = f"{reverse('appoint', args=[person.id])}?unit={near[0]}"
        give = Link(label=_("Give an office"), url=url)
    if not lines and not give:
        return None
    context = {"lines": lines, "person_id": person.id}
    return Section(
        name="offices", title=_("Offices"), template="office/offices.html", context=context, action=give
    )


def contact_section(person: VisiblePerson) -> Section | None:
    """Why somebody who is no member is here."""
    found = contacts(person.id)
    if not found:
        return None
    may = sight.of_records(record="contact", subject_id=person.id, record_ids=[one.id for one in found])
    lines = [
        {
            "row": one,
            "source": source(one.source),
            "may": one.ended_on is None and "contact.dates" in may[one.id].changeable,
        }
        for one in found
    ]
    context = {"lines": lines, "person_id": person.id}
    return Section(name="contacts", title=_("Contact"), template="office/contacts.html", context=context)


def consent_section(person: VisiblePerson) -> Section | None:
    """What the person has said yes to, and taken back."""
    found = consents(person.id)
    if not found:
        return None
    return Section(
        name="consents", title=_("Consents"), template="office/consents.html", context={"lines": found}
    )


def hold_section(person: VisiblePerson) -> Section | None:
    """What is held back from deletion, and setting or releasing a hold for whoever may."""
    found = holds.of(person.id)
    ids = [one.id for one in found]
    may = sight.of_records(record="hold", subject_id=person.id, record_ids=ids) if ids else {}
    reasons, records = dict(REASONS), vocabulary().records
    lines = [
        {
            "row": one,
            "reason": reasons.get(one.reason or "", ""),
            "what": capital(said(records[one.record].one)) if one.record else _("Everything"),
            "may_release": one.lasts and "hold.dates" in may[one.id].changeable,
        }
        for one in found
    ]
    add = None
    if holds.may_set(person.id):
        add = Link(label=_("Hold back"), url=reverse("set_hold", args=[person.id]))
    if not lines and not add:
        return None
    context = {"lines": lines, "person_id": person.id}
    title = _("Held back from deletion")
    return Section(name="holds", title=title, template="office/holds.html", context=context, action=add)
