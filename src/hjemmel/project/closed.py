"""While a backup is read in over the register, and while there is no database to ask, nobody gets in: every
page is this one, and logging in is none.
"""

from collections.abc import Callable

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
            with connection.cursor() as cursor:
                cursor.execute(ASKED)
                restoring = bool(cursor.fetchone()[0])
        except OperationalError:
            return _page("away")
        return _page("restoring") if restoring else self.get_response(request)


def _page(why: str) -> HttpResponse:
    text = render_to_string("closed.html", {"why": why})
    return HttpResponse(text, status=503, headers={"Retry-After": AGAIN, "Cache-Control": "no-store"})
