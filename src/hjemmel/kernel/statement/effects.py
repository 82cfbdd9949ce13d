"""What putting a declaration in force would do to the persons in the register, in numbers and nothing else.

The rules of the next version are laid beside those in force, as applying it does, counted, and taken back:
all of it in one transaction that is rolled back. Nothing is locked: who reads or writes meanwhile does not
wait, and each number is that of the moment it was counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from hjemmel.declaration import Change, Declaration, changes, load_texts
from hjemmel.kernel.grounds.queries import in_force
from hjemmel.kernel.statement import counting
from hjemmel.kernel.statement.actions import known
from hjemmel.kernel.statement.counting import Reached
from hjemmel.kernel.statement.laying import lay, lay_past
from hjemmel.kernel.statement.reaching import reach

WIDER = "wider"


@dataclass(frozen=True, slots=True)
class Counted:
    """A change, and how many persons it touches; None where it is about nobody, as words are not."""

    change: Change
    persons: int | None


@dataclass(frozen=True, slots=True)
class Due:
    """What would be erased the next night: something of so many persons, and so many whole records."""

    persons: int
    records: int


@dataclass(frozen=True, slots=True)
class Seen:
    """How many persons come into or out of some officer's sight, and of how many somebody who saw them
    before sees more, or less.
    """

    into: int
    out: int
    more: int
    less: int


@dataclass(frozen=True, slots=True)
class Effects:
    """All of it. `touched` are the persons whom any change is about, and `worse` those whom a change to
    their disadvantage is about.

    `sooner` counts persons of whom something goes earlier than it would have, by the year of its new date
    (what is due at once stands in this year), and `later` those of whom something stays longer.
    """

    changes: tuple[Counted, ...]
    touched: int
    worse: int
    due: Due
    sooner: tuple[tuple[int, int], ...]
    later: int
    seen: Seen


def effects(files: Mapping[str, str]) -> Effects:
    """Return what applying the declaration in `files` would do, against what is in force.

    Runs as the owner. Raises DeclarationError with what the check finds, and NothingDeclaredError where
    nothing is in force that it could change.
    """
    return effects_of(load_texts(files, known=known()))


@transaction.atomic
def effects_of(new: Declaration) -> Effects:
    """Return the same for a declaration that has passed the check."""
    old = in_force()
    if old == new:
        return Effects((), 0, 0, Due(0, 0), (), 0, Seen(0, 0, 0, 0))
    try:
        return _counted(old, new)
    finally:
        transaction.set_rollback(True)


@transaction.atomic
def affected(old: Declaration) -> list[int]:
    """Return the subjects touched today by what has changed to people's disadvantage from `old`, a version
    that was in force, to the one that is; in order of id. Runs as the owner. Raises NothingDeclaredError.
    """
    new = in_force()
    try:
        plan = lay_past(old, new)
        worse = [change for change in changes(old, new) if change.direction == WIDER]
        ways = [reach(change, old, new, plan) for change in worse]
        return Reached(ways).subjects(ways)
    finally:
        transaction.set_rollback(True)


def _counted(old: Declaration, new: Declaration) -> Effects:
    found = changes(old, new)
    plan = lay(old, new)
    ways = [reach(change, old, new, plan) for change in found]
    reached = Reached(ways)
    told = list(zip(found, ways, strict=True))
    due, sooner, later = counting.dates(plan)
    return Effects(
        changes=tuple(Counted(change, None if way is None else reached.persons[way]) for change, way in told),
        touched=reached.count(ways),
        worse=reached.count(way for change, way in told if change.direction == WIDER),
        due=Due(*due),
        sooner=sooner,
        later=later,
        seen=Seen(*counting.seen(plan)),
    )
