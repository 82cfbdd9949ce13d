"""Commands in tests: in the test's own transaction, or as a process of their own on a register apart."""

import os
import subprocess
import sys
from contextlib import AbstractContextManager, nullcontext

from hjemmel.faces.cli import main
from hjemmel.project.postgres import places
from tests.environment import HOME
from tests.kernel.retention.keeping import keeper


class Here:
    """The installation of the test: its database is up, and the command gets the role it asks for."""

    def database(self, role: str, *, make: bool = False) -> AbstractContextManager[object]:
        """Act as the keeper where that is asked for; the test is the owner."""
        assert not make
        assert role in {"keeper", "owner"}
        return keeper() if role == "keeper" else nullcontext()


def command(*argv: str) -> int:
    """Run one command in the test's transaction; return its exit code."""
    return main(argv, Here())  # type: ignore[arg-type]  # what these commands need of an installation


def environment(register: str) -> dict[str, str]:
    """What a process needs to work on the register of that name."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("HJEMMEL_")}
    where = f"postgresql:///{register}?host={places.socket_folder(HOME)}"
    return clean | {
        "HJEMMEL_HOME": str(HOME),
        "HJEMMEL_DATABASE_URL": where,
        "DJANGO_SETTINGS_MODULE": "hjemmel.project.settings",
    }


def started(register: str, *argv: str) -> "subprocess.Popen[str]":
    """Start a command as a process, on the register of that name."""
    return subprocess.Popen(
        [sys.executable, "-m", "hjemmel.project.console", *argv],
        env=environment(register),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(register: str, *argv: str) -> tuple[int, str, str]:
    """Run a command as a process; return its exit code, what it printed, and what it told."""
    with started(register, *argv) as process:
        out, err = process.communicate()
    return process.returncode, out, err
