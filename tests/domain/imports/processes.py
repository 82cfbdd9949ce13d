"""The command line as a process of its own, on a register of a test's own."""

import os
import subprocess
import sys
from pathlib import Path

from hjemmel.project.postgres import places
from tests.environment import HOME


def started(register: str, file: Path, *more: str, as_json: bool = True) -> "subprocess.Popen[str]":
    """Start `hjemmel import persons FILE` on the register of that name."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("HJEMMEL_")}
    where = f"postgresql:///{register}?host={places.socket_folder(HOME)}"
    return subprocess.Popen(
        [
            sys.executable, "-m", "hjemmel.project.console", "import", "persons", str(file), *more,
            *(["--json"] if as_json else []),
        ],
        env=clean | {"HJEMMEL_HOME": str(HOME), "HJEMMEL_DATABASE_URL": where},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip
