"""A row that was read, made into what it asks for; or the problems that only the register can see."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from hjemmel.domain.imports.csv import Field, Layout, Problem, Row
from hjemmel.domain.imports.csv.draft import Draft
from hjemmel.domain.imports.queries.file import gives_last_day
from hjemmel.domain.imports.queries.names import fold
from hjemmel.domain.imports.queries.reasons import REFUSED
from hjemmel.domain.imports.queries.rights import Rights
from hjemmel.domain.imports.queries.setting import Setting
from hjemmel.domain.imports.queries.units import Place
from hjemmel.domain.imports.queries.wanted import Wanted
from hjemmel.domain.members.enums import MembershipKind
from hjemmel.domain.people.formats.bank_account import BankAccount
from hjemmel.domain.people.formats.name import search_key
from hjemmel.domain.people.formats.national_id import NationalId
from hjemmel.kernel import clock
from hjemmel.kernel.vault import crypto

_WORDS: Final = {
    MembershipKind.ORDINARY: "ordinary ordinært ordinær hovedmedlem hovudmedlem medlem vanlig voksen vaksen",
    MembershipKind.CHILD: "child barn barnemedlem",
    MembershipKind.YOUTH: "youth ungdom ungdomsmedlem",
    MembershipKind.HOUSEHOLD: "household husstand husstandsmedlem familie familiemedlem hushald",
    MembershipKind.SUPPORTER: "supporter støttemedlem støtte stønad støttespiller",
}
_KINDS: Final = {search_key(word): kind.value for kind, words in _WORDS.items() for word in words.split()}


class Wanting:
    """Makes rows into what they ask for, by one layout and one setting."""

    def __init__(self, layout: Layout, setting: Setting, rights: Rights) -> None:
        self._setting = setting
        self._rights = rights
        self._today = clock.today()
        self._latest = clock.after(self._today, years=1)
        self._last_day = gives_last_day(layout)
        self._labels = {f: columns[0].label for f in Field if (columns := layout.of(f))}
        self._units: dict[tuple[str, date], Place | str] = {}

    def row(self, row: Row) -> Wanted | tuple[Problem, ...]:
        """Return what the row asks for, or every problem it has."""
        if row.draft is None:
            return row.problems
        draft = row.draft
        left = self._left_on(draft)
        kind = _kind(draft.member_type) if draft.member_type else None
        unit = self._unit(draft.unit, left)
        problems = []
        if isinstance(unit, str):
            problems.append(self.problem(row.line, unit, Field.UNIT))
        if draft.member_type and kind is None:
            problems.append(self.problem(row.line, "member_type.unknown", Field.MEMBER_TYPE))
        if draft.joined_on and draft.joined_on > self._latest:
            problems.append(self.problem(row.line, "joined_on.far", Field.JOINED_ON))
        if problems or isinstance(unit, str):
            return tuple(problems)
        name = draft.name
        return Wanted(
            line=row.line,
            cells=row.cells,
            draft=draft,
            name=fold(name.given, name.middle, name.family),
            unit_id=unit.id,
            kind=kind,
            left_on=left,
            ended=left is not None and left <= self._today,
            emails={email.key: email.address for email in draft.emails},
            phones=tuple(phone.e164 for phone in draft.phones),
            national_id=_digest("person.national_id", draft.national_id),
            bank_account=_digest("person.bank_account", draft.bank_account),
        )

    def problem(self, line: int, code: str, field: Field | None = None) -> Problem:
        """Return the problem of that code, in the column of that field."""
        reason = REFUSED[code]
        return Problem(line, self._labels.get(field, "") if field else "", code, *reason)

    def label(self, field: Field) -> str:
        """Return the heading of a field, or nothing where the file does not have it."""
        return self._labels.get(field, "")

    def _left_on(self, draft: Draft) -> date | None:
        if draft.left_on is None or not self._last_day:
            return draft.left_on
        return draft.left_on + timedelta(days=1)

    def _unit(self, text: str, left: date | None) -> Place | str:
        """The row's unit, or the code of what is wrong with it."""
        if not text:
            unit: Place | str = self._setting.unit or "unit.missing"
        else:
            day = left if left is not None and left <= self._today else self._today + timedelta(days=1)
            if (text, day) not in self._units:
                self._units[text, day] = self._setting.units.find(text, on=day)
            unit = self._units[text, day]
        if isinstance(unit, Place) and not self._rights.makes(unit):
            return "unit.not_yours"
        return unit


@lru_cache(maxsize=1000)
def _kind(text: str) -> str | None:
    return _KINDS.get(search_key(text))


def _digest(datum: str, number: NationalId | BankAccount | None) -> bytes | None:
    return crypto.digest(datum, number.digits) if number else None
