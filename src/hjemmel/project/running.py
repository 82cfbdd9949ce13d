"""Who runs in this home: a process that serves holds a locked file with its number in it.

The lock goes with the process, however it ends, so a number left behind fools nobody.
"""

import fcntl
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hjemmel.project.postgres import processes
from hjemmel.project.secrets import private_folder

PARTS = ("web", "worker")
STOP_SECONDS = 60.0


class AlreadyRunningError(RuntimeError):
    """Another process serves this home."""


@contextmanager
def marked(home: Path, part: str) -> Iterator[None]:
    """Be the one that runs `part` here. Raises AlreadyRunningError naming the process that does."""
    handle = os.open(_file(home, part), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunningError(f"kjører allerede (prosess {who(home, part)})") from None
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(handle)


def who(home: Path, part: str) -> int | None:
    """Return the process that runs `part` here, or None."""
    try:
        handle = os.open(_file(home, part), os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        text = os.pread(handle, 32, 0).strip()
        return int(text) if text.isdigit() else None
    else:
        return None
    finally:
        os.close(handle)


def stop(home: Path) -> bool:
    """Ask what runs here to stop, wait for it, and return whether anything ran."""
    found = {pid for part in PARTS if (pid := who(home, part))}
    for pid in found:
        os.kill(pid, signal.SIGTERM)
    gone = processes.wait(lambda: not any(who(home, part) in found for part in PARTS), STOP_SECONDS)
    if not gone:
        raise AlreadyRunningError(f"prosess {', '.join(map(str, found))} stopper ikke")
    return bool(found)


def _file(home: Path, part: str) -> Path:
    return private_folder(home) / f"{part}.pid"
