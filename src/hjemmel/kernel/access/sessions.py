from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from hjemmel.kernel.access.models import Session

HOW_LOGGED_IN = "account_authentication_methods"


class SessionStore(DatabaseStore):
    """Sessions in a table of our own, tied to the account so that they end with it."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        session: Session = super().create_model_instance(data)  # type: ignore[assignment]
        account = data.get("_auth_user_id")
        session.account_id = int(account) if account else None
        return session

    def encode(self, session_dict: dict[str, Any]) -> str:
        """Return the session without how one logged in: the log-in library notes it with the user name."""
        return super().encode({k: v for k, v in session_dict.items() if k != HOW_LOGGED_IN})
