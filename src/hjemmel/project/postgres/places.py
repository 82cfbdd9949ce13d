"""Where the server's files are. The socket's folder is private,
and its path short as socket addresses must be.
"""

import hashlib
import logging
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from hjemmel.project.postgres.account import Account, choose
from hjemmel.project.secrets import private_folder

_log = logging.getLogger(__name__)

PORT = 5432
LONGEST_SOCKET = 100  # bytes; Linux allows 107
SYSTEM = Path("/var/lib/hjemmel")  # only for root where there are no user namespaces


class UnsafePlaceError(RuntimeError):
    """A folder that must be ours alone is somebody else's, or was made for another account."""


@dataclass(frozen=True)
class Places:
    """The folders of one home's server. All but `base` belong to the account that runs it."""

    base: Path
    data: Path
    log: Path
    socket: Path
    copy: Path | None = None

    @property
    def pid_file(self) -> Path:
        """Return the file in which a running server writes who it is and how far it has come."""
        return self.data / "postmaster.pid"


def base(home: Path) -> Path:
    """Return the folder of everything about the server in this home."""
    return home / "postgres"


def of(home: Path, account: Account) -> Places:
    """Return the places of this home's server when `account` runs it. Raises UnsafePlaceError where they
    were made for another kind of account.
    """
    own = base(home)
    if account.kind != "other":
        socket = socket_folder(home)
        if SYSTEM in socket.parents:
            raise UnsafePlaceError(f"{socket.parent} was made for a server without user namespaces")
        return Places(own, own / "data", own / "log", socket)
    if (own / "data").exists():
        raise UnsafePlaceError(f"{own / 'data'} was made with user namespaces, which do not work here now")
    place = _system_place(home)
    return Places(own, place / "data", place / "log", place / "socket", place)


def socket_folder(home: Path) -> Path:
    """Return the socket's folder: in the home, or, where that path is too long, a random one.

    It is settled before the server has ever run, since settings ask for it before anything is started.
    """
    folder = base(home) / "socket"
    if _noted(home).exists():
        folder = Path(_noted(home).read_text(encoding="utf-8").strip())
    elif not (base(home) / "data").exists() and choose().kind == "other":
        folder = _system_place(home) / "socket"
    elif len(os.fsencode(folder / f".s.PGSQL.{PORT}")) > LONGEST_SOCKET:
        folder = _note(home, Path(tempfile.mkdtemp(prefix="hjemmel-")))
    if SYSTEM in folder.parents:
        return folder  # made with the server, for the account that runs it
    private_folder(folder)
    state = folder.lstat()
    if state.st_uid != os.getuid() and os.getuid() != 0:
        raise UnsafePlaceError(f"{folder} belongs to another user")
    return folder


def _noted(home: Path) -> Path:
    return base(home) / "socket_folder"


def _note(home: Path, folder: Path) -> Path:
    """Note the socket's folder for every later process; of two at once, the first one's stands."""
    noted = _noted(home)
    private_folder(noted.parent)
    draft = noted.with_name(f".socket_folder-{os.getpid()}")
    draft.write_text(f"{folder}\n", encoding="utf-8")
    try:
        os.link(draft, noted)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return Path(noted.read_text(encoding="utf-8").strip())


def _system_place(home: Path) -> Path:
    """Return this home's place under SYSTEM, chosen the first time."""
    if not _noted(home).exists():
        return _note(home, _new_place(home) / "socket").parent
    noted = Path(_noted(home).read_text(encoding="utf-8").strip())
    if SYSTEM not in noted.parents:
        raise UnsafePlaceError(f"{noted} was made with user namespaces, which do not work here now")
    return noted.parent


def _new_place(home: Path) -> Path:
    """Return where a new home's server may live. What a deleted home left is named, never taken over."""
    digest = hashlib.sha256(os.fsencode(home.resolve())).hexdigest()[:16]
    left = sorted(SYSTEM.glob(f"{digest}*"))
    if left:
        _log.warning("Left behind by a deleted data folder, and still holding its data: %s", left[-1])
    return SYSTEM / (digest if not left else f"{digest}-{len(left) + 1}")
