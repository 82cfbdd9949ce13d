"""The root key: what lies outside the database and the data folder's other files, and wraps the vault's keys.

It comes from the environment, from a file, or stays in a key service that a command of the operator's asks.
The command is called as `COMMAND wrap` and `COMMAND unwrap`, gets one line of base64 on stdin and answers
with one line of base64 on stdout and exit code 0. What it is given to wrap is never longer than 100 bytes.
"""

import secrets
import shlex
import subprocess
from base64 import b64decode, b64encode
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

KEY_BYTES, NONCE_BYTES = 32, 12
LOCAL, ASKED = b"\x01", b"\x02"  # the first byte of what is wrapped: by a key here, or by the command
SECONDS = 30.0


class RootKeyError(RuntimeError):
    """The root key is missing or another one. The message says what to do."""


def wrap(plain: bytes, use: str) -> bytes:
    """Return the key wrapped for one use, which is bound in: it opens for no other."""
    how, given = source()
    if how == "command":
        return ASKED + _ask(given, "wrap", use.encode() + b"\x1f" + plain)
    nonce = secrets.token_bytes(NONCE_BYTES)
    return LOCAL + nonce + AESGCM(_derived(_keys(how, given)[0])).encrypt(nonce, plain, use.encode())


def unwrap(wrapped: bytes, use: str) -> bytes:
    """Return the key. Raises RootKeyError where this is not the root key that wrapped it."""
    return _unwrap(source(), bytes(wrapped), use)


def source() -> tuple[str, str]:
    """Return how the root key is had ("keys", "file" or "command") and the keys, the path or the command."""
    found: tuple[str, str] = settings.HJEMMEL_ROOT
    return found


@lru_cache(maxsize=256)
def _unwrap(source: tuple[str, str], wrapped: bytes, use: str) -> bytes:
    how, given = source
    if (how == "command") != (wrapped[:1] == ASKED):
        raise RootKeyError(_ANOTHER)
    if how == "command":
        told, _, plain = _ask(given, "unwrap", wrapped[1:]).partition(b"\x1f")
        if told != use.encode():
            raise RootKeyError(_ANOTHER)
        return plain
    nonce, rest = wrapped[1 : 1 + NONCE_BYTES], wrapped[1 + NONCE_BYTES :]
    for key in _keys(how, given):
        try:
            return AESGCM(_derived(key)).decrypt(nonce, rest, use.encode())
        except InvalidTag:
            continue
    raise RootKeyError(_ANOTHER)


def _keys(how: str, given: str) -> list[bytes]:
    """Return the keys, the one that wraps first: after a change, those of before only open."""
    text = given
    if how == "file":
        try:
            text = Path(given).read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError):
            raise RootKeyError(f"Hovednøkkelen kan ikke leses fra {given}.") from None
    try:
        keys = [bytes.fromhex(word) for word in text.replace(",", " ").split()]
    except ValueError:
        raise RootKeyError(_MALFORMED) from None
    if not keys or any(len(key) != KEY_BYTES for key in keys):
        raise RootKeyError(_MALFORMED)
    return keys


def _ask(command: str, what: str, given: bytes) -> bytes:
    try:
        done = subprocess.run(
            [*shlex.split(command), what],
            input=b64encode(given) + b"\n",
            capture_output=True,
            check=False,
            timeout=SECONDS,
        )
        if done.returncode == 0:
            return b64decode(done.stdout.strip(), validate=True)
        said = f"svarte med {done.returncode}"
    except subprocess.TimeoutExpired:
        said = f"svarte ikke på {SECONDS:.0f} sekunder"
    except OSError as error:
        said = f"kan ikke startes ({error.strerror})"
    except ValueError:
        said = "svarte noe annet enn base64"
    raise RootKeyError(f"Kommandoen i HJEMMEL_KMS_COMMAND {said} da den skulle gjøre «{what}».")


@lru_cache(maxsize=8)
def _derived(key: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"hjemmel root 1").derive(key)


_ANOTHER = (
    "Dette er en annen hovednøkkel enn den nøklene er pakket med."
    " Se HJEMMEL_MASTER_KEY, HJEMMEL_MASTER_KEY_FILE og HJEMMEL_KMS_COMMAND."
)
_MALFORMED = (
    "En hovednøkkel skrives som 64 heksadesimale tegn. Den som gjelder, står først; eldre kan stå etter."
)
