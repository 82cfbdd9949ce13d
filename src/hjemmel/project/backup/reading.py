"""Checking a backup, and reading it into a database of its own, beside whatever is there."""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import psycopg
from psycopg import sql

from hjemmel.kernel.vault.crypto import wrap
from hjemmel.kernel.vault.root import KEY_BYTES
from hjemmel.kernel.vault.wrapped import tables
from hjemmel.project.backup import BackupError, container, copies, programs
from hjemmel.project.backup.container import BrokenContainerError
from hjemmel.project.backup.copies import Copy, Place
from hjemmel.project.backup.taking import ID

PUT = (
    "insert into public.{table} ({key}, wrapped) select f.id, f.wrapped from found f"
    " where exists (select from public.{parent} p where p.id = f.id)"
)
PUT_SUBJECTS = """
insert into public.vault_key (subject_id, wrapped, generation)
select h.id, coalesce(f.wrapped, ''), coalesce((get_byte(f.wrapped, 0) << 8) + get_byte(f.wrapped, 1), 1)
  from holder h left join found f using (id)
"""
SCHEMAS = (
    "create schema if not exists kernel",
    "grant usage, create on schema kernel to hjemmel_kernel",
    "create schema if not exists seen",
    "grant usage, create on schema seen to hjemmel_reader",
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A backup that can be read: its copy, where it lies, what it says of itself, and its key."""

    copy: Copy
    at: Path
    manifest: dict[str, Any]
    key: bytes

    def parts(self, label: str) -> Iterator[bytes]:
        """Yield one of its files. Raises BrokenContainerError."""
        return container.opened(
            self.at / f"{label}.hjb", key=self.key, backup=bytes.fromhex(self.copy.id), label=label
        )


def open_backup(place: Place, given: Path) -> Opened:
    """Return the backup in a folder, or that a file of it belongs to, found whole: every byte is checked.

    Raises BackupError and RootKeyError.
    """
    at = given if given.is_dir() else given.parent
    if not given.exists():
        raise BackupError(f"{given} finnes ikke.")
    copy = copies.of(place, at)
    opened = Opened(copy, at, copies.manifest_of(copy, at), copy.key())
    for name, told in opened.manifest["files"].items():
        try:
            _check(opened, name, told["sha256"])
        except OSError as error:
            raise BackupError(f"{at / name} kan ikke leses: {error.strerror}.") from None
        except BrokenContainerError:
            raise BackupError(
                f"{at / name} er endret eller kuttet siden kopien ble laget. Bruk en annen kopi."
            ) from None
    return opened


def _check(opened: Opened, name: str, wanted: str) -> None:
    with (opened.at / name).open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != wanted:
            raise BrokenContainerError(name)
    for _ in opened.parts(name.removesuffix(".hjb")):
        pass


def newest_keys(place: Place, beside: Path) -> Opened | None:
    """Return the newest backup of keys that can be opened: what it lacks was erased since, and stays so."""
    for copy in reversed([copy for copy in copies.known(place) if copy.kind == "keys"]):
        for at in (copy.at, beside.parent / copy.at.name):
            if at.is_dir():
                with suppress(BackupError):
                    return open_backup(place, at)
    return None


def read_into(login: dict[str, Any], binaries: Path, backup: Opened, keys: Opened | None) -> int:
    """Read the backup into the empty database of `login`, as its owner; return how many keys were not found.

    The keys come in before triggers and constraints are made, as the data do.
    """
    with psycopg.connect(**login, autocommit=True) as database:
        for statement in SCHEMAS:
            database.execute(statement)
    listed = programs.contents(binaries, backup.parts("data"))
    with NamedTemporaryFile("w", suffix=".list", encoding="utf-8") as file:
        file.write(listed)
        file.flush()
        programs.restore(
            binaries, login, backup.parts("data"), listed=Path(file.name), sections=("pre-data", "data")
        )
        missing = _put_keys(login, backup, keys)
        programs.restore(
            binaries, login, backup.parts("data"), listed=Path(file.name), sections=("post-data",)
        )
    return missing


def compare(login: dict[str, Any], backup: Opened) -> list[str]:
    """Return in which tables there are not as many rows as the manifest says, in words."""
    found = []
    with psycopg.connect(**login) as database:
        for table, number in backup.manifest["rows"].items():
            query = sql.SQL("select count(*) from public.{}").format(sql.Identifier(table))
            row = database.execute(query).fetchone()
            if row is None or row[0] != number:
                found.append(f"{table}: {row[0] if row else 0} rader, skulle vært {number}")
    return found


def _put_keys(login: dict[str, Any], backup: Opened, keys: Opened | None) -> int:
    """Give every key its row again, wrapped by the master key of now; return how many were not found. A
    subject that had one and whose key is not found gets an empty one, which opens nothing.
    """
    with psycopg.connect(**login) as database:
        database.execute("create temporary table found (id bigint primary key, wrapped bytea)")
        for of in tables():
            database.execute("truncate found")
            if keys is not None and f"{of.table}.hjb" in keys.manifest["files"]:
                _copy(database, _wrapped(keys.parts(of.table)), "found")
            if not of.is_subjects:
                database.execute(PUT.format(table=of.table, key=of.key, parent=of.parent))
                continue
            database.execute("create temporary table holder (id bigint)")
            holders = ((int.from_bytes(record, "big"),) for record in _records(backup.parts("holders"), ID))
            _copy(database, holders, "holder")
            database.execute(PUT_SUBJECTS)
        row = database.execute("select count(*) from public.vault_key where length(wrapped) = 0").fetchone()
        return int(row[0]) if row else 0


def _wrapped(parts: Iterator[bytes]) -> Iterator[tuple[int, bytes]]:
    for record in _records(parts, ID + KEY_BYTES):
        one = int.from_bytes(record[:ID], "big")
        yield one, wrap(record[ID:], one)


def _copy(database: "psycopg.Connection[Any]", rows: Iterator[tuple[Any, ...]], into: str) -> None:
    with database.cursor().copy(f"copy {into} from stdin") as copy:
        for row in rows:
            copy.write_row(row)


def _records(parts: Iterator[bytes], size: int) -> Iterator[bytes]:
    held = b""
    for part in parts:
        held += part
        whole = len(held) - len(held) % size
        for at in range(0, whole, size):
            yield held[at : at + size]
        held = held[whole:]
