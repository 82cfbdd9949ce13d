"""A person with everything the rules let us hold of her, and what is left of it, datum by datum. Scenarios,
random walks and canaries live on it."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection, models

from hjemmel.domain.imports.models import Row
from hjemmel.domain.imports.models import Run as ImportRun
from hjemmel.domain.members.models import Membership
from hjemmel.domain.people.models import Contact, Email, Person, Phone, PostalAddress
from hjemmel.kernel import catalog
from hjemmel.kernel.access.models import Account
from hjemmel.kernel.consent.models import Consent, Wording
from hjemmel.kernel.holds.models import Hold
from hjemmel.kernel.subjects.models import Subject
from hjemmel.kernel.units.models import Tenure
from hjemmel.kernel.vault.models import Key, Sealed
from tests.kernel.retention.keeping import rows
from tests.planting import HARBOUR

FIRST = b"\x00\x01"  # what a key begins with that the first master key has wrapped
SEALED = ("person.national_id", "person.bank_account")


@dataclass
class Mark:
    """What every text about one person carries, so that it can be searched for. Numbers follow from it."""

    text: str
    number: int = 0
    said: list[str] = field(default_factory=list)

    def __call__(self, what: str, width: int = 60) -> str:
        """A text that is hers alone."""
        said = f"{self.text}-{what}"[:width]
        self.said.append(said)
        return said


def held(subject: Subject) -> frozenset[str]:
    """The data that the subject's grounds hold today, as the database says."""
    found = rows("select name from catalog_datum where get_bit(kernel.held(%s), position) = 1", subject.pk)
    return frozenset(name for (name,) in found)


def fill(subject: Subject, mark: Mark) -> frozenset[str]:
    """Write down of the person what her grounds hold and is not there yet; return what there is of her."""
    before = stored(subject.pk)
    new = (held(subject) & _person_data()) - before
    names = ("given_name", "middle_name", "family_name", "display_name", "sort_key", "search_key")
    values: dict[str, Any] = {
        "person.name": {n: mark(n) for n in names} | {"name_source": "self_web"},
        "person.birth_date": {"birth_date": date(1980, 2, 29), "birth_date_source": "self_web"},
        "person.gender": {"gender": "woman", "gender_source": "self_web"},
        "person.language": {"language": "nn"},
        "person.municipality": {"municipality": "5501"},
        "person.employer": {"employer": mark("employer"), "employer_source": "self_web"},
    }
    fields = {k: v for datum in sorted(new & values.keys()) for k, v in values[datum].items()}
    if fields and not Person.objects.filter(pk=subject.pk).update(**fields):
        Person.objects.create(subject=subject, **fields)
    source = {"subject": subject, "source": "self_web", "from_date": date(2015, 1, 1)}
    if "person.email" in new:
        address = mark("mail").lower() + "@example.org"
        Email.objects.create(address=address, matching=address, **source)
    if "person.phone" in new:
        Phone.objects.create(number=f"+4768050{mark.number:03d}", **source)
    if "person.postal_address" in new:
        PostalAddress.objects.create(lines=mark("street"), postcode="9008", place=mark("place"), **source)
    for datum in sorted(new & set(SEALED)):
        Key.objects.get_or_create(subject=subject, defaults={"wrapped": FIRST + mark("wrapped").encode()})
        value = mark(datum).encode()
        Sealed.objects.create(subject=subject, datum=datum, value=value, digest=value)
    return before | new


def _person_data() -> set[str]:
    tables = [t for t in catalog.tables() if t.subject and not t.record]
    return {d for t in tables for d in (*t.data.values(), *t.sealed)}


def stored(subject_id: int) -> frozenset[str]:
    """The data about the person that stand in any table, records and log apart."""
    return everything_stored().get(subject_id, frozenset())


def everything_stored() -> dict[int, frozenset[str]]:
    """Subject → the data that stand in any table, records and log apart."""
    asked = []
    for table in catalog.tables():
        if not table.subject or table.record or table.name == "subjects_subject":
            continue
        if table.datum_column:
            asked.append(f"select {table.subject}, {table.datum_column}::text from {table.name}")
        asked += [
            f"select {table.subject}, '{datum}' from {table.name} where {column} is not null"
            for column, datum in table.data.items()
        ]
    found: dict[int, set[str]] = {}
    for subject, datum in rows(" union ".join(asked)):
        found.setdefault(subject, set()).add(datum)
    return {subject: frozenset(data) for subject, data in found.items()}


def every_row() -> dict[int, dict[tuple[str, int], str]]:
    """Subject → (table, id) → the text of the row, of every row about it in every table."""
    asked = [
        f"select {t.subject}, '{t.name}', {t.key}, r::text from {t.name} r"
        for t in catalog.tables()
        if t.subject
    ]
    found: dict[int, dict[tuple[str, int], str]] = {}
    for subject, table, key, text in rows(" union all ".join(asked)):
        found.setdefault(subject, {})[table, key] = text
    return found


def is_there(record: models.Model) -> bool:
    """Whether the record still stands, with all that was written into it."""
    table = catalog.find(record._meta.db_table)
    assert table is not None
    columns = [f.column for f in record._meta.local_concrete_fields if getattr(record, f.attname) is not None]
    full = " and ".join(f"{c} is not null" for c in columns)
    found = rows(f"select {full} from {table.name} where {table.key} = %s", record.pk)
    assert found in ([], [(True,)]), f"{table.name} has lost columns, but stands"
    return bool(found)


def membership(subject: Subject, mark: Mark, unit: int = HARBOUR, **fields: Any) -> Membership:
    """A membership with every field filled."""
    given = {"joined_how": "paper", "kind": "ordinary", "earlier": mark("earlier"), "number": mark.number}
    if fields.get("left_on"):
        given |= {"leaving": "left", "leaving_reason": mark("leaving")}
    return Membership.objects.create(subject=subject, unit_id=unit, **{**given, **fields})


def tenure(subject: Subject, unit: int = HARBOUR, office: str = "chapter_leader", **dates: Any) -> Tenure:
    """An office held."""
    return Tenure.objects.create(subject=subject, unit_id=unit, office=office, **dates)


def contact(subject: Subject, mark: Mark, unit: int = HARBOUR, **dates: Any) -> Contact:
    """A contact with a reason."""
    return Contact.objects.create(
        subject=subject, unit_id=unit, reason=mark("reason"), source="self_phone", **dates
    )


def consent(subject: Subject, mark: Mark, **dates: Any) -> Consent:
    """A consent to news by e-mail."""
    wording, _ = Wording.objects.get_or_create(
        purpose="contact_register/information", language="nb", text="Ja takk."
    )
    if dates.get("withdrawn_on"):
        dates["withdrawn_how"] = "web"
    return Consent.objects.create(
        subject=subject,
        purpose="contact_register/information",
        channel="email",
        address=mark("consented").lower() + "@example.org",
        wording=wording,
        given_how="web",
        **dates,
    )


def account(subject: Subject, mark: Mark, opened: date, used: date | None = None) -> Account:
    """An account, opened and last used at noon."""
    return Account.objects.create(
        subject=subject,
        username=mark("user").lower() + "@example.org",
        password="!",
        created_at=noon(opened),
        last_login=noon(used) if used else None,
    )


def staged(subject: Subject, mark: Mark, received: date) -> Row:
    """A line of a file that was refused."""
    run = ImportRun.objects.create(digest=str(subject.pk), options={}, state="done", received_on=received)
    return Row.objects.create(
        subject=subject,
        run=run,
        line=2,
        state="rejected",
        raw=[mark("raw")],
        problems=[{"value": mark("bad")}],
    )


def hold(subject: Subject, mark: Mark, **fields: Any) -> Hold:
    """A hold, of everything unless a record or data are named."""
    return Hold.objects.create(subject=subject, reason="court", reference=mark("case"), **fields)


def noon(day: date) -> datetime:
    """Noon of the day in Oslo, near enough."""
    return datetime(day.year, day.month, day.day, 11, tzinfo=UTC)


def settle() -> None:
    """Let what was written count as committed."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")
