"""The pages as files behind a small server that sends our own security headers, and one browser for them."""

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.utils import translation

from hjemmel.project.headers import CONTENT_SECURITY_POLICY

TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}


@pytest.fixture(autouse=True)
def _norwegian(settings) -> Iterator[None]:
    folders = [Path(__file__).parent / "templates"]
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": folders}]
    settings.ROOT_URLCONF = "tests.faces.look.urls"
    with translation.override("nb"):
        yield


class _Pages(http.server.BaseHTTPRequestHandler):
    """Answer with a page made by a test, or with a static file as the product finds it."""

    def __init__(self, pages: dict[str, str], *args: object) -> None:
        self.pages = pages
        super().__init__(*args)

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path in self.pages:
            return self._send(self.pages[path].encode(), "text/html; charset=utf-8")
        found = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
        if not found:
            return self.send_error(404)
        return self._send(Path(found).read_bytes(), TYPES[Path(found).suffix])

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._send(b"<!doctype html><title>Sendt</title>", "text/html; charset=utf-8")

    def _send(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def site() -> Iterator[tuple[str, dict[str, str]]]:
    """The address of the server, and the pages it has by path: put one in and open it."""
    pages: dict[str, str] = {}
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Pages, pages))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", pages
    server.shutdown()
    thread.join()
    server.server_close()
