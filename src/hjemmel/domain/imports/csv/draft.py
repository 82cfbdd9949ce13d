"""What a row becomes: a draft of a person, or the problems that keep it out."""

from dataclasses import dataclass, field
from datetime import date

from hjemmel.domain.people.formats.bank_account import BankAccount
from hjemmel.domain.people.formats.email import Email
from hjemmel.domain.people.formats.gender import Gender
from hjemmel.domain.people.formats.name import Name
from hjemmel.domain.people.formats.national_id import NationalId
from hjemmel.domain.people.formats.phone import Phone
from hjemmel.domain.people.formats.postal import Address


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row is refused: where, and three texts for people, none of which holds a value of the row.

    `column` is the heading, several joined by " + ", or empty for the row as a whole.
    """

    line: int
    column: str
    code: str
    message: str
    allowed: str
    do: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Draft:
    """A person and a membership as one row tells them, every value checked; None or empty when not told.

    `left_on` is the date of the file. `unit`, `member_type` and `employer` are plain text, which may look
    like a formula: whoever writes it to a spreadsheet makes it safe there.
    """

    line: int
    name: Name
    birth_date: date | None = None
    gender: Gender | None = None
    emails: tuple[Email, ...] = ()
    phones: tuple[Phone, ...] = ()
    address: Address | None = None
    national_id: NationalId | None = None
    bank_account: BankAccount | None = None
    member_number: int | None = None
    joined_on: date | None = None
    left_on: date | None = None
    member_type: str = ""
    unit: str = ""
    language: str = ""
    employer: str = ""

    def __repr__(self) -> str:
        return f"Draft(line={self.line})"


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a file: its first line, its cells as they stand, and either a draft or problems."""

    line: int
    cells: list[str] = field(repr=False)
    draft: Draft | None
    problems: tuple[Problem, ...] = ()
