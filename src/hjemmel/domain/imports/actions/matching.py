"""Whom a row is about. By number; else by name, birth date and one contact with a single hit; whoever may be
the same and may not waits for a person to decide. Never by e-mail alone: families share it.
"""

from collections.abc import Container
from dataclasses import dataclass

from hjemmel.domain.imports.queries.known import Known, People
from hjemmel.domain.imports.queries.names import like, same, share
from hjemmel.domain.imports.queries.wanted import Wanted


@dataclass(frozen=True, slots=True)
class Match:
    """The person a row is about, or the code of why that cannot be said; neither for somebody new."""

    person: Known | None = None
    doubt: str = ""


NEW = Match()


def match(row: Wanted, people: People, numbers: Container[int]) -> Match:
    """Return whom the row is about, among `people`. `numbers` are all member numbers in the file: whoever has
    another row's number is that row's, not this one's.
    """
    identified = _by_identity(row, people)
    if identified is not NEW:
        return identified
    others = [p for p in people.namesakes(row) if not _two_identities(row, p)]
    sure = [p for p in others if like(row.name, p.name) and _born_same(row, p) and _contact_same(row, p)]
    if len(sure) > 1:
        return Match(doubt="match.several")
    if sure:
        return Match(doubt="match.two_numbers") if _is_other_row(row, sure[0], numbers) else Match(sure[0])
    if any(_may_be(row, p) for p in others if not _is_other_row(row, p, numbers)):
        return Match(doubt="match.uncertain")
    return NEW


def _by_identity(row: Wanted, people: People) -> Match:
    """Who has the row's national identity number or member number, unless the rest says somebody else: a
    mistyped number must never give one person another's name.
    """
    hits = people.by_national_id(row.national_id)
    sealed = [p for p in hits if share(row.name, p.name)]
    if hits and not sealed:
        return Match(doubt="national_id.other_person")
    hits = people.by_number(row.draft.member_number)
    numbered = [p for p in hits if _agrees(row, p)]
    if hits and not numbered:
        return Match(doubt="member_number.other_person")
    found = {p.id: p for p in (*sealed, *numbered)}
    if len(found) > 1:
        return Match(doubt="match.several")
    return Match(next(iter(found.values()))) if found else NEW


def _agrees(row: Wanted, person: Known) -> bool:
    """Whether somebody with the row's member number can be the one it is about: the same name, or a given
    name and the birth date or a contact.
    """
    if _two_identities(row, person):
        return False
    if like(row.name, person.name):
        return True
    return share(row.name, person.name) and (
        _born_same(row, person) or (_contact_same(row, person) and not _born_other(row, person))
    )


def _may_be(row: Wanted, person: Known) -> bool:
    """Whether somebody of that name may be the same: something agrees, or there is nothing to compare."""
    if same(row.name, person.name):
        return _born_same(row, person) or _contact_same(row, person) or not _comparable(row, person)
    if not like(row.name, person.name):
        return False
    return _born_same(row, person) or (_contact_same(row, person) and not _born_other(row, person))


def _born_same(row: Wanted, person: Known) -> bool:
    return row.draft.birth_date is not None and row.draft.birth_date == person.birth_date


def _born_other(row: Wanted, person: Known) -> bool:
    born = row.draft.birth_date
    return born is not None and person.birth_date is not None and born != person.birth_date


def _contact_same(row: Wanted, person: Known) -> bool:
    return not person.emails.isdisjoint(row.emails) or not person.phones.isdisjoint(row.phones)


def _comparable(row: Wanted, person: Known) -> bool:
    return bool(
        (row.draft.birth_date and person.birth_date)
        or (row.emails and person.emails)
        or (row.phones and person.phones)
    )


def _two_identities(row: Wanted, person: Known) -> bool:
    """Whether the row and the person have each a national identity number, not the same."""
    return None not in (row.national_id, person.national_id) and row.national_id != person.national_id


def _is_other_row(row: Wanted, person: Known, numbers: Container[int]) -> bool:
    own = row.draft.member_number
    return own is not None and any(number != own and number in numbers for number in person.numbers)
