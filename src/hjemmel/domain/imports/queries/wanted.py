"""What a row asks for: a person and a membership, with everything the register has to know to place them."""

from dataclasses import dataclass, field
from datetime import date

from hjemmel.domain.imports.csv.draft import Draft
from hjemmel.domain.imports.queries.names import Folded
from hjemmel.domain.imports.queries.rights import NOTHING, May

UNASKED = May(NOTHING, NOTHING, NOTHING)


@dataclass(slots=True, repr=False)
class Wanted:
    """A sound row. `left_on` is the first day she is no member; `ended` says whether that day has come.
    National identity number and bank account are compared by their blind index only.
    """

    line: int
    cells: list[str]
    draft: Draft
    name: Folded
    unit_id: int
    kind: str | None
    left_on: date | None
    ended: bool
    emails: dict[str, str] = field(default_factory=dict)
    phones: tuple[str, ...] = ()
    national_id: bytes | None = None
    bank_account: bytes | None = None
    may: May = UNASKED
