"""One server for the tests, a template database made once per version of the code, and the two ways to act:
plant as the owner, act as the app (SET ROLE in the same transaction, so that row-level security is on)."""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.environment import HOME

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from hjemmel.project.postgres.server import Server

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = os.environ.get("HJEMMEL_TEST_BROWSER", "/usr/bin/chromium")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


# What works on the files of the tests' one home, or on the one demonstration in their server.
ONE_AT_A_TIME = ("tests/browser", "tests/requirements", "tests/faces/cli", "tests/kernel/retention")


def pytest_configure(config: pytest.Config) -> None:
    """Let the server outlast the workers: else the one that started it would stop it under the others."""
    if getattr(config.option, "numprocesses", None) and not hasattr(config, "workerinput"):
        from hjemmel.project.postgres.server import Server

        up = Server(HOME, durable=False).running()
        up.__enter__()
        config.add_cleanup(lambda: up.__exit__(None, None, None))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Send a file's tests to one worker, for what they share, and those that could meet to the same one."""
    from xdist.scheduler import LoadFileScheduling

    class Together(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            together = nodeid.startswith(ONE_AT_A_TIME)
            return "one at a time" if together else super()._split_scope(nodeid)

    return Together(config, log)


@pytest.fixture(scope="session", autouse=True)
def _files(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever this process writes into the home lies apart from what commands of other workers write."""
    from django.conf import settings

    settings.HJEMMEL_HOME = tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def server() -> "Iterator[Server]":
    """The tests' own PostgreSQL, as it comes with the product; left as found."""
    from hjemmel.project.postgres.server import Server

    with Server(HOME, durable=False).running() as up:
        yield up


@pytest.fixture(scope="session")
def django_db_setup(server: "Server", django_db_blocker: "pytest.FixtureRequest") -> Iterator[None]:
    """A database of this run's own, copied from a template that is made when the code has changed."""
    import psycopg
    from django.conf import settings
    from django.db import connection

    template = f"tpl_{_fingerprint()}"
    name = f"test_{os.getpid()}"
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
    with psycopg.connect(**server.superuser(), autocommit=True) as root:
        root.execute("select pg_advisory_lock(20261123)")
        if not root.execute("select 1 from pg_database where datname = %s", [template]).fetchone():
            _make_template(root, server, template, django_db_blocker)
        root.execute("select pg_advisory_unlock(20261123)")
        root.execute(f'create database "{name}" owner hjemmel_owner template "{template}"')
        root.execute(f'revoke temporary on database "{name}" from public')  # rights are not copied
    yield
    connection.close()
    with psycopg.connect(**server.superuser(), autocommit=True) as root:
        root.execute(f'drop database "{name}" with (force)')


def _make_template(root: object, server: "Server", template: str, blocker: object) -> None:
    from django.core.management import call_command
    from django.db import connection

    from hjemmel.project.postgres import bootstrap

    for (old,) in root.execute("select datname from pg_database where datname like 'tpl_%'").fetchall():
        root.execute(f'drop database if exists "{old}" with (force)')
    bootstrap.run(server.superuser(), bootstrap.passwords(HOME), database=template + "_new")
    name = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = template + "_new"
    with blocker.unblock():
        call_command("migrate", verbosity=0)
        from tests.planting import found

        found()
        connection.close()
    connection.settings_dict["NAME"] = name
    root.execute(f'alter database "{template}_new" rename to "{template}"')


def _fingerprint() -> str:
    """The version of everything that shapes the template."""
    digest = hashlib.sha256()
    source = ROOT / "src" / "hjemmel"
    files = [
        *sorted(f for f in (source / "kernel").rglob("*.py") if "verify" not in f.parts),
        *sorted(source.glob("domain/*/models.py")),
        *sorted(source.glob("domain/*/personal.py")),
        *sorted(source.glob("domain/*/lookups.py")),
        *sorted(source.glob("domain/*/migrations/*.py")),
        *sorted((source / "declaration").rglob("*.yaml")),
        *sorted((source / "project").rglob("*.sql")),
        ROOT / "tests" / "planting.py",
    ]
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


@pytest.fixture
def as_app(db: None) -> Callable[..., AbstractContextManager[None]]:
    """`with as_app(actor=…, purpose=…):` the rest of the block runs as the unprivileged app role."""
    from tests import acting

    return acting.as_app


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """The one browser of the tests: Playwright can be started once in a process."""
    from django.db import connections
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread. Django takes what follows for asynchronous and connects
    # again, so the connection from before is closed, or it would stay open where no later test can close it.
    connections.close_all()
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield opened
        opened.close()
