"""The product in a real browser: its own web server as the unprivileged role, on a copy of a small
demonstration that is made once per version of the code.
"""

import json
import os
import socket
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from psycopg import sql

from tests.conftest import ROOT, _fingerprint
from tests.environment import HOME

PERSONS = 320
BUILD = """
import json, django
django.setup()
from django.core.management import call_command
from hjemmel.declaration import texts_of
from hjemmel.kernel.statement.actions import apply
from hjemmel.project import demonstration
call_command("migrate", verbosity=0)
print(json.dumps(demonstration.build(persons=%d)))
files = texts_of("mission")
for name, before, after in (
    ("membership", "sources: [self,", "sources: [self, social_media,"),
    ("accounts", "for: P5Y", "for: P4Y"),
):
    assert files[f"activities/{name}.yaml"].count(before) == 1
    files[f"activities/{name}.yaml"] = files[f"activities/{name}.yaml"].replace(before, after)
apply(files)  # so that there is a version that is no longer in force
"""
LEADER, KEEPER, REGION, YOUNG = ("lokallag", "medlem", "region", "ung")


@dataclass
class Site:
    """The product as it runs: where, and who may log in."""

    address: str
    logins: dict[str, str]
    browser: Browser
    states: dict[str, Any] = field(default_factory=dict)

    @contextmanager
    def visit(self, who: str = "", **options: Any) -> Iterator[Page]:
        """A tab of a browser of its own where `who` is logged in already. It must keep quiet: no error in
        the console, and nothing asked of anybody else.
        """
        if who and who not in self.states:
            with self.visit() as door:
                self.log_in(door, who)
                self.states[who] = door.context.storage_state()
        size = {"viewport": {"width": 1280, "height": 900}, "locale": "nb-NO", "color_scheme": "light"}
        state = {"storage_state": self.states[who]} if who else {}
        context: BrowserContext = self.browser.new_context(**(size | options), **state, base_url=self.address)
        context.set_default_timeout(60_000)  # a busy machine
        tab, strangers = context.new_page(), []
        context.on("request", lambda one: strangers.append(one.url) if self._is_strange(one.url) else None)
        try:
            yield tab
        finally:
            context.close()
        assert strangers == []

    def log_in(self, tab: Page, who: str) -> None:
        """Through the page, as anybody does."""
        tab.goto("/konto/logg-inn/")
        tab.fill("[name=login]", f"{who}@example.org")
        tab.fill("[name=password]", self.logins[who])
        tab.click("main button[type=submit]")
        tab.wait_for_url(lambda url: "logg-inn" not in url)

    def _is_strange(self, url: str) -> bool:
        return not url.startswith((self.address, "data:", "blob:"))


@pytest.fixture(scope="session")
def site(server: Any, browser: Browser) -> Iterator[Site]:
    """The web server of the product, on a database of this run's own."""
    with opened(server, browser, f"web_{os.getpid()}") as up:
        yield up


@contextmanager
def opened(server: Any, browser: Browser, name: str) -> Iterator[Site]:
    """A site on a database of that name, which goes with it."""
    with psycopg.connect(**server.superuser(), autocommit=True) as root:
        root.execute("select pg_advisory_lock(20261124)")
        template = _template(root, server)
        root.execute("select pg_advisory_unlock(20261124)")
        root.execute(f'create database "{name}" owner hjemmel_owner template "{template}"')
        root.execute(f'revoke temporary on database "{name}" from public')  # rights are not copied
        note = root.execute(
            "select shobj_description(oid, 'pg_database') from pg_database where datname = %s", [template]
        ).fetchone()
    port = _free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--workers", "1", "--blocking-threads", "2"]
    command += ["--log-level", "error", "hjemmel.project.wsgi:application"]
    applying = [sys.executable, "-c", "from hjemmel.project.applier import main; main()"]
    with (
        subprocess.Popen(command, env=_environment(server, name, "app"), cwd=ROOT) as process,
        subprocess.Popen(applying, env=_environment(server, name, "owner"), cwd=ROOT) as applier,
    ):
        try:
            _wait(port, process)
            logins = {one["username"].partition("@")[0]: one["password"] for one in json.loads(note[0])}
            yield Site(f"http://127.0.0.1:{port}", logins, browser)
        finally:
            process.terminate()
            applier.terminate()
    with psycopg.connect(**server.superuser(), autocommit=True) as root:
        root.execute(f'drop database "{name}" with (force)')


def _template(root: Any, server: Any) -> str:
    """The demonstration of this version of the code; its log-ins are noted on the database itself."""
    demonstration = sorted((ROOT / "src/hjemmel/project/demonstration").iterdir())
    text = BUILD + "".join(f"{f.name}{f.stat().st_mtime_ns}" for f in demonstration if f.is_file())
    name = f"demo_{_fingerprint()[:10]}_{zlib.crc32(text.encode())}"
    if root.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
        return name
    from hjemmel.project.postgres import bootstrap

    for (old,) in root.execute(r"select datname from pg_database where datname like 'demo\_%'").fetchall():
        root.execute(f'drop database if exists "{old}" with (force)')
    bootstrap.run(server.superuser(), bootstrap.passwords(HOME), database=f"{name}_new")
    built = subprocess.run(
        [sys.executable, "-c", BUILD % PERSONS],
        env=_environment(server, f"{name}_new", "owner"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr[-2000:]
    logins = json.dumps(json.loads(built.stdout.splitlines()[-1])["logins"])
    root.execute(sql.SQL("comment on database {} is {}").format(sql.Identifier(f"{name}_new"), logins))
    root.execute(f'alter database "{name}_new" rename to "{name}"')
    return name


def _environment(server: Any, database: str, role: str) -> dict[str, str]:
    place = server.superuser()
    own = {
        "HJEMMEL_HOME": str(HOME),
        "HJEMMEL_ROLE": role,
        "HJEMMEL_DATABASE_URL": f"postgresql://:{place['port']}/{database}?host={place['host']}",
        "DJANGO_SETTINGS_MODULE": "hjemmel.project.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }
    return {k: v for k, v in os.environ.items() if not k.startswith("HJEMMEL_")} | own


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        _pause(process)
    message = "the web server did not come up"
    raise RuntimeError(message)


def _pause(process: "subprocess.Popen[bytes]") -> None:
    """A tenth of a second, or until the process ends."""
    try:
        process.wait(0.1)
    except subprocess.TimeoutExpired:
        return


@pytest.fixture
def visit(site: Site) -> Callable[..., Any]:
    """`with visit("lokallag") as tab:`"""
    return site.visit
