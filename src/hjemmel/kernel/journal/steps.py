"""One thing that was erased, and how the journal writes it: ids as digests that only its own key can make."""

import hmac
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.conf import settings

DIGEST_BYTES = 16


@dataclass(frozen=True, slots=True)
class Erasure:
    """What happened to these rows of a table (to these data of them), and by which rule or for what reason.

    `happens` is the sweep's own word (record, row, datum, reference, person, subject, …): a replay does the
    same once more.
    """

    happens: str
    table: str
    rule: str
    data: Sequence[str | None]
    rows: Sequence[int]


@dataclass(frozen=True, slots=True)
class Digested:
    """An erasure as the journal holds it."""

    happens: str
    table: str
    rule: str
    data: tuple[str | None, ...]
    rows: tuple[bytes, ...]


def digest(table: str, row: int) -> bytes:
    """Return the keyed digest of a row's id. Without the key nobody can try ids out."""
    key: bytes = settings.HJEMMEL_JOURNAL_KEY
    return hmac.digest(key, b"row\x1f%s\x1f%d" % (table.encode(), row), sha256)[:DIGEST_BYTES]


def written(erasure: Erasure) -> dict[str, Any]:
    """Return the erasure as the journal writes it."""
    rows = b"".join(digest(erasure.table, row) for row in erasure.rows)
    return {
        "happens": erasure.happens,
        "table": erasure.table,
        "rule": erasure.rule,
        "data": list(erasure.data),
        "rows": b64encode(rows).decode(),
    }


def read(said: dict[str, Any]) -> Digested:
    """Return what the journal says."""
    whole = b64decode(said["rows"])
    rows = tuple(whole[at : at + DIGEST_BYTES] for at in range(0, len(whole), DIGEST_BYTES))
    return Digested(said["happens"], said["table"], said["rule"], tuple(said["data"]), rows)
