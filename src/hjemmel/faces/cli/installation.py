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

    def demonstrate(self, *, preset: str, persons: int, seed: int) -> dict[str, Any]:
        """Fill an empty register with an invented organisation; return counts and log-ins."""
