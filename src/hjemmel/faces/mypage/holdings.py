"""Everything the register holds about the reader, part by part."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from hjemmel.declaration import vocabulary
from hjemmel.domain.members.enums import JoinedHow, LeavingCategory, MembershipKind
from hjemmel.domain.members.queries import MembershipRow, memberships
from hjemmel.domain.offices.queries import OwnOffice, my_offices
from hjemmel.domain.people.enums import Gender
from hjemmel.domain.people.queries import ContactRow, Points, VisiblePerson, contacts, points
from hjemmel.faces.look import writing
from hjemmel.faces.look.language import capital, said
from hjemmel.faces.mypage.telling import Held, Part, Telling, source
from hjemmel.kernel.consent.queries import ConsentRow
from hjemmel.kernel.consent.queries import of as consents
from hjemmel.kernel.holds import queries as holds

LANGUAGES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}


def parts(subject: int, person: VisiblePerson | None, account: Any, telling: Telling) -> list[Part]:
    """Return the parts that hold something."""
    found = points([subject])[subject]
    made = [telling.part("person", _("About you"), _person(person, found) if person else ())]
    for tie in memberships(subject):
        title = _("Membership in %(unit)s") % {"unit": tie.unit_name or ""}
        made.append(telling.part(f"membership-{tie.id}", title, _membership(tie), record_id=tie.id))
    for office in my_offices():
        title = _("Office in %(unit)s") % {"unit": office.unit_name}
        held = _office(office)
        made.append(telling.part(f"office-{office.tenure_id}", title, held, record_id=office.tenure_id))
    for contact in contacts(subject):
        title = _("Contact with us")
        made.append(telling.part(f"contact-{contact.id}", title, _contact(contact), record_id=contact.id))
    for consent in consents(subject):
        title = _("Your yes")
        made.append(telling.part(f"consent-{consent.id}", title, _consent(consent), record_id=consent.id))
    for kept in holds.of(subject):
        title = _("Held back from deletion")
        made.append(telling.part(f"hold-{kept.id}", title, _hold(kept), record_id=kept.id))
    made.append(telling.part("account", _("Your account"), _account(account)))
    made.append(telling.part("log", _("Changes"), _log(telling)))
    return [part for part in made if part.rows]


def _person(person: VisiblePerson, found: Points) -> Iterator[Held]:
    yield Held(datum="person.name", value=person.display_name, source=source(person.name_source))
    born = source(person.birth_date_source)
    yield Held(datum="person.birth_date", value=person.birth_date, kind="day", source=born)
    gender = str(Gender(person.gender).label) if person.gender else None
    yield Held(datum="person.gender", value=gender, source=source(person.gender_source))
    yield Held(datum="person.language", value=LANGUAGES.get(person.language or ""))
    yield Held(datum="person.employer", value=person.employer, source=source(person.employer_source))
    yield Held(datum="person.municipality", value=person.municipality)
    for email in found.emails:
        yield Held(datum="person.email", value=email.text, kind="email", source=source(email.source))
    for phone in found.phones:
        yield Held(datum="person.phone", value=phone.text, kind="phone", source=source(phone.source))
    for address in found.addresses:
        text = source(address.source)
        yield Held(datum="person.postal_address", value=address.text, kind="lines", source=text)
    for sealed in sorted(person.sealed):
        yield Held(datum=sealed, value=_("Stored encrypted. Each time somebody opens it is logged."))


def _membership(tie: MembershipRow) -> Iterator[Held]:
    kind = str(MembershipKind(tie.kind).label) if tie.kind else None
    how = str(JoinedHow(tie.joined_how).label) if tie.joined_how else None
    leaving = str(LeavingCategory(tie.leaving).label) if tie.leaving else None
    yield Held(datum="membership.number", value=str(tie.number) if tie.number else None)
    yield Held(datum="membership.type", value=kind)
    yield Held(datum="membership.unit", value=tie.unit_name, label=_("Chapter"))
    yield Held(datum="membership.dates", value=tie.joined_on, kind="day", label=_("Joined"))
    yield Held(datum="membership.dates", value=tie.left_on, kind="day", label=_("Left"))
    yield Held(datum="membership.joined_how", value=how, label=_("How you joined"))
    yield Held(datum="membership.leaving", value=leaving)
    own_words = _("Your reason for leaving")
    yield Held(datum="membership.leaving_reason", value=tie.leaving_reason, label=own_words)
    yield Held(datum="membership.earlier", value=tie.earlier)
    recruiter = _("Somebody else in the register") if tie.recruiter_id else None
    yield Held(datum="membership.recruiter", value=recruiter, label=_("Who recruited you"))


def _office(office: OwnOffice) -> Iterator[Held]:
    yield Held(datum="office.held", value=office.office_title, label=_("Office"))
    until = f"–{writing.day(office.ends_on)}" if office.ends_on else "–"
    yield Held(datum="office.dates", value=f"{writing.day(office.starts_on)}{until}", label=_("From and to"))


def _contact(contact: ContactRow) -> Iterator[Held]:
    where = source(contact.source)
    yield Held(datum="contact.reason", value=contact.reason, label=_("What it is about"), source=where)
    yield Held(datum="contact.dates", value=contact.since, kind="day", label=_("Since"))
    yield Held(datum="contact.dates", value=contact.reviewed_on, kind="day", label=_("Looked over"))
    yield Held(datum="contact.dates", value=contact.ended_on, kind="day", label=_("Ended"))


def _consent(consent: ConsentRow) -> Iterator[Held]:
    over = consent.channel_title + (f" ({consent.address})" if consent.address else "")
    yield Held(
        datum="consent.choice", value=consent.wording or consent.title, label=_("What you said yes to")
    )
    yield Held(datum="consent.choice", value=over, label=_("How we may reach you"))
    yield Held(datum="consent.choice", value=consent.given_on, kind="day", label=_("Given"))
    yield Held(datum="consent.choice", value=consent.withdrawn_on, kind="day", label=_("Withdrawn"))


def _hold(held: holds.HoldRow) -> Iterator[Held]:
    yield Held(datum="hold.reason", value=held.reference, label=_("Who asked, or which case"))
    what = capital(said(vocabulary().records[held.record].one)) if held.record else _("Everything about you")
    yield Held(datum="hold.scope", value=what, label=_("What is held back"))
    yield Held(datum="hold.dates", value=held.set_on, kind="day", label=_("Since"))
    yield Held(datum="hold.dates", value=held.ends_on, kind="day", label=_("Ends"))


def _account(account: Any) -> Iterator[Held]:
    yield Held(datum="account.username", value=account.username)
    yield Held(datum="account.password", value=_("Nobody can read it, we neither."), label=_("Password"))
    yield Held(datum="account.logins", value=account.created_at, kind="moment", label=_("Made"))
    yield Held(datum="account.logins", value=account.last_login, kind="moment", label=_("Last log-in"))


def _log(telling: Telling) -> Iterator[Held]:
    held = {datum for ground in telling.grounds for datum in ground.data}
    if "log.change" in held:
        yield Held(datum="log.change", value=_("Who changed something about you, what and when."))
    if "log.value" in held:
        yield Held(datum="log.value", value=_("What it was before the change."))
