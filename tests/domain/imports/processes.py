"""The import as a process of its own, on a register of a test's own."""

import subprocess
from pathlib import Path

from tests import commands


def started(register: str, file: Path, *more: str, as_json: bool = True) -> "subprocess.Popen[str]":
    """Start `hjemmel import persons FILE` on the register of that name."""
    form = ["--json"] if as_json else []
    return commands.started(register, "import", "persons", str(file), *more, *form)
