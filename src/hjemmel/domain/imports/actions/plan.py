"""What a chunk will write, gathered row by row and written in sets. Two rows about one person come together
here: what is not written yet is changed in place.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Columns = dict[str, Any]
# Of one table: the columns that change together, then the row's id, then its version and the new values.
Updates = dict[tuple[str, ...], dict[int, tuple[int, Columns]]]


@dataclass(slots=True, repr=False)
class Writes:
    """Rows to put in and rows to change, of one table."""

    new: dict[int, Columns] = field(default_factory=dict)
    changed: Updates = field(default_factory=dict)

    def change(self, pk: int, version: int, columns: Mapping[str, Any]) -> None:
        """Change columns that are always changed together, of a row stored or still to be put in."""
        if pk in self.new:
            self.new[pk] |= columns
        else:
            self.changed.setdefault(tuple(columns), {})[pk] = (version, dict(columns))


@dataclass(slots=True, repr=False)
class Secret:
    """A value to seal, and its blind index."""

    subject_id: int
    datum: str
    digits: str
    digest: bytes


@dataclass(slots=True, repr=False)
class Plan:
    """Everything a chunk writes. `unnumbered` are memberships that get a number of the register's own."""

    subjects: list[int] = field(default_factory=list)
    memberships: Writes = field(default_factory=Writes)
    persons: Writes = field(default_factory=Writes)
    emails: Writes = field(default_factory=Writes)
    phones: Writes = field(default_factory=Writes)
    addresses: Writes = field(default_factory=Writes)
    secrets: list[Secret] = field(default_factory=list)
    unnumbered: dict[int, int] = field(default_factory=dict)
    staged: list[Columns] = field(default_factory=list)
