"""Who lives, told by /proc. A killed server may stay a zombie for seconds:
it answers to signals and is dead.
"""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path


def reap(pid: int) -> None:
    """Take a dead child off the list. Does nothing to a living one or to somebody else's child."""
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return


def alive(pid: int) -> bool:
    """Return whether the process runs: it exists and is no zombie."""
    reap(pid)
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return text.rpartition(")")[2].split()[0] not in {"Z", "X"}


def arguments(pid: int) -> list[str]:
    """Return the command line, empty for a process that is gone."""
    try:
        return [os.fsdecode(part) for part in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0") if part]
    except (FileNotFoundError, ProcessLookupError):
        return []


def working_in(folder: Path) -> list[int]:
    """Return the living processes whose working folder this is: of a data folder,
    its server and its children.
    """
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            inside = (entry / "cwd").samefile(folder)
        except OSError:
            continue
        if inside and alive(int(entry.name)):
            found.append(int(entry.name))
    return found


def wait(condition: Callable[[], bool], seconds: float, step: float = 0.02) -> bool:
    """Return whether the condition came true within the time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(step)
    return True


def end_orphans(folder: Path) -> None:
    """See the children of a killed server off: they go by themselves, but not from inside a long query."""
    for sign, seconds in ((None, 1.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 10.0)):
        for pid in working_in(folder) if sign else []:
            _send(pid, sign)
        if wait(lambda: not working_in(folder), seconds):
            return


def _send(pid: int, sign: signal.Signals | None) -> None:
    try:
        os.kill(pid, sign or 0)
    except ProcessLookupError:
        return
