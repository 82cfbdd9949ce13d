"""Sealing of single values: AES-256-GCM under a key per subject, which a key derived from a master key wraps.

The master keys lie outside the database, on the ring, and are never used themselves: HKDF-SHA256 (RFC 5869)
makes the key that wraps from a generation's master key, and that of the blind index from a key of its own.
Subject and datum are bound in, so a value moved to another row or another person does not open.
"""

import hmac
import secrets
from functools import cache
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from hjemmel.kernel.vault import ring
from hjemmel.kernel.vault.ring import NoSuchGenerationError

KEY_BYTES = 32
NONCE_BYTES = 12
FORM = b"\x01"  # the first byte of everything sealed: how the rest is made
MARK_BYTES = 2  # a wrapped key begins with the generation of the master key that wrapped it


class UnsealableError(RuntimeError):
    """A sealed value or key does not open: another master key, another row, or a changed byte."""


def new_key(subject_id: int) -> bytes:
    """Return a fresh key for one subject, wrapped."""
    return wrap(secrets.token_bytes(KEY_BYTES), subject_id)


def wrap(key: bytes, subject_id: int) -> bytes:
    """Return a subject's key wrapped by the current master key."""
    held = ring.there()
    mark = held.current.to_bytes(MARK_BYTES, "big")
    return mark + _lock(_wrapping(held.master(held.current)), key, _bound(b"key" + mark, subject_id))


def unwrap(wrapped: bytes, subject_id: int) -> bytes:
    """Return a subject's key. Raises UnsealableError where its master key is gone or another one."""
    mark, rest = wrapped[:MARK_BYTES], wrapped[MARK_BYTES:]
    try:
        master = ring.there().master(generation(wrapped))
    except NoSuchGenerationError:
        raise UnsealableError("the master key that wrapped it is not on the ring") from None
    return _open(_wrapping(master), rest, _bound(b"key" + mark, subject_id))


def generation(wrapped: bytes) -> int:
    """Return the generation of the master key that wrapped a subject's key."""
    return int.from_bytes(wrapped[:MARK_BYTES], "big")


def seal(wrapped: bytes, *, subject_id: int, datum: str, text: str) -> bytes:
    """Return `text` sealed under the subject's wrapped key. Raises UnsealableError if that does not open."""
    return _lock(unwrap(wrapped, subject_id), text.encode(), _bound(datum.encode(), subject_id))


def unseal(wrapped: bytes, *, subject_id: int, datum: str, value: bytes) -> str:
    """Return the text sealed for this subject and datum. Raises UnsealableError."""
    return _open(unwrap(wrapped, subject_id), value, _bound(datum.encode(), subject_id)).decode()


def digest(datum: str, text: str) -> bytes:
    """Return the blind index of `text`: equal texts of a datum have equal digests, and without the index key
    nobody can try texts out.
    """
    key = _derived(ring.index_key(), b"hjemmel vault index 1")
    return hmac.digest(key, datum.encode() + b"\x1f" + text.encode(), sha256)


def _bound(what: bytes, subject_id: int) -> bytes:
    return b"hjemmel\x1f" + what + b"\x1f" + subject_id.to_bytes(8, "big")


def _lock(key: bytes, plain: bytes, bound: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return FORM + nonce + AESGCM(key).encrypt(nonce, plain, bound)


def _open(key: bytes, sealed: bytes, bound: bytes) -> bytes:
    if sealed[:1] != FORM:
        raise UnsealableError("sealed in a form this version does not know")
    nonce, rest = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, rest, bound)
    except InvalidTag:
        raise UnsealableError("does not open with this master key, subject and datum") from None


def _wrapping(master: bytes) -> bytes:
    return _derived(master, b"hjemmel vault wrap 1")


@cache
def _derived(master: bytes, use: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=use).derive(master)
