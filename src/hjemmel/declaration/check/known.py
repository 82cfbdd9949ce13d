"""What the program stores, as its catalog tells the checker: names only, so that the language stays alone."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """The records, events, conditions and data that tables exist for, and the records one can review."""

    records: frozenset[str]
    events: frozenset[str]
    conditions: frozenset[str]
    data: frozenset[str]
    reviewed: frozenset[str]
