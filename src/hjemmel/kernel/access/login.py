"""Logging in. The web sees one account, that whose key it has been given: the user name typed into the form,
or the id that the session holds. This tells the database which (SET LOCAL); `keyed` is what it does with it.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db import connection, transaction
from django.http import HttpRequest

from hjemmel.kernel.access.models import Account

USERNAME, ACCOUNT = "hjemmel.username", "hjemmel.account"


class Login(AuthenticationBackend):  # type: ignore[misc]  # it has no types
    """The log-in library's back end, which presents its key before it looks."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Account | None:
        """Return the account, or None. The row stays in sight for the rest of the request: logging in notes
        the moment in it.
        """
        with _presented(USERNAME, str(credentials.get("username") or "")):
            found: Account | None = super().authenticate(request, **credentials)
        return found

    def get_user(self, user_id: int) -> Account | None:
        """Return the account that a session holds, or None."""
        with _presented(ACCOUNT, str(user_id)):
            found: Account | None = super().get_user(user_id)
        return found


@contextmanager
def _presented(setting: str, key: str) -> Iterator[None]:
    """The key lasts for the transaction: the request's, or one made for this where there is none."""
    with nullcontext() if connection.in_atomic_block else transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select set_config(%s, %s, true)", [setting, key])
        yield
