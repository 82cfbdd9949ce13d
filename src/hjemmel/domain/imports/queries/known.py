"""The people a chunk of rows may be about, as the actor sees them, and those the chunk has brought so far."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from hjemmel.domain.imports import lookups
from hjemmel.domain.imports.queries.names import Folded, fold
from hjemmel.domain.imports.queries.rights import NOTHING, Rights
from hjemmel.domain.imports.queries.wanted import Wanted
from hjemmel.domain.members.models import Membership
from hjemmel.domain.people.models import Email, Person, Phone, PostalAddress
from hjemmel.kernel.access.functions import HELD
from hjemmel.kernel.subjects.models import Subject
from hjemmel.kernel.vault.models import Sealed

NATIONAL_ID, BANK_ACCOUNT = "person.national_id", "person.bank_account"


@dataclass(slots=True, repr=False)
class Tie:
    """A membership, and the data of it that the actor may change."""

    id: int
    version: int
    unit_id: int | None
    number: int | None
    kind: str | None
    joined_on: date | None
    left_on: date | None
    may: frozenset[str] = NOTHING


@dataclass(slots=True, repr=False)
class Address:
    """A postal address as stored."""

    id: int
    version: int
    lines: str
    postcode: str
    place: str
    country: str
    current: bool


@dataclass(slots=True, repr=False)
class Known:
    """A person. `may` is the data of her that the actor may change; what he does not see is None or empty."""

    id: int
    version: int
    given_name: str | None
    middle_name: str | None
    family_name: str | None
    birth_date: date | None
    gender: str | None
    language: str | None
    employer: str | None
    name: Folded
    emails: set[str] = field(default_factory=set)
    phones: set[str] = field(default_factory=set)
    addresses: list[Address] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    main: set[str] = field(default_factory=set)
    national_id: bytes | None = None
    bank_account: bytes | None = None
    restricted: bool = False
    may: frozenset[str] = NOTHING

    @property
    def numbers(self) -> set[int]:
        """Return her member numbers: one, or several where lists have been merged."""
        return {tie.number for tie in self.ties if tie.number is not None}


class People:
    """Known people, found as rows find them."""

    def __init__(self) -> None:
        self.by_id: dict[int, Known] = {}
        self._number: dict[int, dict[int, Known]] = defaultdict(dict)
        self._digest: dict[bytes, dict[int, Known]] = defaultdict(dict)
        self._born: dict[date, dict[int, Known]] = defaultdict(dict)
        self._email: dict[str, dict[int, Known]] = defaultdict(dict)
        self._phone: dict[str, dict[int, Known]] = defaultdict(dict)
        self._name: dict[str, dict[int, Known]] = defaultdict(dict)
        self._undated: dict[str, dict[int, Known]] = defaultdict(dict)

    def put(self, person: Known) -> None:
        """Let the person be found by what is known of her now. What she was found by before may still find
        her: whoever asks compares.
        """
        one = person.id
        self.by_id[one] = person
        self._name[person.name.whole][one] = person
        if person.birth_date is None:
            self._undated[person.name.whole][one] = person
        else:
            self._born[person.birth_date][one] = person
        if person.national_id is not None:
            self._digest[person.national_id][one] = person
        for number in person.numbers:
            self._number[number][one] = person
        for email in person.emails:
            self._email[email][one] = person
        for phone in person.phones:
            self._phone[phone][one] = person

    def by_number(self, number: int | None) -> list[Known]:
        """Return those with this member number."""
        return list(self._number.get(number, {}).values()) if number is not None else []

    def by_national_id(self, digest: bytes | None) -> list[Known]:
        """Return those with this national identity number."""
        return list(self._digest.get(digest, {}).values()) if digest is not None else []

    def namesakes(self, row: Wanted) -> list[Known]:
        """Return those who share birth date, e-mail or phone with the row, and those of the same name of whom
        that cannot be said.
        """
        found: dict[int, Known] = {}
        if row.draft.birth_date is None:
            found |= self._name.get(row.name.whole, {})
        else:
            found |= self._born.get(row.draft.birth_date, {})
            found |= self._undated.get(row.name.whole, {})
        for email in row.emails:
            found |= self._email.get(email, {})
        for phone in row.phones:
            found |= self._phone.get(phone, {})
        return list(found.values())


def candidates(rows: Sequence[Wanted], rights: Rights) -> list[int]:
    """Return whom the rows may be about, among those of whom the actor sees what they are found by. One
    query.
    """
    query = "select * from kernel.import_found(%s)" if rights.scoped else lookups.unmasked()
    with connection.cursor() as cursor:
        cursor.execute(query, [json.dumps(_asked(rows), ensure_ascii=False)])
        return list({row[0] for row in cursor.fetchall()})


def _asked(rows: Sequence[Wanted]) -> dict[str, list[Any]]:
    """What the rows are to be found by, each once, as `lookups.found` takes it."""
    born = {(r.draft.birth_date.isoformat(), r.name.first) for r in rows if r.draft.birth_date}
    emails = {(email, r.name.first) for r in rows for email in r.emails}
    phones = {(phone, r.name.first) for r in rows for phone in r.phones}
    return {
        "numbers": list({r.draft.member_number for r in rows if r.draft.member_number is not None}),
        "digests": [f"\\x{digest.hex()}" for digest in {r.national_id for r in rows} if digest],
        "born": _pairs(born),
        "emails": _pairs(emails),
        "phones": _pairs(phones),
        "undated": list({r.name.whole for r in rows if r.draft.birth_date is None}),
        "dated": list({r.name.whole for r in rows if r.draft.birth_date is not None}),
    }


def _pairs(pairs: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"value": value, "first": first} for value, first in pairs]


def load(ids: Sequence[int], rights: Rights, *, today: date) -> list[Known]:
    """Return the people as the actor sees them. Eight queries."""
    found = {
        row[0]: Known(*row, name=fold(row[2], row[3], row[4]))
        for row in Person.objects.filter(pk__in=ids).values_list(
            "pk", "version", "given_name", "middle_name", "family_name", "birth_date", "gender", "language",
            "employer",
        )
    }  # fmt: skip
    if found:
        _points(found, today)
        _ties(found)
        _sealed(found)
        for pk in Subject.objects.filter(pk__in=list(found), restricted=True).values_list("pk", flat=True):
            found[pk].restricted = True
        _rights(found, rights)
    return list(found.values())


def _points(found: dict[int, Known], today: date) -> None:
    """How she is reached, also what is no longer in use: a list does not revive it."""
    main = ("subject_id", "main", "to_date")
    ids = list(found)
    for pk, is_main, until, key in Email.objects.filter(subject__in=ids).values_list(*main, "matching"):
        if key is not None:
            found[pk].emails.add(key)
        if is_main and (until is None or until >= today):
            found[pk].main.add("email")
    for pk, is_main, until, number in Phone.objects.filter(subject__in=ids).values_list(*main, "number"):
        if number is not None:
            found[pk].phones.add(number)
        if is_main and (until is None or until >= today):
            found[pk].main.add("phone")
    parts = ("id", "version", "lines", "postcode", "place", "country")
    for pk, is_main, until, one, version, *texts in PostalAddress.objects.filter(subject__in=ids).values_list(
        *main, *parts
    ):
        current = bool(is_main) and (until is None or until >= today)
        lines, postcode, place, country = (text or "" for text in texts)
        found[pk].addresses.append(Address(one, version, lines, postcode, place, country, current=current))


def _ties(found: dict[int, Known]) -> None:
    columns = ("pk", "version", "unit_id", "number", "kind", "joined_on", "left_on")
    rows = Membership.objects.filter(subject__in=list(found)).order_by("pk")
    for subject_id, *values in rows.values_list("subject_id", *columns):
        found[subject_id].ties.append(Tie(*values))


def _sealed(found: dict[int, Known]) -> None:
    for pk, datum, digest in Sealed.objects.filter(
        subject__in=list(found), datum__in=(NATIONAL_ID, BANK_ACCOUNT)
    ).values_list("subject_id", "datum", "digest"):
        value = bytes(digest) if digest is not None else None
        if datum == NATIONAL_ID:
            found[pk].national_id = value
        else:
            found[pk].bank_account = value


# What may be changed of a person and (with the record's id) of one membership: what is held, or, by the web's
# role, what the actor's duties let her.
HELD_OF = f"""
select g.subject_id, case when c.record = 'membership' then g.record_id end, bit_or(c.bits)::text
  from {HELD} g.subject_id = any(%(subjects)s::bigint[]) group by 1, 2"""
CHANGEABLE = """
select w.id, null, kernel.change_mask(w.id)::text from unnest(%(subjects)s::bigint[]) w(id)
union all
select w.subject, w.id, kernel.record_change_mask('membership', w.subject, w.id)::text
  from unnest(%(owners)s::bigint[], %(ties)s::bigint[]) w(subject, id)"""


def _rights(found: dict[int, Known], rights: Rights) -> None:
    ties = {tie.id: (person.id, tie) for person in found.values() for tie in person.ties}
    asked = {"subjects": list(found), "owners": [owner for owner, _ in ties.values()], "ties": list(ties)}
    with connection.cursor() as cursor:
        cursor.execute(CHANGEABLE if rights.scoped else HELD_OF, asked)
        for subject_id, record_id, bits in cursor.fetchall():
            data = rights.data(bits)
            found[subject_id].may |= data
            if record_id in ties:
                ties[record_id][1].may |= data
