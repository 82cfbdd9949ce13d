"""The ring: the vault's master keys by generation and the index key, each wrapped by the root key, in one
small file of the data folder. Processes read it anew when it has changed.
"""

import fcntl
import json
import os
import secrets
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from hjemmel.kernel.vault import root

FORM = 1
INDEX = "vault index"


class NoSuchGenerationError(RuntimeError):
    """The master key of a generation is not on the ring: it was destroyed, or this is another ring."""


@dataclass(frozen=True, slots=True)
class Ring:
    """The wrapped keys. New keys are wrapped by the master key of the generation `current`."""

    current: int
    masters: dict[int, bytes]
    index: bytes

    def master(self, generation: int) -> bytes:
        """Return a generation's master key. Raises NoSuchGenerationError and RootKeyError."""
        if generation not in self.masters:
            raise NoSuchGenerationError(str(generation))
        return root.unwrap(self.masters[generation], _use(generation))


def there() -> Ring:
    """Return the ring, made the first time."""
    path = _path()
    try:
        state = path.stat()
    except FileNotFoundError:
        _first(path)
        state = path.stat()
    return _read(path, state.st_mtime_ns, state.st_ino)


def index_key() -> bytes:
    """Return the key of the blind index."""
    return root.unwrap(there().index, INDEX)


def add_generation() -> int:
    """Put a new master key on the ring and make it the current one; return its generation."""
    with _changed() as ring:
        new = max(ring["masters"], key=int, default="0")
        generation = int(new) + 1
        ring["masters"][str(generation)] = _wrapped(_use(generation))
        ring["current"] = generation
    return generation


def destroy_generations(before: int) -> list[int]:
    """Take the master keys of older generations off the ring; return which. What they wrapped is lost."""
    with _changed() as ring:
        old = sorted(int(one) for one in ring["masters"] if int(one) < before)
        ring["masters"] = {one: key for one, key in ring["masters"].items() if int(one) >= before}
        ring["index"] = _text(root.wrap(root.unwrap(b64decode(ring["index"]), INDEX), INDEX))
    return old


def adopt_index(wrapped: bytes) -> None:
    """Take the blind index's key over from a backup of another data folder."""
    root.unwrap(wrapped, INDEX)
    with _changed() as ring:
        ring["index"] = _text(wrapped)


@lru_cache(maxsize=4)
def _read(path: Path, changed: int, inode: int) -> Ring:
    del changed, inode
    said = json.loads(path.read_text(encoding="ascii"))
    masters = {int(one): b64decode(key) for one, key in said["masters"].items()}
    return Ring(said["current"], masters, b64decode(said["index"]))


def _first(path: Path) -> None:
    """Make the ring whole or not at all; of two processes at once the first one's stands."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    said = {"form": FORM, "current": 1, "masters": {"1": _wrapped(_use(1))}, "index": _wrapped(INDEX)}
    draft = _draft(path, said)
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


@contextmanager
def _changed() -> Iterator[dict[str, Any]]:
    """Let the block change the ring, alone; it is written whole when the block ends well."""
    there()
    path = _path()
    handle = os.open(path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        said = json.loads(path.read_text(encoding="ascii"))
        yield said
        _draft(path, said).replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
    finally:
        os.close(handle)


def _draft(path: Path, said: dict[str, Any]) -> Path:
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        json.dump(said, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    return Path(draft)


def _wrapped(use: str) -> str:
    return _text(root.wrap(secrets.token_bytes(root.KEY_BYTES), use))


def _text(key: bytes) -> str:
    return b64encode(key).decode()


def _use(generation: int) -> str:
    return f"vault master {generation}"


def _path() -> Path:
    path: Path = settings.HJEMMEL_RING
    return path
