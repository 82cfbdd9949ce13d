"""Where backups lie, the keys that open them, and when they end.

HJEMMEL_BACKUPS/copies/STAMP-ID/        data.hjb, holders.hjb, manifest.json (or wherever --to says)
HJEMMEL_BACKUPS/copies/STAMP-ID-keys/   a file for each table of keys, manifest.json
HJEMMEL_BACKUPS/keys/ID.json            its key, wrapped by the root key; destroyed, the backup has ended
HJEMMEL_BACKUPS/erasures/               the journal of erasures
"""

import hmac
import json
import os
import secrets
import shutil
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from hjemmel.kernel.vault import root
from hjemmel.project.backup import BackupError
from hjemmel.project.backup.container import ID_BYTES, KEY_BYTES

Kind = Literal["data", "keys"]
MANIFEST = "manifest.json"
FORM = 1


@dataclass(frozen=True, slots=True)
class Place:
    """The folders of one register's backups."""

    base: Path

    @property
    def copies(self) -> Path:
        """Return where backups are made, unless told otherwise."""
        return self.base / "copies"

    @property
    def keys(self) -> Path:
        """Return where the key of each lies."""
        return self.base / "keys"


@dataclass(frozen=True, slots=True)
class Copy:
    """A backup whose key is still there: when it was made and ends, where it was put, and its wrapped key."""

    id: str
    kind: Kind
    made: datetime
    until: datetime
    at: Path
    wrapped: bytes

    def key(self) -> bytes:
        """Return its key. Raises RootKeyError where the root key is another."""
        return root.unwrap(self.wrapped, _use(self.id))


def begin(place: Place, kind: Kind, into: Path, *, lives: timedelta, now: datetime) -> Copy:
    """Make a key for a new backup and put it down before anything is sealed by it."""
    backup = secrets.token_hex(ID_BYTES)
    at = into / f"{now:%Y%m%dT%H%M%SZ}-{backup[:8]}{'-keys' if kind == 'keys' else ''}"
    wrapped = root.wrap(secrets.token_bytes(KEY_BYTES), _use(backup))
    copy = Copy(backup, kind, now, now + lives, at, wrapped)
    _put(place, copy)
    return copy


def finish(copy: Copy, draft: Path, manifest: Mapping[str, Any]) -> None:
    """Write the manifest and give the whole its name; before that no backup is there."""
    said = {"form": FORM, "id": copy.id, "kind": copy.kind, "made": copy.made.isoformat(), **manifest}
    said["mac"] = _mac(copy, said)
    write(draft / MANIFEST, json.dumps(said, indent=1, sort_keys=True, ensure_ascii=False).encode())
    sync(draft)
    draft.rename(copy.at)
    sync(copy.at.parent)


def manifest_of(copy: Copy, at: Path) -> dict[str, Any]:
    """Return what a backup says of itself. Raises BackupError where it is not as it was written."""
    try:
        said = json.loads((at / MANIFEST).read_bytes())
        mac = said.pop("mac")
    except (OSError, ValueError, KeyError, AttributeError):
        raise BackupError(f"{at / MANIFEST} mangler eller er ødelagt.") from None
    if not hmac.compare_digest(str(mac), _mac(copy, said)) or said.get("id") != copy.id:
        raise BackupError(f"{at / MANIFEST} er endret siden kopien ble laget. Bruk en annen kopi.")
    return dict(said)


def of(place: Place, at: Path) -> Copy:
    """Return the backup that lies there, by the key kept for it. Raises BackupError where it has none."""
    try:
        backup = str(json.loads((at / MANIFEST).read_bytes())["id"])
    except (OSError, ValueError, KeyError, TypeError):
        raise BackupError(f"{at} er ingen sikkerhetskopi: {MANIFEST} mangler eller er ødelagt.") from None
    found = next((copy for copy in known(place) if copy.id == backup), None)
    if found is None:
        raise BackupError(
            f"Nøkkelen til kopien er ikke i {place.keys}. Enten er kopien eldre enn dagene den skal leve,"
            " og da er den slutt for godt, eller så mangler mappen: hent den fra der den er tatt vare på."
        )
    return found


def known(place: Place) -> list[Copy]:
    """Return every backup whose key is there, the oldest first."""
    return sorted(map(_read, place.keys.glob("*.json")), key=lambda copy: (copy.made, copy.id))


def destroy(place: Place, copy: Copy) -> None:
    """End a backup: its key is overwritten and deleted first, then its files where they can be reached."""
    path = place.keys / f"{copy.id}.json"
    if path.exists():
        with path.open("r+b") as file:
            file.write(b"\0" * path.stat().st_size)
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        sync(place.keys)
    shutil.rmtree(copy.at, ignore_errors=True)


def end_old(place: Place, now: datetime) -> list[Copy]:
    """End what is past its days, and what never became whole; return those that ended."""
    ended = [copy for copy in known(place) if copy.until <= now]
    for copy in ended:
        destroy(place, copy)
    return ended


def clear_drafts(place: Place) -> None:
    """Take away what a killed backup left: its folder and its key. Only while no backup is being made."""
    for copy in known(place):
        draft = draft_of(copy)
        if draft.exists() or (place.copies in copy.at.parents and not copy.at.exists()):
            shutil.rmtree(draft, ignore_errors=True)
            destroy(place, copy)


def rewrap(place: Place) -> None:
    """Wrap the key of every backup by the root key that comes first now."""
    for copy in known(place):
        wrapped = root.wrap(copy.key(), _use(copy.id))
        _put(place, Copy(copy.id, copy.kind, copy.made, copy.until, copy.at, wrapped))


def draft_of(copy: Copy) -> Path:
    """Return the folder that a backup is made in."""
    return copy.at.with_name(f".{copy.at.name}.new")


def write(path: Path, content: bytes) -> None:
    """Write a file for its owner alone, on the disk when this returns."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync(folder: Path) -> None:
    """Write a folder's own list of files through to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def oldest(copies: Iterable[Copy], now: datetime) -> datetime:
    """Return when the oldest backup that still opens was made."""
    return min((copy.made for copy in copies), default=now)


def _put(place: Place, copy: Copy) -> None:
    place.keys.mkdir(mode=0o700, parents=True, exist_ok=True)
    said = asdict(copy) | {
        "made": copy.made.isoformat(),
        "until": copy.until.isoformat(),
        "at": str(copy.at),
        "wrapped": b64encode(copy.wrapped).decode(),
    }
    draft = place.keys / f".{copy.id}.new"
    write(draft, json.dumps(said, indent=1).encode())
    draft.replace(place.keys / f"{copy.id}.json")
    sync(place.keys)


def _read(path: Path) -> Copy:
    try:
        said = json.loads(path.read_bytes())
        return Copy(
            id=said["id"],
            kind=said["kind"],
            made=datetime.fromisoformat(said["made"]).astimezone(UTC),
            until=datetime.fromisoformat(said["until"]).astimezone(UTC),
            at=Path(said["at"]),
            wrapped=b64decode(said["wrapped"], validate=True),
        )
    except (ValueError, KeyError, TypeError):
        raise BackupError(f"{path} er ødelagt. Hent den fra der nøklene er tatt vare på.") from None


def _mac(copy: Copy, said: Mapping[str, Any]) -> str:
    made = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"hjemmel backup 1 manifest")
    text = json.dumps({k: v for k, v in said.items() if k != "mac"}, sort_keys=True).encode()
    return hmac.new(made.derive(copy.key()), text, sha256).hexdigest()


def _use(backup: str) -> str:
    return f"backup {backup}"
