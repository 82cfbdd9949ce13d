"""A small register of any preset: its declaration in force, a unit of each kind, somebody in each relation, a
holder of each office, and of each person all data that some ground of hers holds.
"""

from datetime import date
from typing import Any

from django.db import DatabaseError, connection, models, transaction

from hjemmel.declaration import Declaration, texts_of
from hjemmel.domain.imports.models import Row, Run
from hjemmel.domain.members.models import Membership
from hjemmel.domain.people.models import Contact, Email, Person, Phone, PostalAddress
from hjemmel.kernel import access, clock
from hjemmel.kernel.access.models import Account
from hjemmel.kernel.consent.models import Consent, Wording
from hjemmel.kernel.holds.models import Hold
from hjemmel.kernel.statement.actions import apply
from hjemmel.kernel.subjects.models import Subject
from hjemmel.kernel.units.models import Unit
from hjemmel.kernel.verify import reading
from tests.kernel.verify.register import settle
from tests.planting import name, officer

BEGUN, LEFT = date(2015, 3, 1), date(2026, 1, 1)
OF_A_PERSON: dict[str, Any] = {
    "birth_date": date(1980, 2, 29), "gender": "woman", "language": "nn", "employer": "Verftet",
    "municipality": "5501",
}  # fmt: skip
OF_A_MEMBERSHIP: dict[str, Any] = {
    "number": 4711, "kind": "ordinary", "joined_how": "paper", "left_on": LEFT, "leaving": "left",
}  # fmt: skip


def put_in_force(preset: str) -> Declaration:
    """Put a preset in force in the place of the one that tests start from, and read it back."""
    with connection.cursor() as cursor:
        cursor.execute("delete from units_unit")
    apply(texts_of(preset))
    return reading.in_force()[0]


def plant(declaration: Declaration) -> None:
    """Fill the register. Whoever has left keeps what outlives the relation."""
    units = _units(declaration)
    records = {keep.what for activity in declaration.active for keep in activity.keep}
    root = next(iter(units.values()))
    purposes = tuple(f"{a.name}/{p.name}" for a in declaration.active for p in a.purposes)
    with access.acting(actor="console", purpose=purposes, reason="rectification:test"):
        if "membership" in records:
            for number, unit in enumerate(units.values()):
                _member(unit, number)
                _member(unit, number + 50, left=True)
        _hold(_contact(declaration, root))
        Row.objects.create(subject=Subject.objects.create(), run=_run(), line=2, raw=["Ola"], problems=[])
        for office in declaration.offices:
            for kind in office.at:
                subject = officer(office.name, units[kind], given=office.name)
                _account(subject)
    settle()


def _units(declaration: Declaration) -> dict[str, int]:
    """A unit of each kind, under one of a kind that it may lie under."""
    units: dict[str, Unit] = {}
    waiting = list(declaration.unit_kinds)
    while waiting:
        kind = next(one for one in waiting if not one.under or set(one.under) & units.keys())
        waiting.remove(kind)
        over = next((units[name] for name in kind.under if name in units), None)
        units[kind.name] = Unit.objects.create(
            kind=kind.name, name=kind.name, parent=over, opened_on=date(1950, 1, 1)
        )
    return {name: unit.pk for name, unit in units.items()}


def _member(unit: int, number: int, *, left: bool = False) -> None:
    subject = Subject.objects.create()
    tie = Membership.objects.create(subject=subject, unit_id=unit, joined_on=BEGUN)
    _person(subject, f"M{number}")
    _fill(Membership.objects.filter(pk=tie.pk), **OF_A_MEMBERSHIP | {"number": 4700 + number})
    if not left:
        Membership.objects.filter(pk=tie.pk).update(left_on=None, leaving=None)
        settle()


def _contact(declaration: Declaration, unit: int) -> Subject:
    """Somebody who got in touch and said yes to what is asked."""
    subject = Subject.objects.create()
    Contact.objects.create(subject=subject, unit_id=unit, since=date(2026, 2, 1))
    for activity in declaration.active:
        for purpose in activity.purposes:
            if purpose.channels:
                key = f"{activity.name}/{purpose.name}"
                wording = Wording.objects.create(purpose=key, language="nb", text="Ja takk")
                Consent.objects.create(
                    subject=subject, purpose=key, channel=purpose.channels[0], wording=wording,
                    given_on=date(2026, 2, 1), given_how="web",
                )  # fmt: skip
    _person(subject, "Siri")
    _fill(Contact.objects.filter(subject=subject), reason="Spurte om leir")
    return subject


def _hold(subject: Subject) -> None:
    """What there is of somebody, held back from deletion."""
    Hold.objects.create(subject=subject, reason="police", reference="Sak 1", set_on=clock.today())


def _person(subject: Subject, given: str) -> None:
    """Her name, then whatever else is hers to have here."""
    name(subject, given=given, family="Nordmann")
    settle()
    _fill(Person.objects.filter(pk=subject.pk), **OF_A_PERSON)
    address = f"{given.lower()}@example.org"
    for model, fields in (
        (Email, {"address": address, "matching": address}),
        (Phone, {"number": "+4768050123"}),
        (PostalAddress, {"lines": "Strandgata 1", "postcode": "9008", "place": "Tromsø"}),
    ):
        _kept(lambda model=model, fields=fields: model.objects.create(subject=subject, **fields))


def _fill(rows: "models.QuerySet[Any]", **values: Any) -> None:
    for column, value in values.items():
        _kept(lambda column=column, value=value: rows.update(**{column: value}))


def _kept(write: Any) -> None:
    """Write what some ground holds; what none does, the database refuses."""
    try:
        with transaction.atomic():
            write()
            settle()
    except DatabaseError as error:
        if "no ground holds" not in str(error):
            raise
        with connection.cursor() as cursor:
            cursor.execute("set constraints all deferred")


def _account(subject: Subject) -> None:
    address = f"{subject.pk}@example.org"
    Account.objects.create_user(address, None, subject_id=subject.pk, tied_on=clock.today())


def _run() -> Run:
    return Run.objects.create(digest="0" * 64, options={}, received_on=clock.today())
