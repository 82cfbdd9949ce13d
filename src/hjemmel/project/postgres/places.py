"""Where the server's files are. The socket's folder is private and its path short,
as socket addresses must be.
"""

import os
import tempfile
from pathlib import Path

from hjemmel.project.secrets import private_folder

PORT = 5432
LONGEST_SOCKET = 100  # bytes; Linux allows 107, and PostgreSQL adds ".lock" to the name


class UnsafePlaceError(RuntimeError):
    """A folder that must be ours alone is somebody else's."""


def base(home: Path) -> Path:
    """Return the folder of everything about the server in this home."""
    return home / "postgres"


def socket_folder(home: Path) -> Path:
    """Return the socket's folder, made if missing: in the home, or, where that path is too long,
    a random one.
    """
    folder = base(home) / "socket"
    too_long = len(os.fsencode(folder / f".s.PGSQL.{PORT}.lock")) > LONGEST_SOCKET
    if too_long or note(home).exists():
        folder = _remembered(home)
    private_folder(folder)
    state = folder.lstat()
    if state.st_uid != os.getuid() and os.getuid() != 0:
        raise UnsafePlaceError(f"{folder} belongs to another user")
    return folder


def note(home: Path) -> Path:
    """Return the file that names the socket's folder when that is not in the home."""
    return base(home) / "socket_folder"


def _remembered(home: Path) -> Path:
    """Return the random folder that this home noted the first time."""
    noted = note(home)
    if noted.exists():
        return Path(noted.read_text(encoding="utf-8").strip())
    private_folder(noted.parent)
    folder = tempfile.mkdtemp(prefix="hjemmel-")
    draft = noted.with_name(f".socket_folder-{os.getpid()}")
    draft.write_text(folder + "\n", encoding="utf-8")
    try:
        os.link(draft, noted)
    except FileExistsError:
        Path(folder).rmdir()
    finally:
        draft.unlink()
    return Path(noted.read_text(encoding="utf-8").strip())
