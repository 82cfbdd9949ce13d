"""Reading checkpoints: signed notes as C2SP describes them, checked with the public half of the log's key."""

import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

LONGEST = 4096
HASH = r"[A-Za-z0-9+/]{43}="
MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
TEXT = re.compile(
    rf"(?P<log>hjemmel/log/[0-9a-f]{{16}})/(?P<month>\d{{4}}-\d\d)\n"
    rf"(?P<size>0|[1-9]\d{{0,17}})\n"
    rf"(?P<root>{HASH})\n"
    rf"number (?P<number>[1-9]\d{{0,17}})\n"
    rf"previous (?P<previous>{HASH}|none)\n"
    rf"sealed (?P<sealed>{MOMENT})\n"
    rf"since (?P<since>{MOMENT}|none)\n"
)
SIGNATURE = re.compile(r"— (?P<name>[^\s+]+) (?P<value>[A-Za-z0-9+/]+={0,2})\n")


class NoNoteError(ValueError):
    """What was given is no checkpoint of a register's log."""


@dataclass(frozen=True, slots=True)
class Note:
    """A checkpoint as it says of itself. `text` is what is signed."""

    text: str
    log: str
    month: date
    size: int
    root: bytes
    number: int
    previous: str
    sealed: datetime
    since: datetime | None
    signatures: tuple[tuple[str, bytes], ...]

    @property
    def digest(self) -> str:
        """What the next checkpoint names it by."""
        return b64encode(sha256(self.text.encode()).digest()).decode()


def read(note: str) -> Note:
    """Return the checkpoint in the text of a file or a row. Raises NoNoteError."""
    text, empty, rest = note.partition("\n\n")
    said = TEXT.fullmatch(text + "\n") if empty and len(note) <= LONGEST else None
    lines = [SIGNATURE.fullmatch(line) for line in rest.splitlines(keepends=True)]
    if said is None or not lines:
        raise NoNoteError
    try:
        signatures = tuple((one["name"], b64decode(one["value"], validate=True)) for one in lines if one)
        return Note(
            text=text + "\n",
            log=said["log"],
            month=date.fromisoformat(said["month"] + "-01"),
            size=int(said["size"]),
            root=b64decode(said["root"], validate=True),
            number=int(said["number"]),
            previous=said["previous"],
            sealed=_moment(said["sealed"]),
            since=None if said["since"] == "none" else _moment(said["since"]),
            signatures=signatures,
        )
    except ValueError:
        raise NoNoteError from None


class Signer:
    """The log's key, as far as reading needs it."""

    def __init__(self) -> None:
        raw = Ed25519PrivateKey.from_private_bytes(settings.HJEMMEL_LOG_KEY).public_key().public_bytes_raw()
        self.log = f"hjemmel/log/{sha256(raw).hexdigest()[:16]}"
        self.number = sha256(self.log.encode() + b"\x0a\x01" + raw).digest()[:4]
        self.key = Ed25519PublicKey.from_public_bytes(raw)

    def signed(self, note: Note) -> bool:
        """Return whether the note is of this register's log and signed by its key. Signatures of others, of
        whoever has countersigned it, are let be.
        """
        own = [value[4:] for name, value in note.signatures if (name, value[:4]) == (self.log, self.number)]
        if note.log != self.log or len(own) != 1:
            return False
        try:
            self.key.verify(own[0], note.text.encode())
        except InvalidSignature:
            return False
        return True


def _moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
