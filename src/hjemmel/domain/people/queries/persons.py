from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from django.db import connection

from hjemmel.domain.people.formats.postal import Address
from hjemmel.domain.people.models import Contact, ContactPoint, Email, Person, Phone, PostalAddress
from hjemmel.kernel.access import sight
from hjemmel.kernel.units.queries import names
from hjemmel.kernel.vault import queries as vault

Kind = TypeVar("Kind", bound=ContactPoint)


@dataclass(frozen=True, slots=True, repr=False)
class VisiblePerson:
    """A person as the actor sees her. A field that is None is empty where its datum is in `seen`, else
    hidden. `sealed` names the sealed data there are (never their values), of those the actor may see.
    """

    id: int
    version: int
    given_name: str | None
    middle_name: str | None
    family_name: str | None
    display_name: str | None
    name_source: str | None
    birth_date: date | None
    birth_date_source: str | None
    gender: str | None
    gender_source: str | None
    language: str | None
    municipality: str | None
    employer: str | None
    employer_source: str | None
    sealed: frozenset[str]
    seen: frozenset[str]
    changeable: frozenset[str]

    def sees(self, datum: str) -> bool:
        """Whether the actor sees the datum of this person."""
        return datum in self.seen

    def may_change(self, datum: str) -> bool:
        """Whether the actor may change the datum of this person."""
        return datum in self.changeable


@dataclass(frozen=True, slots=True, repr=False)
class Named:
    """Who somebody is, in a list."""

    id: int
    display_name: str | None
    birth_date: date | None


@dataclass(frozen=True, slots=True, repr=False)
class Point:
    """An e-mail address, a phone number (E.164) or a postal address, in `text`."""

    id: int
    version: int
    kind: str | None
    main: bool
    from_date: date | None
    to_date: date | None
    source: str | None
    text: str
    lines: tuple[str, ...] = ()
    postcode: str = ""
    place: str = ""
    country: str = ""


@dataclass(slots=True, repr=False)
class Points:
    """How somebody can be reached, the main one of each kind first."""

    emails: list[Point] = field(default_factory=list)
    phones: list[Point] = field(default_factory=list)
    addresses: list[Point] = field(default_factory=list)


@dataclass(frozen=True, slots=True, repr=False)
class ContactRow:
    """Why somebody who is neither member nor officer is in the register."""

    id: int
    version: int
    unit_id: int | None
    unit_name: str | None
    reason: str | None
    since: date | None
    reviewed_on: date | None
    ended_on: date | None
    source: str | None


def visible_person(person_id: int) -> VisiblePerson | None:
    """Return the person, or None for one who is unknown or whom the actor does not see. Three queries."""
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        return None
    may = sight.of_subject(person_id)
    return VisiblePerson(
        id=person_id,
        version=person.version,
        given_name=person.given_name,
        middle_name=person.middle_name,
        family_name=person.family_name,
        display_name=person.display_name,
        name_source=person.name_source,
        birth_date=person.birth_date,
        birth_date_source=person.birth_date_source,
        gender=person.gender,
        gender_source=person.gender_source,
        language=person.language,
        municipality=person.municipality,
        employer=person.employer,
        employer_source=person.employer_source,
        sealed=vault.present(person_id),
        seen=may.seen,
        changeable=may.changeable,
    )


def persons(ids: Iterable[int]) -> dict[int, Named]:
    """Return name and birth date of each, by id; those the actor does not see are left out. One query."""
    found = Person.objects.filter(pk__in=list(ids)).values_list("pk", "display_name", "birth_date")
    return {pk: Named(pk, name, born) for pk, name, born in found}


def points(ids: Iterable[int]) -> dict[int, Points]:
    """Return how each can be reached, by id; everybody asked for is there. Three queries."""
    wanted = list(ids)
    found = {pk: Points() for pk in wanted}
    for email in _of(Email, wanted):
        found[email.subject_id].emails.append(_point(email, email.address or ""))
    for phone in _of(Phone, wanted):
        found[phone.subject_id].phones.append(_point(phone, phone.number or ""))
    for address in _of(PostalAddress, wanted):
        found[address.subject_id].addresses.append(_address(address))
    return found


def contacts(person_id: int) -> list[ContactRow]:
    """Return the contacts that hold the person, the latest first. Two queries."""
    found = list(Contact.objects.filter(subject_id=person_id).order_by("-since", "id"))
    units = names(c.unit_id for c in found)
    return [
        ContactRow(
            id=c.pk,
            version=c.version,
            unit_id=c.unit_id,
            unit_name=units[c.unit_id],
            reason=c.reason,
            since=c.since,
            reviewed_on=c.reviewed_on,
            ended_on=c.ended_on,
            source=c.source,
        )
        for c in found
    ]


def may_enter_contact() -> frozenset[str]:
    """Return the data that the actor may write of somebody who is neither member nor officer, entered for the
    whole organisation; none where she may not enter anybody. One query.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "with m as materialized (select kernel.may_write('contact', id) as bits"
            " from public.units_unit where parent_id is null)"
            " select name from public.catalog_datum, m where get_bit(m.bits, position) = 1"
        )
        return frozenset(row[0] for row in cursor.fetchall())


def _of(model: type[Kind], ids: list[int]) -> list[Kind]:
    found = model._default_manager.filter(subject_id__in=ids)  # noqa: SLF001 the documented way to a manager
    return sorted(found, key=lambda row: (not row.main, row.from_date or date.min, row.pk))


def _point(row: ContactPoint, text: str) -> Point:
    return Point(
        id=row.pk,
        version=row.version,
        kind=row.kind,
        main=bool(row.main),
        from_date=row.from_date,
        to_date=row.to_date,
        source=row.source,
        text=text,
    )


def _address(row: PostalAddress) -> Point:
    lines = tuple((row.lines or "").splitlines())
    address = Address(
        lines=lines, postcode=row.postcode or "", place=row.place or "", country=row.country or "NO"
    )
    return Point(
        id=row.pk,
        version=row.version,
        kind=row.kind,
        main=bool(row.main),
        from_date=row.from_date,
        to_date=row.to_date,
        source=row.source,
        text=address.display,
        lines=lines,
        postcode=address.postcode,
        place=address.place,
        country=address.country,
    )
