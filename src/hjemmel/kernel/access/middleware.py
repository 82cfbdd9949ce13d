"""One transaction a request, with the actor and the purposes of its route set in it (SET LOCAL).

All of the request lies inside: rendering too, since pages read. A fault (an exception or a 5xx) rolls
everything back. A body that is made later would be outside, so a streaming answer is refused.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from hjemmel.kernel.access import actor, routes
from hjemmel.kernel.access.routes import Route
from hjemmel.kernel.grounds.queries import steady
from hjemmel.kernel.subjects.refusals import INSUFFICIENT_PRIVILEGE

# What must be true of whoever acts: a duty of hers carries a purpose of the route, or she is responsible.
MAY = {"officer": "kernel.has_duty()", "responsible": "kernel.responsible() is not null"}


class ActingMiddleware:
    """Put last in MIDDLEWARE: sessions and log-in work before anybody acts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with transaction.atomic(), steady():
            token = actor.enter(None)
            try:
                response = self.get_response(request)
                if response.status_code >= 500:
                    transaction.set_rollback(True)
            finally:
                actor.leave(token)
        if response.streaming:
            message = "A streaming answer would be made outside the transaction and its actor."
            raise ImproperlyConfigured(message)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store, private"
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Let the route's actor act, or answer in her stead: log in first, or not yours."""
        del args, kwargs
        route = routes.of(view)
        if route is None:
            where = request.resolver_match.route if request.resolver_match else request.path
            message = f"{where}: no route says who acts here."
            raise ImproperlyConfigured(message)
        if route.kind == "form":
            self._act(f"form:{route.form}", route)
            return None
        if not request.user.is_authenticated:
            return redirect(f"{reverse('account_login')}?{urlencode({'next': request.path})}")
        account: Any = request.user
        if account.tied_on is None:
            raise PermissionDenied
        if account.printed and not route.with_printed:
            return redirect("change_password")
        self._act(f"{'self' if route.kind == 'own' else 'officer'}:{account.subject_id}", route)
        if route.kind in MAY and not _says(MAY[route.kind]):
            raise PermissionDenied
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """A refusal by the database is a refusal to the person, not a fault."""
        del request
        state = getattr(exception.__cause__, "sqlstate", None)
        if isinstance(exception, ProgrammingError) and state == INSUFFICIENT_PRIVILEGE:
            transaction.set_rollback(True)
            raise PermissionDenied from exception

    @staticmethod
    def _act(name: str, route: Route) -> None:
        who = actor.Actor(name, route.purposes)
        actor.enter(who)
        actor.tell_database(who)


def _says(test: str) -> bool:
    """What the database answers of whoever acts, today."""
    with connection.cursor() as cursor:
        cursor.execute(f"select {test}")
        row: tuple[bool] = cursor.fetchone()
    return row[0]
