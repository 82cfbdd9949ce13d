"""The backups of this register, as commands and the night's job ask for them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.management import call_command

from hjemmel.declaration.period import Period
from hjemmel.kernel.grounds.queries import NothingDeclaredError, in_force
from hjemmel.kernel.journal import actions as journal
from hjemmel.project import databases
from hjemmel.project.backup import BackupError, copies, reading, restoring, taking
from hjemmel.project.backup.copies import Copy, Place
from hjemmel.project.backup.restoring import Restored, Target, Wish
from hjemmel.project.backup.taking import Source, Taken
from hjemmel.project.config import Config
from hjemmel.project.postgres import Server
from hjemmel.project.postgres import binaries as pg

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made, those that ended, and what did not add up when it was read in to try it (None
    where it was not tried).
    """

    taken: Taken
    ended: list[Copy]
    faults: list[str] | None


@dataclass(frozen=True, slots=True)
class Backups:
    """The backups of the register of one configuration. Django is ready."""

    config: Config

    @property
    def place(self) -> Place:
        """Return where they lie."""
        return Place(self.config.backups or self.config.home / "backups")

    def take(
        self, *, into: Path | None = None, test: bool = False, progress: Progress = lambda _: None
    ) -> Made:
        """Make one, end those that are past their days, and try the new one out. Raises BackupError."""
        source = Source(self._login("dump"), self._binaries, self.place)
        lives, keys_live = self._lives()
        taken = taking.take(source, lives=lives, keys_live=keys_live, into=into, progress=progress)
        progress("end")
        now = datetime.now(UTC)
        with taking.alone(self.place):
            ended = copies.end_old(self.place, now)
            journal.forget(copies.oldest(copies.known(self.place), now))
        return Made(taken, ended, self.test(taken.data.at, progress=progress) if test else None)

    def test(self, given: Path, *, progress: Progress = lambda _: None) -> list[str]:
        """Read a backup into a database that is thrown away; return what does not add up, in words."""
        progress("test")
        with taking.alone(self.place):
            backup = reading.open_backup(self.place, given)
            keys = reading.newest_keys(self.place, backup.at)
            return restoring.try_out(self._target(maker=self._login("owner")), backup, keys)

    def known(self) -> list[Copy]:
        """Return every backup that can still be opened, the oldest first."""
        return copies.known(self.place)

    def restore(
        self,
        given: Path,
        wish: Wish,
        *,
        keys: Path | None = None,
        copy: bool = True,
        progress: Progress = lambda _: None,
    ) -> Restored:
        """Restore the register; with `copy` what is here is copied first. Raises as `restoring.restore`."""
        if copy and wish.over and restoring.has_data(self._target()):
            progress("copy")
            self.take()
        done = restoring.restore(self._target(), given, wish, keys=keys, progress=progress)
        (self.config.home / "demonstration.json").unlink(missing_ok=True)
        return done

    def cancel(self) -> bool:
        """Clear up after a restore that broke off; return whether the register had been shut."""
        return restoring.cancel(self._target())

    def rewrap(self) -> None:
        """Wrap the backups' keys by the root key of now."""
        copies.rewrap(self.place)

    def _lives(self) -> tuple[timedelta, timedelta]:
        """Return how long a backup lives, and one of the keys, as the declaration in force says."""
        try:
            organisation = in_force().organisation
        except NothingDeclaredError as error:
            message = "Registeret har ingen erklæring ennå, så det er ingenting å ta kopi av."
            raise BackupError(message) from error
        return _days(organisation.backups), _days(organisation.sealed_backups)

    def _target(self, maker: dict[str, Any] | None = None) -> Target:
        return Target(
            maker=maker or self._maker(),
            owner=self._login("owner"),
            keeper=self._login("keeper"),
            database=str(self._login("owner")["dbname"]),
            binaries=self._binaries,
            home=self.config.home,
            place=self.place,
            migrate=lambda: call_command("migrate", verbosity=0, interactive=False),
        )

    def _maker(self) -> dict[str, Any]:
        """Return the log-in of whoever makes databases: a superuser where one is given, else the owner."""
        database = self.config.database
        if database is None:
            return Server(self.config.home, given=self.config.postgres_bin).superuser()
        if database.superuser is None:
            return self._login("owner")
        login = {"user": database.superuser, "password": database.superuser_password, **database.options}
        return {"host": database.host, "port": database.port, **login}

    def _login(self, role: Any) -> dict[str, Any]:
        return databases.parameters(self.config, role)

    @property
    def _binaries(self) -> Path:
        return pg.folder(self.config.postgres_bin)


def _days(period: Period) -> timedelta:
    now = datetime.now(UTC)
    first = date(now.year, now.month, now.day)
    return period.add_to(first) - first


def told(copy: Copy) -> dict[str, Any]:
    """Return what a list says of a backup: plain values."""
    there = copy.at.is_dir()
    size = sum(file.stat().st_size for file in copy.at.iterdir()) if there else None
    return {
        "id": copy.id,
        "kind": copy.kind,
        "made": copy.made,
        "until": copy.until,
        "at": copy.at,
        "there": there,
        "bytes": size,
    }
