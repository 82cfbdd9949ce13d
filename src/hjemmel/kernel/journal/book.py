"""The files of the journal: one a month, a line each time, written through to the disk before it returns.

A line is JSON and the chain: an HMAC over the line and the one before it. So a line that was changed, taken
out, put in or moved is found, and one that was cut off in writing (which nothing has counted on yet) is known
from one that was tampered with. A file begins with where the one before it ended.
"""

import fcntl
import hmac
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings

from hjemmel.kernel.clock import OSLO

FORM = 1
CHAIN_BYTES = 16
END = 2 * CHAIN_BYTES + 2  # a space, the chain in hexadecimal, a line feed
BLOCK = 65536


class BrokenJournalError(RuntimeError):
    """The journal is not as it was written, or another key made it."""


class UnwritableJournalError(RuntimeError):
    """The journal cannot be written, so nothing may be erased. The message says where and why."""


def folder() -> Path:
    """Return where the journal lies: beside the backups, outside the database."""
    beside: Path | None = settings.HJEMMEL_BACKUPS
    return (beside or Path(settings.HJEMMEL_HOME) / "backups") / "erasures"


def files(where: Path) -> list[Path]:
    """Return the journal's files, the oldest first."""
    return sorted(where.glob("[0-9][0-9][0-9][0-9]-[0-9][0-9].journal"))


def append(line: dict[str, Any]) -> None:
    """Add a line, on the disk when this returns. Raises UnwritableJournalError where it cannot be written."""
    try:
        _append(folder(), line)
    except OSError as error:
        raise UnwritableJournalError(f"{folder()}: {error.strerror}") from error


def _append(where: Path, line: dict[str, Any]) -> None:
    where.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _locked(where):
        there = files(where)
        before = _end(there)
        path = max([where / f"{datetime.now(OSLO):%Y-%m}.journal", *there])  # never back, whatever the clock
        is_new = path not in there
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            if is_new or not os.fstat(handle).st_size:
                before = _write(handle, {"form": FORM, "follows": before.hex()}, b"")
            _write(handle, line, before)
            os.fsync(handle)
        finally:
            os.close(handle)
        if is_new:
            _sync_folder(where)


def lines(where: Path | None = None) -> Iterator[dict[str, Any]]:
    """Yield every line, the oldest first. Raises BrokenJournalError at the first that is not as written."""
    before: bytes | None = None
    there = files(where or folder())
    for path in there:
        chain = b""
        with path.open("rb") as file:
            for number, text in enumerate(file, 1):
                if not text.endswith(b"\n"):
                    if path != there[-1]:
                        raise BrokenJournalError(f"{path} line {number}")
                    break  # cut off in writing: nothing was committed on it
                chain, said = _read(text, chain, f"{path} line {number}")
                if number > 1:
                    yield said
                elif said.get("form") != FORM or (before is not None and said["follows"] != before.hex()):
                    raise BrokenJournalError(f"{path} line {number}")
        before = chain or before


def head(where: Path | None = None) -> str:
    """Return the chain at the journal's end, "" where nothing is written yet."""
    place = where or folder()
    if not place.exists():
        return ""
    with _locked(place):
        return _end(files(place)).hex()


def holds(chain: str, where: Path | None = None) -> bool:
    """Whether the journal was once as long as when `head` said this, so that it is not cut before it."""
    wanted = b" " + chain.encode() + b"\n"
    return not chain or any(_has(path, wanted) for path in files(where or folder()))


def _has(path: Path, end: bytes) -> bool:
    with path.open("rb") as file:
        return any(text.endswith(end) for text in file)


def _read(text: bytes, before: bytes, place: str) -> tuple[bytes, dict[str, Any]]:
    body, end = text[:-END], text[-END:]
    chain = _chain(body, before)
    if not hmac.compare_digest(end, b" " + chain.hex().encode() + b"\n"):
        raise BrokenJournalError(place)
    said: dict[str, Any] = json.loads(body)
    return chain, said


def _write(handle: int, line: dict[str, Any], before: bytes) -> bytes:
    body = json.dumps(line, separators=(",", ":"), sort_keys=True).encode()
    chain = _chain(body, before)
    rest = memoryview(body + b" " + chain.hex().encode() + b"\n")
    while rest:
        rest = rest[os.write(handle, rest) :]
    return chain


def _chain(body: bytes, before: bytes) -> bytes:
    key: bytes = settings.HJEMMEL_JOURNAL_KEY
    return hmac.digest(key, b"line\x1f" + before + b"\x1f" + body, sha256)[:CHAIN_BYTES]


def _end(there: list[Path]) -> bytes:
    """Return the chain of the last line there is."""
    return next((chain for path in reversed(there) if (chain := _last(path))), b"")


def _last(path: Path) -> bytes:
    """Return the chain of the file's last whole line; a line cut off in writing is taken away first."""
    with path.open("r+b") as file:
        size = file.seek(0, os.SEEK_END)
        end = _whole(file, size)
        if end < size:
            file.truncate(end)
            os.fsync(file.fileno())
        if not end:
            return b""
        file.seek(end - END)
        told = file.read(END)
    try:
        return bytes.fromhex(told.decode("ascii").strip())
    except ValueError:
        raise BrokenJournalError(f"{path} at its end") from None


def _whole(file: Any, size: int) -> int:
    """Return how many bytes the whole lines take."""
    at = size
    while at > 0:
        start = max(0, at - BLOCK)
        file.seek(start)
        found = file.read(at - start).rfind(b"\n")
        if found >= 0:
            return int(start + found + 1)
        at = start
    return 0


@contextmanager
def _locked(where: Path) -> Iterator[None]:
    """Be the one that writes. The lock goes with the process, however that ends."""
    handle = os.open(where / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _sync_folder(where: Path) -> None:
    handle = os.open(where, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
