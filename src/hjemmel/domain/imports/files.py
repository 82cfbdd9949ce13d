"""Where the files of refused and waiting rows lie: in a folder of the register's own, so that they go with
the rows that they are copies of.
"""

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

STEM = 80  # of the list's own name; a file name has room for 255 bytes
NAME = re.compile(r"\.?.*-(\d{1,19})-(?:avvist|venter)\.csv(?:\.new)?", re.DOTALL)

WAITING = "select distinct run_id from public.imports_row where run_id = any(%s)"


def place(source: Path, run_id: int, ending: str) -> Path:
    """Return where a run's file lies: named after the list and the run, in a folder for its owner alone."""
    found = _folder()
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    found.chmod(0o700)
    return found / f"{source.stem[:STEM]}-{run_id}-{ending}.csv"


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Hold the folder of `path` while a file is written, so that no night takes it away half done."""
    with _held(path.parent, fcntl.LOCK_SH):
        yield


def clear() -> int:
    """Delete every file but those of runs that have rows waiting, and return how many: what a dry run or a
    broken-off one left, and what somebody put there besides.
    """
    folder = _folder()
    if not folder.is_dir():
        return 0
    with _held(folder, fcntl.LOCK_EX):
        files = {path: NAME.fullmatch(path.name) for path in folder.iterdir() if _is_file(path)}
        with connection.cursor() as cursor:
            cursor.execute(WAITING, [[int(found[1]) for found in files.values() if found]])
            runs = {run_id for (run_id,) in cursor.fetchall()}
        over = [path for path, found in files.items() if not found or int(found[1]) not in runs]
        for path in over:
            path.unlink(missing_ok=True)
    return len(over)


def _folder() -> Path:
    return Path(settings.HJEMMEL_HOME).absolute() / "imports"


def _is_file(path: Path) -> bool:
    return path.is_symlink() or not path.is_dir()


@contextmanager
def _held(folder: Path, how: int) -> Iterator[None]:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, how)
        yield
    finally:
        os.close(handle)
