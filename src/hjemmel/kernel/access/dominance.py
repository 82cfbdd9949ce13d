"""Which rules of duty show nothing more than another of the same office.

A membership that lasts makes two grounds, what is held while it lives and its history, and an office sees
through both: whoever is not to see those who have left sees no more by the second than by the first. Such a
rule is kept, for it tells why somebody is seen, and lets things be changed; but the masks, asked of every row
that is read, leave it out (measured, decision 2).
"""

from collections.abc import Sequence

from hjemmel.kernel import catalog
from hjemmel.kernel.access.models import OfficeDuty
from hjemmel.kernel.grounds.models import Clause


def mark_implied(rows: Sequence[OfficeDuty]) -> None:
    """Mark the rules that another of `rows` implies; of those that imply each other, all but the first."""
    for at, row in enumerate(rows):
        row.implied = any(
            _implies(other, row) and (before < at or not _implies(row, other))
            for before, other in enumerate(rows)
            if before != at
        )


def _implies(more: OfficeDuty, less: OfficeDuty) -> bool:
    """Whether `more` shows, at every unit, on every day and of everybody, all that `less` does."""
    flags = ("below", "sees_ended", "may_shielded", "may_restricted")
    return (
        (more.office, more.at) == (less.office, less.at)
        and (more.clause.activity, more.clause.record) == (less.clause.activity, less.clause.record)
        and all(getattr(more, flag) or not getattr(less, flag) for flag in flags)
        and set(less.purposes) <= set(more.purposes)
        and all(there == "1" for there, wanted in zip(more.bits, less.bits, strict=True) if wanted == "1")
        and _outlasts(more.clause, less.clause, less)
    )


def _outlasts(more: Clause, less: Clause, duty: OfficeDuty) -> bool:
    """Whether a record has a ground by the clause `more` wherever `duty` reaches the one by `less`."""
    if more.pk == less.pk:
        return True
    if more.condition not in (None, less.condition):
        return False
    # What has no period stays open; what runs from the end of the relation lasts until then at the least.
    return more.period is None or (not duty.sees_ended and more.event == _ended(more.record))


def _ended(record: str) -> str | None:
    return next((table.ended for table in catalog.records() if table.record == record), None)
