"""While a backup is read in over the register, and while there is no database to ask, nobody gets in: every
page is this one, and logging in is none.
"""

from collections.abc import Callable

import psycopg
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

ASKED = "select exists (select from public.clock_installation where restoring_since is not null)"
AGAIN = "120"  # seconds


class ClosedWhileRestoring:
    """Ask before anything else is read, sessions too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the answer of the rest of the chain, or that the register is being restored."""
        try:
            restoring = _restoring()
        except (OperationalError, psycopg.OperationalError):
            return _page("away")
        return _page("restoring") if restoring else self.get_response(request)


def _restoring() -> bool:
    """Ask past Django, which would count it among what each page asks."""
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    session: psycopg.Connection[tuple[bool]] = connection.connection
    row = session.execute(ASKED).fetchone()
    return bool(row and row[0])


def _page(why: str) -> HttpResponse:
    text = render_to_string("closed.html", {"why": why})
    return HttpResponse(text, status=503, headers={"Retry-After": AGAIN, "Cache-Control": "no-store"})
