"""Making a backup: one snapshot of the register, its keys apart, nothing in the open on any disk."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from psycopg import sql

import hjemmel
from hjemmel.kernel.journal import actions as journal
from hjemmel.kernel.journal import book
from hjemmel.kernel.vault import ring, root
from hjemmel.kernel.vault.crypto import unwrap
from hjemmel.kernel.vault.root import KEY_BYTES
from hjemmel.kernel.vault.wrapped import Wrapped, tables
from hjemmel.project.backup import BackupError, container, copies, programs
from hjemmel.project.backup.copies import Copy, Place
from hjemmel.project.postgres import binaries as pg

# What no restored register could use: who is logged in, jobs done since, and the keys, which lie apart.
LEFT_OUT = ("access_session", "procrastinate_*")
# Keys of the data folder without which a register is not the same any more, wrapped, in each manifest.
CARRIED = {"journal_key": "HJEMMEL_JOURNAL_KEY", "log_key": "HJEMMEL_LOG_KEY"}
AT_ONCE = 5000
ID = 8  # bytes of a subject's id

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Source:
    """What is backed up: the log-in of the role for dumps, the server's programs, and the backups' place."""

    login: dict[str, Any]
    binaries: Path
    place: Place


@dataclass(frozen=True, slots=True)
class Taken:
    """A backup that was made: the copy of the data, that of the keys, the rows, the subjects with a key."""

    data: Copy
    keys: Copy
    rows: int
    subjects: int


def take(
    source: Source,
    *,
    lives: timedelta,
    keys_live: timedelta,
    into: Path | None = None,
    progress: Progress = lambda _: None,
) -> Taken:
    """Make a backup. Raises BackupError; then nothing of it is left."""
    now = datetime.now(UTC).replace(microsecond=0)
    folder = (into or source.place.copies).absolute()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with alone(source.place):
        copies.clear_drafts(source.place)
        journal.settle()
        data = copies.begin(source.place, "data", folder, lives=lives, now=now)
        keys = copies.begin(source.place, "keys", folder, lives=keys_live, now=now)
        try:
            with _snapshot(source) as held:
                progress("data")
                manifest = _data(source, held, data)
                progress("keys")
                number, files = _keys(held, keys)
        except BaseException:
            for copy in (data, keys):
                shutil.rmtree(copies.draft_of(copy), ignore_errors=True)
                copies.destroy(source.place, copy)
            raise
        copies.finish(keys, copies.draft_of(keys), {"subjects": number, "files": files})
        copies.finish(data, copies.draft_of(data), manifest)
    return Taken(data, keys, sum(manifest["rows"].values()), number)


@contextmanager
def alone(place: Place) -> Iterator[None]:
    """Be the one that makes, ends or reads in backups here. The lock goes with the process."""
    place.base.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(place.base / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupError(
                "En sikkerhetskopi lages eller leses inn allerede. Vent til det er ferdig."
            ) from None
        yield
    finally:
        os.close(handle)


@contextmanager
def _snapshot(source: Source) -> Iterator["psycopg.Connection[Any]"]:
    """Hold one view of the register, which the dump and everything beside it read."""
    with psycopg.connect(**source.login) as held:
        held.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        held.read_only = True
        yield held


def _data(source: Source, held: "psycopg.Connection[Any]", copy: Copy) -> dict[str, Any]:
    """Write the data and who has keys; return what the manifest says of them."""
    row = held.execute("select pg_export_snapshot(), current_setting('server_version_num')::int").fetchone()
    snapshot, version = row or ("", 0)
    head = book.head()
    counted = _rows(held)
    arguments = ["--enable-row-security", "--compress=1", f"--snapshot={snapshot}"]
    arguments += [f"--exclude-table-data=public.{table}" for table in (*LEFT_OUT, *_key_tables())]
    arguments += [f"--dbname={source.login['dbname']}"]
    draft = copies.draft_of(copy)
    draft.mkdir(mode=0o700)
    key, backup = copy.key(), bytes.fromhex(copy.id)
    dump = programs.dump(source.binaries, source.login, arguments)
    data = container.seal(draft / "data.hjb", dump, key=key, backup=backup, label="data")
    having = container.seal(draft / "holders.hjb", _holders(held), key=key, backup=backup, label="holders")
    return {
        "version": hjemmel.__version__,
        "postgres": version,
        "dumped_by": pg.major(source.binaries),
        "rows": counted,
        "log": _log(held),
        "journal": head,
        "index": ring.there().index.hex(),
        "carried": {name: root.wrap(getattr(settings, one), name).hex() for name, one in CARRIED.items()},
        "files": {"data.hjb": _told(data), "holders.hjb": _told(having)},
    }


def _keys(held: "psycopg.Connection[Any]", copy: Copy) -> tuple[int, dict[str, Any]]:
    """Write the keys, opened, under the copy's own key; return how many subjects have one, and the files."""
    draft = copies.draft_of(copy)
    draft.mkdir(mode=0o700)
    key, backup = copy.key(), bytes.fromhex(copy.id)
    files, number = {}, 0
    for of in tables():
        sealed = container.seal(
            draft / f"{of.table}.hjb", _opened(held, of), key=key, backup=backup, label=of.table
        )
        files[f"{of.table}.hjb"] = _told(sealed)
        number += sealed.plain // (ID + KEY_BYTES) if of.is_subjects else 0
    return number, files


def _opened(held: "psycopg.Connection[Any]", of: Wrapped) -> Iterator[bytes]:
    """Yield the ids and keys of a table."""
    query = f"select {of.key}, wrapped from public.{of.table} where length(wrapped) > 0 order by 1"  # noqa: S608 - ours
    with held.cursor(name="wrapped_keys") as cursor:
        cursor.itersize = AT_ONCE
        for one, wrapped in cursor.execute(query):
            yield one.to_bytes(ID, "big") + unwrap(bytes(wrapped), one)


def _key_tables() -> list[str]:
    return [of.table for of in tables()]


def _holders(held: "psycopg.Connection[Any]") -> Iterator[bytes]:
    """Yield the ids of the subjects that have a key, so that a restore knows whose row it was."""
    with held.cursor(name="vault_holders") as cursor:
        cursor.itersize = AT_ONCE
        for (subject,) in cursor.execute("select subject_id from public.vault_key order by 1"):
            yield subject.to_bytes(ID, "big")


def _rows(held: "psycopg.Connection[Any]") -> dict[str, int]:
    """Count every table whose rows the dump holds, by the same role and snapshot."""
    listed = held.execute(
        "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
        " and relname <> 'access_session' and relname not like 'procrastinate%%'"
        " and relname <> all(%s) order by 1",
        [_key_tables()],
    ).fetchall()
    counted = {}
    for (table,) in listed:
        row = held.execute(sql.SQL("select count(*) from public.{}").format(sql.Identifier(table))).fetchone()
        counted[str(table)] = int(row[0]) if row else 0
    return counted


def _log(held: "psycopg.Connection[Any]") -> dict[str, int]:
    """Return how far the log had come."""
    row = held.execute("select count(*), coalesce(max(id), 0) from public.audit_entry").fetchone()
    return {"entries": row[0], "last": row[1]} if row else {}


def _told(sealed: container.Sealed) -> dict[str, Any]:
    return {"size": sealed.size, "plain": sealed.plain, "sha256": sealed.sha256}
