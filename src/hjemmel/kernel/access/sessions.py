"""Sessions in a table of our own. The key that the browser holds is stored as a digest, so that whoever reads
the table can be nobody by it, and what a session holds is signed for that key, so that it is good in no other
row. The web sees, writes and ends the one session whose key it presents.
"""

from hashlib import blake2b
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db.models import QuerySet
from django.utils import timezone

from hjemmel.kernel.access.keys import SESSION, presented
from hjemmel.kernel.access.models import Session

HOW_LOGGED_IN = "account_authentication_methods"
DIGEST_BYTES = 20  # as long in hexadecimal as the column is wide


def stored(session_key: str) -> str:
    """Return what stands in the table for the key that the browser holds."""
    return blake2b(session_key.encode(), digest_size=DIGEST_BYTES).hexdigest()


class SessionStore(DatabaseStore):
    """Tied to the account, so that sessions end with it."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    @property
    def key_salt(self) -> str:
        """What the signature is bound to: this session's key, which the table does not hold."""
        return f"hjemmel.session.{self.session_key}"

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        session: Session = super().create_model_instance(data)  # type: ignore[assignment]
        session.session_key = stored(session.session_key)
        account = data.get("_auth_user_id")
        session.account_id = int(account) if account else None
        return session

    def exists(self, session_key: str) -> bool:
        digest = stored(session_key)
        with presented(SESSION, digest):
            return super().exists(digest)

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - as the framework calls it
        if self.session_key is None:
            self.create()
            return
        with presented(SESSION, stored(self.session_key)):
            super().save(must_create=must_create)

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            digest = stored(key)
            with presented(SESSION, digest):
                super().delete(digest)

    def encode(self, session_dict: dict[str, Any]) -> str:
        """Return the session without how one logged in: the log-in library notes it with the user name."""
        return super().encode({k: v for k, v in session_dict.items() if k != HOW_LOGGED_IN})

    def _get_session_from_db(self) -> Session | None:
        key, found = self.session_key, None
        running: QuerySet[Session] = Session.objects.filter(expire_date__gt=timezone.now())
        if key:
            with presented(SESSION, stored(key)):
                found = running.filter(session_key=stored(key)).first()
        if found is None:
            self._session_key = None
        return found
