"""Checkpoints as signed notes (C2SP signed-note and tlog-checkpoint, Ed25519), so that whoever keeps one can
check it without us.

    hjemmel/log/9f0c2b7d11ab04e3/2026-11      the log and the month
    1204                                      lines in the month's tree
    q1/8Zl…=                                  the root
    number 17                                 of all checkpoints, through the months
    previous 3xJk…=                           SHA-256 of the text of number 16, or “none”
    sealed 2026-11-23T14:10:02Z
    since 2026-11-23T14:00:01Z                everything older was sealed before, or “none”

    — hjemmel/log/9f0c2b7d11ab04e3 Kz8J…=

The last four lines of the text are extension lines. They tie the checkpoints of all months into one chain
that holds when the leaves of an old month are gone.
"""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

ED25519 = b"\x01"  # the signature type of the note format


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """What a checkpoint says."""

    month: date
    size: int
    root: bytes
    number: int
    previous: str | None  # the text of the note before
    sealed: datetime
    since: datetime | None


def write(what: Signed) -> str:
    """Return the note, signed with this register's key."""
    text = "".join(f"{line}\n" for line in _lines(what))
    name = log_name()
    signature = key_id(name) + _key().sign(text.encode())
    return f"{text}\n— {name} {_told(signature)}\n"


def says(note: str, *, month: date, size: int, root: bytes) -> bool:
    """Return whether this register has signed that the tree of `month` has this `size` and `root`."""
    text = text_of(note)
    head = [f"{log_name()}/{month:%Y-%m}", str(size), _told(root)]
    signed = f"{text}\n— {log_name()} "
    if text.split("\n")[:3] != head or not note.startswith(signed):
        return False
    try:
        sealed = b64decode(note[len(signed) :].strip(), validate=True)
        _key().public_key().verify(sealed[4:], text.encode())
    except (ValueError, InvalidSignature):
        return False
    return sealed[:4] == key_id(log_name())


def text_of(note: str) -> str:
    """Return what of a note is signed: all before the empty line, with its last line break."""
    return note.rpartition("\n\n")[0] + "\n"


def log_name() -> str:
    """Return the name of this register's log, and of the key that signs it: it follows from the key."""
    return f"hjemmel/log/{sha256(public_key()).hexdigest()[:16]}"


def verifier_key() -> str:
    """Return the public key as verifiers of notes take it: name, id and key, with plus signs between."""
    name = log_name()
    return f"{name}+{key_id(name).hex()}+{_told(ED25519 + public_key())}"


def key_id(name: str) -> bytes:
    """Return the four bytes that say which key a signature is by."""
    return sha256(name.encode() + b"\n" + ED25519 + public_key()).digest()[:4]


def public_key() -> bytes:
    """Return the public half of the log's key."""
    return _key().public_key().public_bytes_raw()


def _key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(settings.HJEMMEL_LOG_KEY)


def _lines(what: Signed) -> list[str]:
    previous = _told(sha256(what.previous.encode()).digest()) if what.previous else "none"
    return [
        f"{log_name()}/{what.month:%Y-%m}",
        str(what.size),
        _told(what.root),
        f"number {what.number}",
        f"previous {previous}",
        f"sealed {_moment(what.sealed)}",
        f"since {_moment(what.since) if what.since else 'none'}",
    ]


def _told(value: bytes) -> str:
    return b64encode(value).decode("ascii")


def _moment(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
