"""Logging in. The web sees one account, that whose key it has been given: the user name typed into the form,
or the id that the session holds.
"""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from hjemmel.kernel.access.keys import ACCOUNT, USERNAME, presented
from hjemmel.kernel.access.models import Account


class Login(AuthenticationBackend):  # type: ignore[misc]  # it has no types
    """The log-in library's back end, which presents its key before it looks."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Account | None:
        """Return the account, or None. The row stays in sight for the rest of the request: logging in notes
        the moment in it.
        """
        with presented(USERNAME, str(credentials.get("username") or "")):
            found: Account | None = super().authenticate(request, **credentials)
        return found

    def get_user(self, user_id: int) -> Account | None:
        """Return the account that a session holds, or None."""
        with presented(ACCOUNT, str(user_id)):
            found: Account | None = super().get_user(user_id)
        return found
