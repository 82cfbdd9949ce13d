"""A small register with something of everything, as it stands when all promises are kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection

from hjemmel.domain.imports.models import Row, Run
from hjemmel.domain.members.models import Membership
from hjemmel.domain.people.models import Contact, Email, Person, Phone
from hjemmel.kernel import access, clock
from hjemmel.kernel.access.models import Account
from hjemmel.kernel.consent.models import Consent, Wording
from hjemmel.kernel.subjects.models import Subject
from hjemmel.kernel.vault.models import Key, Sealed
from hjemmel.kernel.verify.actions import verify
from hjemmel.kernel.verify.result import Result
from tests.planting import FJORD, HARBOUR, HILL, NORTH, ROOT, SOUTH, member, name, officer

LEFT = date(2026, 1, 1)
NAMES = (
    "data_without_ground",
    "data_past_last_ground",
    "grounds_differ",
    "gone_without_log",
    "undeclared_columns",
    "readable_beyond_duty",
    "given_without_basis",
    "log_broken",
    "statement_differs",
)


@dataclass(frozen=True, slots=True)
class Register:
    """The subjects that tests speak of."""

    members: dict[int, Membership]
    ended: Membership
    shielded: Membership
    restricted: Membership
    contact: Subject
    officers: dict[str, Subject]


def plant() -> Register:
    """Members in every unit, one who has left, a shielded and a restricted one, a contact with consents, a
    staged row, accounts, sealed values, changes in the log, and a holder of every office.
    """
    with access.acting(actor="console", purpose="membership/administration", reason="rectification:test"):
        members = {unit: member(unit, given=f"M{unit}") for unit in (HARBOUR, HILL, FJORD)}
        Person.objects.filter(pk=members[HARBOUR].subject_id).update(
            gender="woman", employer="Verftet", language="nn", municipality="5501"
        )
        members[HILL] = _of_two(members[HILL])
        shielded, restricted = (member(HARBOUR, given=given) for given in ("Skjermet", "Begrenset"))
        Subject.objects.filter(pk=shielded.subject_id).update(shielded=True)
        Subject.objects.filter(pk=restricted.subject_id).update(restricted=True)
        ended = member(HARBOUR, given="Gått", joined_on=date(2015, 3, 1), left_on=LEFT, leaving="left")
        _narrow(ended)
        contact = _contact()
        _sealed(members[HARBOUR].subject_id)
        _account(members[HARBOUR].subject_id)
        _staged()
        Membership.objects.filter(pk=members[FJORD].pk).update(kind="youth")
        Phone.objects.filter(subject=members[FJORD].subject_id).update(number="+4768050124")
        officers = _officers()
    settle()
    return Register(members, ended, shielded, restricted, contact, officers)


def settle() -> None:
    """What was planted counts as committed: nobody is entering any more."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")


def _of_two(first: Membership) -> Membership:
    """The same person in another unit too, left there some years ago."""
    Membership.objects.create(
        subject_id=first.subject_id, unit_id=FJORD, joined_on=date(2019, 2, 28), left_on=date(2024, 2, 29)
    )
    return first


def _narrow(ended: Membership) -> None:
    """What goes when a membership ends has gone."""
    for model in (Email, Phone):
        model.objects.filter(subject=ended.subject_id).delete()


def _contact() -> Subject:
    subject = Subject.objects.create()
    Contact.objects.create(subject=subject, unit_id=ROOT, reason="Spurte om leir", since=date(2026, 2, 1))
    wording = Wording.objects.create(purpose="contact_register/information", language="nb", text="Ja takk")
    for channel, withdrawn in (("email", None), ("sms", date(2026, 5, 31))):
        Consent.objects.create(
            subject=subject,
            purpose="contact_register/information",
            channel=channel,
            address="siri@example.org",
            wording=wording,
            given_on=date(2026, 2, 1),
            given_how="web",
            withdrawn_on=withdrawn,
        )
    name(subject, given="Siri", family="Spør", birth_date=date(2000, 2, 29))
    Email.objects.create(subject=subject, address="siri@example.org", matching="siri@example.org")
    return subject


def _sealed(subject: int) -> None:
    Key.objects.create(subject_id=subject, wrapped=b"\x00\x01wrapped")
    for datum in ("person.national_id", "person.bank_account"):
        Sealed.objects.create(subject_id=subject, datum=datum, value=b"sealed", digest=datum.encode())


def _account(subject: int) -> None:
    account = Account.objects.create_user("kari@example.org", None, subject_id=subject, tied_on=clock.today())
    Account.objects.create_user("ny@example.org", None)
    Account.objects.filter(pk=account.pk).update(last_login=account.created_at)


def _staged() -> None:
    run = Run.objects.create(digest="0" * 64, options={}, received_on=clock.today() - timedelta(days=29))
    Row.objects.create(
        subject=Subject.objects.create(), run=run, line=2, state=Row.State.QUEUED, raw=["Ola"], problems=[]
    )


def _officers() -> dict[str, Subject]:
    found = {
        office: officer(office, ROOT, given=office)
        for office in ("general_secretary", "register_keeper", "privacy_officer", "personnel_manager")
    }
    found["region_leader"] = officer("region_leader", NORTH, given="Region")
    found["chapter_leader"] = officer("chapter_leader", HARBOUR, given="Lag")
    found["south"] = officer("region_leader", SOUTH, given="Sør")
    found["former"] = officer(
        "chapter_leader", HILL, given="Før", starts_on=date(2020, 1, 1), ends_on=date(2026, 11, 22)
    )
    _only_history(found["former"])
    found["coming"] = officer("chapter_leader", HILL, given="Snart", starts_on=date(2026, 11, 24))
    return found


def _only_history(former: Subject) -> None:
    """Name, office and dates are all that stays of who has held an office."""
    Person.objects.filter(pk=former.pk).update(birth_date=None, gender=None)


@contextmanager
def unguarded(table: str, *triggers: str) -> Iterator[None]:
    """As the owner of the table with its triggers off: all of them, or those that are named."""
    settle()
    with connection.cursor() as cursor:
        for trigger in triggers or ("user",):
            cursor.execute(f"alter table public.{table} disable trigger {trigger}")
        yield
        settle()
        for trigger in triggers or ("user",):
            cursor.execute(f"alter table public.{table} enable trigger {trigger}")


def counts(results: list[Result] | None = None) -> dict[str, int]:
    """What is broken, by name; {} where every promise is kept."""
    return {r.name: r.count for r in (verify() if results is None else results) if r.count}
