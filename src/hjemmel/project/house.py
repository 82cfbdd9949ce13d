"""This installation as the commands see it: its database, its processes, its demonstration."""

import http.client
import json
import os
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from hjemmel.faces.cli.frame import Cannot, NoRegister
from hjemmel.faces.cli.installation import Running
from hjemmel.project import running
from hjemmel.project.config import Config, without_superuser
from hjemmel.project.postgres import Server, bootstrap
from hjemmel.project.supervise import Child, keep

WEB_SECONDS = 60


class House:
    """One home. Only what a command needs is started, and nothing is left running that was not."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.server = None if config.database else Server(config.home, given=config.postgres_bin)

    @property
    def address(self) -> str:
        """Return what people open in the browser."""
        return self.config.base_url

    @contextmanager
    def database(self, role: str, *, make: bool = False) -> Iterator[None]:
        """Have the database up and Django ready inside, logged in as `role`; afterwards all is as found.

        Raises Cannot where there is none yet, unless the command is one that makes it.
        """
        if not make:
            self._refuse_without_database()
        os.environ["HJEMMEL_HOME"], os.environ["HJEMMEL_ROLE"] = str(self.config.home), role
        os.environ["DJANGO_SETTINGS_MODULE"] = "hjemmel.project.settings"
        with self.server.running() if self.server else nullcontext():
            import django  # noqa: PLC0415 - its settings need the database's place and this role

            django.setup()
            try:
                yield
            finally:
                _close_connections()

    def migrate(self, progress: Callable[[str], None]) -> list[str]:
        """Bring tables, rights and functions up to date; return the names of the migrations that ran."""
        from django.core.checks import ERROR, run_checks  # noqa: PLC0415 - after setup
        from django.core.management import call_command  # noqa: PLC0415 - after setup
        from django.db import connection  # noqa: PLC0415 - after setup
        from django.db.migrations.recorder import MigrationRecorder  # noqa: PLC0415 - after setup

        if faults := [f"{m.msg} {m.hint or ''}".strip() for m in run_checks() if m.level >= ERROR]:
            raise Cannot("\n".join(faults))
        self._make_roles(progress)
        before = set(MigrationRecorder(connection).applied_migrations())
        call_command("migrate", verbosity=0, interactive=False)
        return [".".join(m) for m in MigrationRecorder(connection).applied_migrations() if m not in before]

    def serve(self, *, web: bool, worker: bool, ready: Callable[[], None]) -> None:
        """Run the processes until told to stop; `ready` is called once the web answers."""
        self._refuse_without_database()
        _close_connections()
        with ExitStack() as held:
            for part in [part for part, wanted in (("web", web), ("worker", worker)) if wanted]:
                held.enter_context(running.marked(self.config.home, part))
            if self.server:
                held.enter_context(self.server.running())
            children = [self._web()] if web else []
            children += [self._worker(), self._applier()] if worker else []
            if web:
                self._refuse_taken_port()

            def told(stop: threading.Event) -> None:
                if not web or self._answers(stop):
                    ready()

            keep(children, ready=told, check=self._keep_database)

    def stop(self) -> bool:
        """Stop what runs in this home; return whether anything did."""
        stopped = running.stop(self.config.home)
        return (self.server is not None and self.server.stop()) or stopped

    def status(self) -> Running:
        """Return what runs in this home."""
        pid = running.who(self.config.home, "web")
        database = self.server.status().state if self.server else "external"
        return Running(pid is not None, pid, self.address, database, self.config.home)

    def demonstrate(self, *, preset: str, persons: int, seed: int) -> dict[str, Any]:
        """Fill an empty register with an invented organisation; return counts and log-ins.

        The same demonstration is found again; one that was broken off is made anew. What the database holds
        goes before the note in the home, which may be older. Raises Cannot where another register is.
        """
        from django.db import DatabaseError  # noqa: PLC0415 - after setup

        from hjemmel.project import demonstration  # noqa: PLC0415 - it needs the models

        wanted = {"preset": preset, "persons": persons, "seed": seed}
        found = demonstration.holds()
        if found is demonstration.Holds.REGISTER:
            raise Cannot(f"{self.config.home} holder et register fra før. {_ELSEWHERE}")
        if found is demonstration.Holds.DEMONSTRATION:
            if made := self._made_before(wanted):
                return made
            self._empty()
        _write(self._note, {"wanted": wanted, "made": None})
        try:
            made = demonstration.build(persons=persons, preset=preset, seed=seed)
        except BaseException:
            with suppress(DatabaseError):  # the first error is the one to tell
                if demonstration.holds() is demonstration.Holds.NOTHING:
                    self._note.unlink()
            raise
        _write(self._note, {"wanted": wanted, "made": made})
        return dict(made)

    def set_up(self, *, preset: str, email: str, name: str) -> dict[str, Any]:
        """Start a real organisation's register; return the first unit, office and log-in.

        Raises Cannot where the register is started already or something given cannot be used.
        """
        from hjemmel.project import setup  # noqa: PLC0415 - it needs the models

        try:
            made = setup.start(preset=preset, email=email, name=name)
        except setup.SetupError as reason:
            raise Cannot(str(reason)) from reason
        self._note.unlink(missing_ok=True)  # of a demonstration that never came to be
        return made

    def back_up(self, *, into: Path | None, test: bool, progress: Callable[[str], None]) -> dict[str, Any]:
        """Make a backup and end old ones; return about it, those that ended, and what does not add up."""
        with _backups(self.config) as (backups, told):
            made = backups.take(into=into, test=test, progress=progress)
            return {
                "data": told(made.taken.data),
                "keys": told(made.taken.keys),
                "rows": made.taken.rows,
                "subjects": made.taken.subjects,
                "ended": [told(copy) for copy in made.ended],
                "faults": made.faults,
            }

    def backups(self) -> list[dict[str, Any]]:
        """Return about each backup that can be opened, the oldest first."""
        with _backups(self.config) as (backups, told):
            return [told(copy) for copy in backups.known()]

    def restore(self, backup: Path, progress: Callable[[str], None], **wish: Any) -> dict[str, Any]:
        """Restore the register from a backup, as the command's switches wish; return what was done."""
        from hjemmel.project.backup.restoring import Wish  # noqa: PLC0415 - after setup

        keys, copy = wish.pop("keys"), not wish.pop("without_copy")
        with _backups(self.config) as (backups, _):
            return asdict(backups.restore(backup, Wish(**wish), keys=keys, copy=copy, progress=progress))

    def cancel_restore(self) -> bool:
        """Clear up after a restore that broke off; return whether the register had been shut."""
        with _backups(self.config) as (backups, _):
            return bool(backups.cancel())

    def rotated(self) -> None:
        """Follow a new root key with what else it wraps."""
        with _backups(self.config) as (backups, _):
            backups.rewrap()

    def _refuse_without_database(self) -> None:
        if self.server is not None and not self.server.made:
            message = f"Det er ikke noe register i {self.config.home} ennå. Kjør «hjemmel migrate» først."
            raise NoRegister(message)

    def _make_roles(self, progress: Callable[[str], None]) -> None:
        """On a server of one's own: roles and database, when a superuser is given for the first time."""
        database = self.config.database
        if database is None or database.superuser is None:
            return
        progress("Lager roller og database på tjeneren …")
        login = {"user": database.superuser, "password": database.superuser_password, **database.options}
        place = {"host": database.host, "port": database.port}
        bootstrap.run({**place, **login}, bootstrap.passwords(self.config.home), database=database.name)

    @property
    def _note(self) -> Path:
        """Return where the demonstration's size and log-ins are noted; without log-ins it was broken off."""
        return self.config.home / "demonstration.json"

    def _made_before(self, wanted: dict[str, Any]) -> dict[str, Any] | None:
        """Return what was made of the demonstration in the register, None where it was broken off.

        Raises Cannot where it is another than the one wanted, or nothing here says which.
        """
        if not self._note.exists():
            raise Cannot(
                f"{self.config.home} holder en demonstrasjon, men demonstration.json mangler. {_ELSEWHERE}"
            )
        noted = json.loads(self._note.read_text(encoding="utf-8"))
        if noted["made"] and noted["wanted"] != wanted:
            given = " ".join(f"{name}={value}" for name, value in noted["wanted"].items())
            raise Cannot(f"{self.config.home} holder en annen demonstrasjon ({given}). {_ELSEWHERE}")
        return dict(noted["made"]) if noted["made"] else None

    def _empty(self) -> None:
        """Drop the database of a demonstration that was broken off, and make it anew."""
        if self.server is None:
            raise Cannot(f"En demonstrasjon ble avbrutt. Tøm databasen. {_ELSEWHERE}")
        _close_connections()
        bootstrap.drop(self.server.superuser())
        bootstrap.run(self.server.superuser(), bootstrap.passwords(self.config.home))
        self.migrate(lambda _: None)

    def _web(self) -> Child:
        config = self.config
        granian = [
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--http",
            "1",
            "--no-ws",
            "--respawn-failed-workers",
        ]
        where = ["--host", config.address, "--port", str(config.port)]
        size = ["--workers", str(config.workers), "--blocking-threads", "2", "--log-level", "warning"]
        command = [sys.executable, *granian, *where, *size, "hjemmel.project.wsgi:application"]
        return Child("nettsidene", command, self._environment("app"))

    def _worker(self) -> Child:
        command = [sys.executable, "-c", "from hjemmel.project.worker import main; main()"]
        return Child("jobbene", command, self._environment("keeper"))

    def _applier(self) -> Child:
        command = [sys.executable, "-c", "from hjemmel.project.applier import main; main()"]
        return Child("ikraftsettingen", command, self._environment("owner"))

    def _environment(self, role: str) -> dict[str, str]:
        """Return what a child process gets: our own place, its role, and no superuser."""
        own = {"HJEMMEL_HOME": str(self.config.home), "HJEMMEL_ROLE": role}
        given = {**os.environ, **own, "DJANGO_SETTINGS_MODULE": "hjemmel.project.settings"}
        if "HJEMMEL_DATABASE_URL" in given:
            given["HJEMMEL_DATABASE_URL"] = without_superuser(given["HJEMMEL_DATABASE_URL"])
        return given

    def _refuse_taken_port(self) -> None:
        with socket.socket(socket.AF_INET6 if ":" in self.config.address else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.config.address, self.config.port))
            except OSError as error:
                raise Cannot(
                    f"Kan ikke åpne {self.config.address}:{self.config.port}: {error.strerror}. "
                    "Velg en annen port med HJEMMEL_PORT."
                ) from error

    def _answers(self, stop: threading.Event) -> bool:
        """Return whether the web answers, waiting for it until told to stop."""
        host = "127.0.0.1" if self.config.address == "0.0.0.0" else self.config.address  # noqa: S104 - compared
        for _ in range(WEB_SECONDS * 10):
            connection = http.client.HTTPConnection(host, self.config.port, timeout=5)
            try:
                connection.request("GET", "/", headers={"Host": self.config.hosts[0]})
                connection.getresponse().read()
            except (OSError, http.client.HTTPException):
                if stop.wait(0.1):
                    return False
            else:
                return True
            finally:
                connection.close()
        raise Cannot(f"Nettsidene svarte ikke på {WEB_SECONDS} sekunder; se meldingene over.")

    def _keep_database(self) -> None:
        if self.server and not self.server.status().up:
            self.server.restart()


_ELSEWHERE = "Velg en annen datamappe med HJEMMEL_HOME, eller slett denne."


@contextmanager
def _backups(config: Config) -> Iterator[tuple[Any, Callable[[Any], dict[str, Any]]]]:
    """Have the register's backups, and what is told of each; what goes wrong is said as it is."""
    from hjemmel.project.backup import BackupError  # noqa: PLC0415 - after setup
    from hjemmel.project.backup.register import Backups, told  # noqa: PLC0415 - after setup

    try:
        yield Backups(config), told
    except BackupError as error:
        raise Cannot(str(error)) from error


def _close_connections() -> None:
    from django.conf import settings  # noqa: PLC0415 - after setup
    from django.db import connections  # noqa: PLC0415 - after setup

    if settings.configured:
        connections.close_all()


def _write(path: os.PathLike[str], data: dict[str, Any]) -> None:
    draft = f"{os.fspath(path)}.new"
    with os.fdopen(
        os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
    ) as file:
        json.dump(data, file, ensure_ascii=False, indent=2)
    Path(draft).replace(path)
