from dataclasses import dataclass
from pathlib import Path
from typing import Final

CHUNK: Final = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What an import is to do. `unit` is the unit of rows that name none, by name or number."""

    unit: str = ""
    activity: str = ""
    map_path: Path | None = None
    dry_run: bool = False
    chunk: int = CHUNK


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come: rows read of all records in the file, `before` of them by an earlier part."""

    read: int
    records: int
    before: int


@dataclass(frozen=True, slots=True)
class Report:
    """What a run came to. `dropped` counts, by datum, what this part of it left out because nothing lets it
    be held; `unread` are columns nobody knows the meaning of, `unsure` those whose heading was guessed.
    """

    read: int
    added: int
    changed: int
    unchanged: int
    queued: int
    rejected: int
    rejects_file: Path | None
    queued_file: Path | None
    dropped: dict[str, int]
    unread: tuple[str, ...]
    unsure: tuple[str, ...]
    resumed: bool
    dry_run: bool


def tell_nobody(_: Progress) -> None:
    """Take no note of progress."""
