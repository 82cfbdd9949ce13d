"""What commands ask of the installation they run in: the project floor, which this one may not import."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol


@dataclass(frozen=True)
class Running:
    """Whether the web and the database are up, and where."""

    web: bool
    pid: int | None
    address: str
    database: str
    home: Path


class Installation(Protocol):
    """One home, its database server and its processes."""

    @property
    def address(self) -> str:
        """Return what people open in the browser."""

    def database(self, role: str, *, make: bool = False) -> AbstractContextManager[object]:
        """Have the database up and Django ready inside, logged in as `role`; afterwards all is as found.

        Raises Cannot where there is none yet, unless it is to `make` one.
        """

    def migrate(self, progress: Callable[[str], None]) -> list[str]:
        """Bring tables, rights and functions up to date; return the names of the migrations that ran."""

    def serve(self, *, web: bool, worker: bool, ready: Callable[[], None]) -> None:
        """Run the processes until told to stop; `ready` is called once the web answers."""

    def stop(self) -> bool:
        """Stop what runs in this home; return whether anything did."""

    def status(self) -> Running:
        """Return what runs in this home."""

    def set_up(self, *, preset: str, email: str, name: str) -> dict[str, Any]:
        """Start a real organisation's register; return the first unit, office and log-in."""

    def back_up(self, *, into: Path | None, test: bool, progress: Callable[[str], None]) -> dict[str, Any]:
        """Make a backup and end old ones; return about it, those that ended, and what does not add up."""

    def backups(self) -> list[dict[str, Any]]:
        """Return about each backup that can be opened, the oldest first."""

    def restore(self, backup: Path, progress: Callable[[str], None], **wish: Any) -> dict[str, Any]:
        """Restore the register from a backup, as the command's switches wish; return what was done."""

    def cancel_restore(self) -> bool:
        """Clear up after a restore that broke off; return whether the register had been shut."""

    def rotated(self) -> None:
        """Follow a new root key with what else it wraps."""

    def demonstrate(self, *, preset: str, persons: int, seed: int) -> dict[str, Any]:
        """Fill an empty register with an invented organisation; return counts and log-ins."""
