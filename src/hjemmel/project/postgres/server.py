"""Start, stop and share the server of one home. It outlives the process that starts it,
unless told otherwise.
"""

import fcntl
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from hjemmel.project import secrets
from hjemmel.project.postgres import binaries as pg
from hjemmel.project.postgres import bootstrap, cluster, places, processes
from hjemmel.project.postgres.account import Account, choose

STOP_SECONDS = 120.0


class ServerError(RuntimeError):
    """The server did not start or stop; the message carries what its log says."""


@dataclass(frozen=True)
class Status:
    """What the server is doing: down, starting, ready or stopping, and its process."""

    state: str
    pid: int | None = None

    @property
    def up(self) -> bool:
        """Return whether it takes log-ins."""
        return self.state == "ready"


class Server:
    """The PostgreSQL of one home. `durable=False` is for tests: faster, and a crash may lose everything."""

    def __init__(
        self, home: Path, *, given: Path | None = None, account: Account | None = None, durable: bool = True
    ) -> None:
        self.home = home.absolute()
        self.given = given
        self.durable = durable
        self._account = account

    @cached_property
    def account(self) -> Account:
        """Return as whom the server runs."""
        return self._account or choose()

    @cached_property
    def places(self) -> places.Places:
        """Return where its files are."""
        return places.of(self.home, self.account)

    @property
    def made(self) -> bool:
        """Whether the cluster is there. Asking makes nothing in a home that holds no server."""
        return places.base(self.home).exists() and self.places.data.exists()

    def status(self) -> Status:
        """Return what the server is doing. A process that is a zombie, or not our server, counts as down."""
        try:
            lines = self.places.pid_file.read_text(encoding="utf-8").split("\n")
            pid = int(lines[0])
        except (OSError, ValueError):
            return Status("down")
        if not processes.alive(pid) or str(self.places.data) not in processes.arguments(pid):
            return Status("down")
        return Status(lines[7].strip() if len(lines) > 7 and lines[7].strip() else "starting", pid)

    def start(self) -> bool:
        """Start the server if it is down, make the cluster, roles and database if they are not there.

        Return whether it was down. Two that start at once wait for each other.
        """
        with self._locked("start.lock", fcntl.LOCK_EX):
            return self._start()

    def restart(self) -> bool:
        """Start the server if it ended while somebody uses it; return whether it had.

        Whether it stays up after them is as it was before.
        """
        with self._locked("start.lock", fcntl.LOCK_EX):
            ours = self._ours.exists()
            ended = self._start()
            if ended and ours:
                self._ours.touch(mode=0o600)
            return ended

    def stop(self) -> bool:
        """Stop the server, breaking off what runs; return whether it was up. Nothing committed is lost."""
        with self._locked("start.lock", fcntl.LOCK_EX):
            return self._stop()

    @contextmanager
    def running(self) -> Iterator["Server"]:
        """Have the server up inside, and afterwards as it was found.

        Of several at once, the one that started it may leave first: whoever leaves last stops it.
        """
        with self._locked("users.lock", fcntl.LOCK_SH) as lock:
            if self.start():
                self._ours.touch(mode=0o600)
            try:
                yield self
            finally:
                self._leave(lock)

    def superuser(self, database: str = "postgres") -> dict[str, Any]:
        """Return libpq's parameters for the superuser: for making roles and for tests,
        never for the program.
        """
        password = secrets.read(self.home, "postgres_superuser")
        login = {"user": "postgres", "password": password, "dbname": database}
        return {"host": str(self.places.socket), "port": places.PORT, **login}

    @property
    def _ours(self) -> Path:
        """Return the mark that says: up only as long as somebody uses it."""
        return self.places.base / "stop_after_use"

    @contextmanager
    def _locked(self, name: str, kind: int) -> Iterator[int]:
        secrets.private_folder(self.places.base)
        handle = os.open(self.places.base / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, kind)
            yield handle
        finally:
            os.close(handle)

    def _leave(self, lock: int) -> None:
        with suppress(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # nobody else is in
            if self._ours.exists():
                self.stop()

    def _start(self) -> bool:
        found = self.status()
        if found.state == "starting":
            self._wait_until_ready(found.pid)
            return False
        if found.state == "stopping":
            processes.wait(lambda: self.status().state == "down", STOP_SECONDS)
        if self.status().up:
            return False
        password = secrets.read(self.home, "postgres_superuser")
        program = cluster.prepare(
            self.places, self.account, pg.folder(self.given), password, durable=self.durable
        )
        self._clear()
        self._wait_until_ready(self._spawn(program))
        bootstrap.run(self.superuser(), bootstrap.passwords(self.home))
        return True

    def _clear(self) -> None:
        """Take away what a killed server left: its children, its mark in the data folder, its socket."""
        processes.end_orphans(self.places.data)
        for left in (self.places.pid_file, *self.places.socket.glob(".s.PGSQL.*")):
            left.unlink(missing_ok=True)
        self._ours.unlink(missing_ok=True)

    def _spawn(self, program: Path) -> int:
        """Start the server in a session of its own, so that Ctrl+C here does not reach it;
        return its process.
        """
        command = [*self.account.prefix, str(program / "postgres"), "-D", str(self.places.data)]
        out = (os.POSIX_SPAWN_OPEN, 1, str(self._start_log), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        return os.posix_spawnp(
            command[0],
            command,
            pg.environment(program),
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                out,
                (os.POSIX_SPAWN_DUP2, 1, 2),
            ],
            setsid=True,
        )

    @property
    def _start_log(self) -> Path:
        return self.places.base / "start.log"

    def _wait_until_ready(self, pid: int | None) -> None:
        """Wait as long as the process lives: recovery after a crash of a large register takes its time."""
        gone = pid is None
        while not gone and not processes.wait(lambda: self.status().up, 0.2):
            gone = not processes.alive(pid or 0)
        if not self.status().up:
            said = self._start_log.read_text(encoding="utf-8", errors="replace").strip()
            raise ServerError(f"PostgreSQL did not start (see {self.places.log}): {said}")

    def _stop(self) -> bool:
        found = self.status()
        self._ours.unlink(missing_ok=True)
        if found.pid is None:
            return False
        pid = found.pid
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)
        # It takes its mark away some moments before it is gone.
        if not processes.wait(lambda: not processes.alive(pid), STOP_SECONDS):
            raise ServerError(f"PostgreSQL (process {pid}) did not stop in {STOP_SECONDS:.0f} seconds")
        return True
