"""The tables whose rows are keys wrapped by a master key: a rotation wraps them anew, and a backup keeps them
apart from the data. Each has a column `wrapped`, bound to the row's id.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wrapped:
    """One such table: its name, the column of the id, and the table that id belongs to."""

    table: str
    key: str
    parent: str

    @property
    def is_subjects(self) -> bool:
        """Whether these are the subjects' own keys, whose rows are counted by the log."""
        return self.table == "vault_key"


SUBJECTS = Wrapped("vault_key", "subject_id", "subjects_subject")
_tables: dict[str, Wrapped] = {SUBJECTS.table: SUBJECTS}


def wraps(table: str, *, key: str, parent: str) -> None:
    """Enter a table of wrapped keys."""
    _tables[table] = Wrapped(table, key, parent)


def tables() -> list[Wrapped]:
    """Return all of them, by name."""
    return [_tables[name] for name in sorted(_tables)]
