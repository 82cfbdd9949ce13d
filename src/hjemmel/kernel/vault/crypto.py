"""Sealing of single values: AES-256-GCM under a key per subject, which a key derived from the master wraps.

The master key lies outside the database and is never used itself: HKDF-SHA256 (RFC 5869) makes one key for
wrapping and one for the blind index. Subject and datum are bound in, so a value moved to another row or
another person does not open.
"""

import hmac
import secrets
from functools import cache
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

KEY_BYTES = 32
NONCE_BYTES = 12
FORM = b"\x01"  # the first byte of everything sealed: how the rest is made
GENERATION = 1


class UnsealableError(RuntimeError):
    """A sealed value or key does not open: another master key, another row, or a changed byte."""


def new_key(subject_id: int) -> bytes:
    """Return a fresh key for one subject, wrapped."""
    return _lock(_wrapping(), secrets.token_bytes(KEY_BYTES), _bound(b"key", subject_id))


def seal(wrapped: bytes, *, subject_id: int, datum: str, text: str) -> bytes:
    """Return `text` sealed under the subject's wrapped key. Raises UnsealableError if that does not open."""
    return _lock(_unwrap(wrapped, subject_id), text.encode(), _bound(datum.encode(), subject_id))


def unseal(wrapped: bytes, *, subject_id: int, datum: str, value: bytes) -> str:
    """Return the text sealed for this subject and datum. Raises UnsealableError."""
    return _open(_unwrap(wrapped, subject_id), value, _bound(datum.encode(), subject_id)).decode()


def digest(datum: str, text: str) -> bytes:
    """Return the blind index of `text`: equal texts of a datum have equal digests, and without the master
    key nobody can try texts out.
    """
    return hmac.digest(_indexing(), datum.encode() + b"\x1f" + text.encode(), sha256)


def _unwrap(wrapped: bytes, subject_id: int) -> bytes:
    return _open(_wrapping(), wrapped, _bound(b"key", subject_id))


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


def _wrapping() -> bytes:
    return _derived(settings.HJEMMEL_MASTER_KEY, b"hjemmel vault wrap 1")


def _indexing() -> bytes:
    return _derived(settings.HJEMMEL_MASTER_KEY, b"hjemmel vault index 1")


@cache
def _derived(master: bytes, use: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=use).derive(master)
