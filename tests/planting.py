"""What tests stand on: an installation with the mission society's declaration and a small tree, and short
ways to plant people. Planting is done as the owner; looking is done as the app."""

from datetime import date
from typing import Any

from hjemmel.declaration import texts_of
from hjemmel.domain.members.models import Membership
from hjemmel.domain.people.models import Email, Person, Phone, PostalAddress
from hjemmel.kernel import access
from hjemmel.kernel.clock.models import Installation
from hjemmel.kernel.statement.actions import apply
from hjemmel.kernel.subjects.models import Subject
from hjemmel.kernel.units.models import Tenure, Unit

ROOT, NORTH, SOUTH, HARBOUR, HILL, FJORD = 101, 110, 120, 111, 112, 121


def found() -> None:
    """Make the installation, the declaration and the tree that every test starts from."""
    Installation.objects.create(kind=Installation.Kind.TEST)
    tree = [
        (ROOT, "central", "Fjellheim", None),
        (NORTH, "region", "Nord", ROOT),
        (SOUTH, "region", "Sør", ROOT),
        (HARBOUR, "chapter", "Havna", NORTH),
        (HILL, "chapter", "Lia", NORTH),
        (FJORD, "chapter", "Fjorden", SOUTH),
    ]
    for number, kind, name, parent in tree:
        Unit.objects.create(id=number, kind=kind, name=name, parent_id=parent, opened_on=date(1950, 1, 1))
    apply(texts_of("mission"))


def member(
    unit: int = HARBOUR, *, given: str = "Kari", family: str = "Nordmann", **fields: Any
) -> Membership:
    """A member with a name, a birth date, an e-mail address, a phone and an address."""
    membership: dict[str, Any] = {"joined_on": date(2020, 1, 15), "joined_how": "paper", "kind": "ordinary"}
    membership |= {k: v for k, v in fields.items() if k in {"joined_on", "number", "kind"}}
    with access.acting(actor="console", purpose="membership/administration"):
        subject = Subject.objects.create()
        tie = Membership.objects.create(subject=subject, unit_id=unit, **membership)
        name(subject, given=given, family=family, birth_date=fields.get("birth_date", date(1980, 2, 29)))
        Email.objects.create(
            subject=subject, address=f"{given}@example.org", matching=f"{given}@example.org".lower()
        )
        Phone.objects.create(subject=subject, number="+4768050123")
        PostalAddress.objects.create(subject=subject, lines="Strandgata 1", postcode="9008", place="Tromsø")
        if ended := {k: v for k, v in fields.items() if k in {"left_on", "leaving"}}:
            Membership.objects.filter(pk=tie.pk).update(**ended)
    return tie


def name(subject: Subject, *, given: str, family: str, **fields: Any) -> Person:
    """The person of a subject that has a ground already."""
    key = f"{family} {given}".lower()
    return Person.objects.create(
        subject=subject,
        given_name=given,
        family_name=family,
        display_name=f"{given} {family}",
        sort_key=key,
        search_key=key,
        **fields,
    )


def officer(office: str, unit: int, *, given: str = "Olav", **dates: Any) -> Subject:
    """Somebody who holds an office; returns the subject to act as."""
    with access.acting(actor="console", purpose="offices/administration"):
        subject = Subject.objects.create()
        Tenure.objects.create(
            subject=subject, office=office, unit_id=unit, **({"starts_on": date(2024, 1, 1)} | dates)
        )
        name(subject, given=given, family="Leder")
    return subject
