"""Servers of their own for these tests, each in a home that pytest makes and this file takes down."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hjemmel.project.postgres import Server, account


def accounts() -> list[str]:
    """Return the ways in which a server can be run here: root may have two, everybody else has one."""
    if os.getuid() != 0:
        return ["self"]
    return ["namespace", "other"] if account.works(account.namespace()) else ["other"]


def take_down(server: Server) -> None:
    """Stop the server, and throw away what lies outside its home."""
    server.stop()
    if server.places.copy is not None and server.places.copy.exists():
        shutil.rmtree(server.places.copy)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "home"
    yield folder
    take_down(Server(folder, durable=False))


@pytest.fixture
def server(home: Path) -> Server:
    return Server(home, durable=False)


@pytest.fixture(params=accounts())
def any_server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    made = {"namespace": account.namespace, "other": account.other, "self": account.choose}[request.param]()
    server = Server(tmp_path / "home", account=made, durable=False)
    yield server
    take_down(server)


def python(code: str, *arguments: str | Path, **kwargs) -> subprocess.Popen:
    """Start another process that runs `code` with `sys.argv[1:]` = arguments."""
    return subprocess.Popen(
        [sys.executable, "-c", "import sys\n" + code, *map(str, arguments)],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
        text=True,
        **kwargs,
    )
