"""A file of sealed chunks, written and read as a stream.

    header   14 bytes “HJEMMEL BACKUP”, 1 byte form, 16 bytes id of the backup, 1 byte length of the label,
             and the label
    chunk    4 bytes length n (big endian), n bytes AES-256-GCM of at most 1 MiB, its tag of 16 bytes among
             them

The key is HKDF-SHA256 of the backup's own key, for the label; so each key seals one file. The nonce is the
chunk's number in 11 bytes and 1 in the last byte for the last chunk, else 0; header and length are bound in.
A chunk changed, lost, moved or taken from another file does not open, and a file that was cut has no last
chunk.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC, FORM = b"HJEMMEL BACKUP", b"\x01"
CHUNK, TAG, LENGTH = 2**20, 16, 4
KEY_BYTES, ID_BYTES = 32, 16


class BrokenContainerError(RuntimeError):
    """The file is not as it was written: changed, cut, of another backup, or sealed under another key."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What was written: bytes before sealing, bytes in the file, and its SHA-256."""

    plain: int
    size: int
    sha256: str


def seal(path: Path, parts: Iterable[bytes], *, key: bytes, backup: bytes, label: str) -> Sealed:
    """Write the parts to a new file, on the disk when this returns."""
    head = _head(backup, label)
    cipher, digest = _cipher(key, label), hashlib.sha256(head)
    plain, size = 0, len(head)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(head)
        for number, (chunk, last) in enumerate(_chunks(parts)):
            length = (len(chunk) + TAG).to_bytes(LENGTH, "big")
            sealed = cipher.encrypt(_nonce(number, last=last), chunk, head + length)
            file.write(length)
            file.write(sealed)
            digest.update(length)
            digest.update(sealed)
            plain, size = plain + len(chunk), size + LENGTH + len(sealed)
        file.flush()
        os.fsync(file.fileno())
    return Sealed(plain, size, digest.hexdigest())


def opened(path: Path, *, key: bytes, backup: bytes, label: str) -> Iterator[bytes]:
    """Yield what the file holds, chunk by chunk, each only after it was found whole.

    Raises BrokenContainerError, at the end too, where the file was cut. What was yielded before may be used
    only if the whole ends well.
    """
    head = _head(backup, label)
    cipher = _cipher(key, label)
    with path.open("rb") as file:
        if file.read(len(head)) != head:
            raise BrokenContainerError(path.name)
        number, last = 0, False
        while not last:
            length = file.read(LENGTH)
            sealed = file.read(int.from_bytes(length, "big")) if len(length) == LENGTH else b""
            last = not _more(file)
            try:
                chunk = cipher.decrypt(_nonce(number, last=last), sealed, head + length)
            except (InvalidTag, ValueError, OverflowError):
                raise BrokenContainerError(path.name) from None
            yield chunk
            number += 1


def _chunks(parts: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Yield chunks of the same size and, at the end, one that may be shorter or empty and is the last."""
    held = bytearray()
    for part in parts:
        held += part
        while len(held) > CHUNK:
            yield bytes(held[:CHUNK]), False
            del held[:CHUNK]
    yield bytes(held), True


def _more(file: BinaryIO) -> bool:
    at = file.tell()
    more = bool(file.read(1))
    file.seek(at)
    return more


def _head(backup: bytes, label: str) -> bytes:
    return MAGIC + FORM + backup + bytes([len(label)]) + label.encode("ascii")


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _cipher(key: bytes, label: str) -> AESGCM:
    made = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"hjemmel backup 1 " + label.encode())
    return AESGCM(made.derive(key))
