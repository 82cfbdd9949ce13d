"""Somebody new: what is written of her and her membership, and what has to be left out."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from hjemmel.domain.imports.actions.plan import Columns, Plan, Secret
from hjemmel.domain.imports.queries.known import BANK_ACCOUNT, NATIONAL_ID, Address, Known, Tie
from hjemmel.domain.imports.queries.wanted import Wanted
from hjemmel.domain.members.enums import JoinedHow, MembershipKind
from hjemmel.domain.people.enums import ContactKind, Source
from hjemmel.domain.people.formats.name import Name
from hjemmel.kernel.subjects.models import new_id

SOURCE = Source.UNIT_LIST.value
PRIVATE = ContactKind.PRIVATE.value


def enter(plan: Plan, row: Wanted, *, today: date) -> tuple[Known, list[str]]:
    """Plan a new person with her membership. Return her as the actor will see her, and the data left out."""
    may = row.may.write
    subject_id = new_id()
    plan.subjects.append(subject_id)
    tie = new_tie(plan, row, subject_id, number=row.draft.member_number)
    plan.persons.new[subject_id] = _person(row, may)
    draft_name = (row.draft.name.given, row.draft.name.middle, row.draft.name.family)
    given_name, middle_name, family_name = (part or None for part in draft_name)
    known = Known(
        subject_id, 1, given_name, middle_name, family_name, None, None, None, None,
        name=row.name, may=row.may.change, ties=[tie],
    )  # fmt: skip
    add_points(plan, row, known, may, today=today)
    if row.draft.address is not None and "person.postal_address" in may:
        add_address(plan, row, known, today=today)
    seal(plan, row, known, may)
    _remember(row, known, tie)
    return known, sorted(given(row) - may)


def given(row: Wanted) -> set[str]:
    """Return the data of the person and the membership that the row gives."""
    draft = row.draft
    told = {
        "person.name": True,
        "person.birth_date": draft.birth_date,
        "person.gender": draft.gender,
        "person.language": draft.language,
        "person.employer": draft.employer,
        "person.email": row.emails,
        "person.phone": row.phones,
        "person.postal_address": draft.address,
        NATIONAL_ID: row.national_id,
        BANK_ACCOUNT: row.bank_account,
        "membership.number": draft.member_number,
        "membership.type": row.kind,
        "membership.dates": draft.joined_on or row.left_on,
    }
    return {datum for datum, value in told.items() if value}


def new_tie(plan: Plan, row: Wanted, subject_id: int, *, number: int | None) -> Tie:
    """Plan the membership of the row, and return it as the register will have it."""
    may = row.may.write
    dated = "membership.dates" in may
    kind = (row.kind or MembershipKind.ORDINARY.value) if "membership.type" in may else None
    tie = Tie(
        new_id(), 1, row.unit_id, number, kind,
        row.draft.joined_on if dated else None, row.left_on if dated else None, row.may.change,
    )  # fmt: skip
    plan.memberships.new[tie.id] = {
        "subject_id": subject_id,
        "unit_id": row.unit_id,
        "number": number,
        "kind": kind,
        "joined_on": tie.joined_on,
        "left_on": tie.left_on,
        "joined_how": JoinedHow.IMPORT.value if "membership.joined_how" in may else None,
    }
    if number is None and "membership.number" in may:
        plan.unnumbered[tie.id] = subject_id
    return tie


def name_columns(name: Name, search_key: str) -> Columns:
    """Return the columns that a name fills."""
    return {
        "given_name": name.given or None,
        "middle_name": name.middle or None,
        "family_name": name.family or None,
        "display_name": name.display,
        "sort_key": name.sort_key,
        "search_key": search_key,
        "name_source": SOURCE,
    }


def address_columns(row: Wanted) -> Columns:
    """Return the columns that the row's postal address fills."""
    address = row.draft.address
    if address is None:
        return {}
    return {
        "lines": "\n".join(address.lines),
        "postcode": address.postcode,
        "place": address.place,
        "country": address.country,
        "source": SOURCE,
    }


def add_points(plan: Plan, row: Wanted, known: Known, may: Iterable[str], *, today: date) -> bool:
    """Plan the row's e-mail addresses and phones that the person does not have; whether there were any. The
    first is the main one where she has none.
    """
    allowed = set(may)
    emails = [e for e in row.emails if e not in known.emails] if "person.email" in allowed else []
    phones = [p for p in row.phones if p not in known.phones] if "person.phone" in allowed else []
    for key in emails:
        value: dict[str, Any] = {"address": row.emails[key], "matching": key}
        plan.emails.new[new_id()] = value | _point(known, "email", today)
        known.emails.add(key)
    for number in phones:
        plan.phones.new[new_id()] = {"number": number} | _point(known, "phone", today)
        known.phones.add(number)
    return bool(emails or phones)


def add_address(plan: Plan, row: Wanted, known: Known, *, today: date) -> None:
    """Plan the row's postal address as the person's main one."""
    columns = address_columns(row)
    pk = new_id()
    plan.addresses.new[pk] = columns | _point(known, "address", today)
    texts = (columns["lines"], columns["postcode"], columns["place"], columns["country"])
    known.addresses.append(Address(pk, 1, *texts, current=True))


def seal(plan: Plan, row: Wanted, known: Known, may: Iterable[str]) -> bool:
    """Plan the sealing of the row's numbers that the person does not have; whether there were any."""
    allowed = set(may)
    draft = row.draft
    done = False
    if draft.national_id and row.national_id and NATIONAL_ID in allowed and known.national_id is None:
        plan.secrets.append(Secret(known.id, NATIONAL_ID, draft.national_id.digits, row.national_id))
        known.national_id, done = row.national_id, True
    account = row.bank_account if BANK_ACCOUNT in allowed else None
    if draft.bank_account and account and account != known.bank_account:
        plan.secrets.append(Secret(known.id, BANK_ACCOUNT, draft.bank_account.digits, account))
        known.bank_account, done = account, True
    return done


def _person(row: Wanted, may: frozenset[str]) -> Columns:
    draft = row.draft
    born = draft.birth_date if "person.birth_date" in may else None
    gender = draft.gender.value if draft.gender and "person.gender" in may else None
    employer = (draft.employer or None) if "person.employer" in may else None
    return name_columns(draft.name, row.name.whole) | {
        "birth_date": born,
        "birth_date_source": SOURCE if born else None,
        "gender": gender,
        "gender_source": SOURCE if gender else None,
        "language": (draft.language or None) if "person.language" in may else None,
        "employer": employer,
        "employer_source": SOURCE if employer else None,
    }


def _point(known: Known, what: str, today: date) -> Columns:
    main = what not in known.main
    known.main.add(what)
    return {
        "subject_id": known.id,
        "kind": PRIVATE,
        "main": main,
        "from_date": today,
        "source": SOURCE,
    }


def _remember(row: Wanted, known: Known, tie: Tie) -> None:
    """Let the person be known as the actor will see her: what is hidden from him he knows nothing of."""
    written = row.may.write & row.may.see
    draft = row.draft
    if "person.birth_date" in written:
        known.birth_date = draft.birth_date
    if "person.gender" in written and draft.gender:
        known.gender = draft.gender.value
    if "person.language" in written:
        known.language = draft.language or None
    if "person.employer" in written:
        known.employer = draft.employer or None
    see = row.may.see
    known.emails = known.emails if "person.email" in see else set()
    known.phones = known.phones if "person.phone" in see else set()
    known.addresses = known.addresses if "person.postal_address" in see else []
    known.national_id = known.national_id if NATIONAL_ID in see else None
    known.bank_account = known.bank_account if BANK_ACCOUNT in see else None
    tie.number = tie.number if "membership.number" in see else None
