"""Somebody known: what the row fills in or changes. What it leaves out stays; consents and shielding are not
touched; an e-mail address or phone more is added, none is taken away.
"""

from collections.abc import Iterable
from datetime import date

from hjemmel.domain.imports.actions.entering import (
    SOURCE,
    add_address,
    add_points,
    address_columns,
    given,
    name_columns,
    new_tie,
    seal,
)
from hjemmel.domain.imports.actions.plan import Columns, Plan
from hjemmel.domain.imports.queries.known import Known, Tie
from hjemmel.domain.imports.queries.names import Folded, fold, like
from hjemmel.domain.imports.queries.wanted import Wanted
from hjemmel.domain.people.formats import name as names
from hjemmel.domain.people.formats.invalid import Invalid
from hjemmel.domain.people.formats.name import Name


def renew(plan: Plan, row: Wanted, person: Known, tie: Tie | None, *, today: date) -> tuple[bool, list[str]]:
    """Plan what the row changes of the person and of her membership `tie` (a new one where there is none).
    Return whether anything changes, and the data that are left out.

    A row about an ended membership writes only what an ended membership holds.
    """
    may = row.may.write if row.ended else person.may | row.may.change
    wished = _Wished(may)
    if tie is None:
        tie = new_tie(plan, row, person.id, number=_number(row, person))
        person.ties.append(tie)
        changed = True
    else:
        changed = _renew_tie(plan, row, tie, wished)
    changed |= _renew_person(plan, row, person, wished)
    changed |= add_points(plan, row, person, may, today=today)
    changed |= _renew_address(plan, row, person, wished, today=today)
    changed |= seal(plan, row, person, may)
    _renew_rights(row, person)
    return changed, sorted(wished.refused | (_unwritten(row, person) - may))


def _renew_rights(row: Wanted, person: Known) -> None:
    """What may be changed of her from now on: more with one more membership, less without any."""
    if not row.ended:
        person.may |= row.may.change
    elif all(tie.left_on is not None for tie in person.ties):
        person.may &= row.may.change


class _Wished:
    """Takes note of what the row would change and nothing lets it."""

    def __init__(self, may: Iterable[str]) -> None:
        self._may = frozenset(may)
        self.refused: set[str] = set()

    def lets(self, datum: str, within: frozenset[str] | None = None) -> bool:
        if datum in (self._may if within is None else within):
            return True
        self.refused.add(datum)
        return False


def _renew_tie(plan: Plan, row: Wanted, tie: Tie, wished: _Wished) -> bool:
    """Change type and dates of a membership. A number is filled in and never changed: it is an identity."""
    draft = row.draft
    changed = False
    if row.kind and row.kind != tie.kind and wished.lets("membership.type", tie.may):
        tie.kind, changed = row.kind, True
        plan.memberships.change(tie.id, tie.version, {"kind": row.kind})
    dates: Columns = {}
    if draft.joined_on and draft.joined_on != tie.joined_on:
        dates["joined_on"] = draft.joined_on
    if row.left_on and row.left_on != tie.left_on:
        dates["left_on"] = row.left_on
    if dates and wished.lets("membership.dates", tie.may):
        tie.joined_on, tie.left_on = dates.get("joined_on", tie.joined_on), dates.get("left_on", tie.left_on)
        for column, day in dates.items():
            plan.memberships.change(tie.id, tie.version, {column: day})
        changed = True
    if draft.member_number and tie.number is None and wished.lets("membership.number", tie.may):
        tie.number, changed = draft.member_number, True
        plan.memberships.change(tie.id, tie.version, {"number": draft.member_number})
        plan.unnumbered.pop(tie.id, None)
    return changed


def _number(row: Wanted, person: Known) -> int | None:
    """The number of one more membership: hers, if she has one."""
    own = sorted(person.numbers)
    return own[0] if own else row.draft.member_number


def _renew_person(plan: Plan, row: Wanted, person: Known, wished: _Wished) -> bool:
    draft = row.draft
    changed = False
    name = _other_name(row, person)
    if name is not None and wished.lets("person.name"):
        person.given_name, person.middle_name, person.family_name = name.given, name.middle, name.family
        person.name = _fold(name)
        plan.persons.change(person.id, person.version, name_columns(name, person.name.whole))
        changed = True
    if draft.birth_date and draft.birth_date != person.birth_date and wished.lets("person.birth_date"):
        columns = {"birth_date": draft.birth_date, "birth_date_source": SOURCE}
        plan.persons.change(person.id, person.version, columns)
        person.birth_date, changed = draft.birth_date, True
    if draft.gender and draft.gender.value != person.gender and wished.lets("person.gender"):
        columns = {"gender": draft.gender.value, "gender_source": SOURCE}
        plan.persons.change(person.id, person.version, columns)
        person.gender, changed = draft.gender.value, True
    if draft.language and draft.language != person.language and wished.lets("person.language"):
        plan.persons.change(person.id, person.version, {"language": draft.language})
        person.language, changed = draft.language, True
    if draft.employer and draft.employer != person.employer and wished.lets("person.employer"):
        columns = {"employer": draft.employer, "employer_source": SOURCE}
        plan.persons.change(person.id, person.version, columns)
        person.employer, changed = draft.employer, True
    return changed


def _other_name(row: Wanted, person: Known) -> Name | None:
    """The name that the row gives, where it says more or another one; None where it says the same or less.
    Letter case and spelling (Aase, Åse) are the person's own affair.
    """
    told = row.draft.name
    if like(row.name, person.name) and row.name.given <= person.name.given:
        return None
    given_name = told.given or person.given_name or ""
    middle = told.middle or person.middle_name or ""
    if not told.middle and _words(middle) <= _words(given_name):
        middle = ""
    try:
        name = names.parse(given=given_name, middle=middle, family=told.family or person.family_name or "")
    except Invalid:
        return None
    return None if _fold(name) == person.name else name


def _renew_address(plan: Plan, row: Wanted, person: Known, wished: _Wished, *, today: date) -> bool:
    """Change the main postal address, or add one; one that she has or had already changes nothing."""
    columns = address_columns(row)
    if not columns:
        return False
    told = (columns["lines"], columns["postcode"], columns["place"], columns["country"])
    if any((a.lines, a.postcode, a.place, a.country) == told for a in person.addresses):
        return False
    if not wished.lets("person.postal_address"):
        return False
    main = next((address for address in person.addresses if address.current), None)
    if main is None:
        add_address(plan, row, person, today=today)
    else:
        plan.addresses.change(main.id, main.version, columns)
        main.lines, main.postcode, main.place, main.country = told
    return True


def _unwritten(row: Wanted, person: Known) -> set[str]:
    """The data of lists (addresses, numbers) that the row gives and the person does not have."""
    missing = {
        "person.email": any(key not in person.emails for key in row.emails),
        "person.phone": any(number not in person.phones for number in row.phones),
        "person.national_id": row.national_id is not None and person.national_id != row.national_id,
        "person.bank_account": row.bank_account is not None and person.bank_account != row.bank_account,
    }
    return {datum for datum, is_missing in missing.items() if is_missing} & given(row)


def _words(text: str) -> frozenset[str]:
    return frozenset(names.search_key(text).split())


def _fold(name: Name) -> Folded:
    return fold(name.given, name.middle, name.family)
