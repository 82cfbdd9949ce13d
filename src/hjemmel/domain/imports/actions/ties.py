"""Which of a person's memberships a row speaks of."""

from dataclasses import dataclass
from datetime import date

from hjemmel.domain.imports.queries.known import Known, Tie
from hjemmel.domain.imports.queries.wanted import Wanted


@dataclass(frozen=True, slots=True)
class Waits:
    """A person has to look at the row: why."""

    code: str


def find_tie(row: Wanted, person: Known, *, today: date) -> Tie | Waits | None:
    """Return the membership that the row speaks of, or None for one that the register does not have.

    The same day of joining is the same membership; else one whose time the row's time meets, an open one
    first. A list that still holds somebody who has left does not let her in again: that waits.
    """
    there = [tie for tie in person.ties if tie.unit_id == row.unit_id]
    joined = row.draft.joined_on
    found = next((tie for tie in there if joined is not None and tie.joined_on == joined), None)
    if found is None:
        meeting = [tie for tie in there if _meet(joined, row.left_on, tie.joined_on, tie.left_on)]
        meeting.sort(key=lambda tie: tie.left_on or date.max, reverse=True)
        found = meeting[0] if meeting else None
    if found is None:
        return None
    if found.left_on is not None and found.left_on <= today and row.left_on is None:
        return Waits("membership.ended")
    return Waits("membership.overlap") if _collides(row, found, there) else found


def _meet(joined: date | None, left: date | None, other_joined: date | None, other_left: date | None) -> bool:
    """Whether two spans share a day; a day that nobody knows may be any."""
    starts = joined is None or other_left is None or joined < other_left
    ends = left is None or other_joined is None or other_joined < left
    return starts and ends


def _collides(row: Wanted, found: Tie, there: list[Tie]) -> bool:
    """Whether the row's dates would let `found` run into another membership in the same unit."""
    joined = row.draft.joined_on or found.joined_on
    left = row.left_on or found.left_on
    return any(
        tie is not found and tie.joined_on is not None and _meet(joined, left, tie.joined_on, tie.left_on)
        for tie in there
    )
