"""Who acts, and for what. Every read and write happens as an actor, for purposes that the route names."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from dataclasses import dataclass

from django.db import connection, transaction

from hjemmel.kernel import clock


class NoActorError(RuntimeError):
    """Raised on reading what is masked while nobody acts: a fault must not look like an empty list."""


@dataclass(frozen=True, slots=True)
class Actor:
    """`name` is as the database knows it: officer:ID, self:ID, form:NAME, job:NAME, console, system."""

    name: str
    purposes: tuple[str, ...]

    @property
    def subject_id(self) -> int | None:
        """The subject who acts, for an officer or a person on her own page."""
        kind, _, number = self.name.partition(":")
        return int(number) if kind in {"officer", "self"} else None


_actor: ContextVar[Actor | None] = ContextVar("hjemmel_actor", default=None)


def current() -> Actor | None:
    """The present actor, or None where nobody acts."""
    return _actor.get()


def enter(who: Actor | None) -> Token[Actor | None]:
    """Let `who` be the present actor of this context until `leave` is given the token."""
    return _actor.set(who)


def leave(token: Token[Actor | None]) -> None:
    """Let the actor before `enter` be the present one again."""
    _actor.reset(token)


def require(what: str) -> Actor:
    """The present actor. Raises NoActorError where nobody acts, naming what was about to be read."""
    actor = _actor.get()
    if actor is None:
        message = f"Nobody acts, so {what} cannot be read. Open access.acting(actor=…, purpose=…) first."
        raise NoActorError(message)
    return actor


@contextmanager
def acting(*, actor: str, purpose: str | tuple[str, ...], reason: str = "") -> Iterator[Actor]:
    """Open a transaction in which `actor` acts for `purpose` (`activity/purpose`, or several). `reason`
    says why rows are deleted. What was set before is set again at the end.
    """
    who = Actor(actor, (purpose,) if isinstance(purpose, str) else purpose)
    with transaction.atomic():
        before = _read()
        token = _actor.set(who)
        tell_database(who, reason=reason)
        try:
            yield who
        finally:
            _actor.reset(token)
        _write(*before)  # after an error the rollback has set them back already


def tell_database(actor: Actor | None, *, reason: str = "") -> None:
    """Say who acts for the rest of this transaction."""
    _write(actor.name if actor else "", ",".join(actor.purposes) if actor else "", reason)
    if clock.moved():
        clock.tell_database()


def _read() -> tuple[str, str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select coalesce(current_setting('hjemmel.actor', true), ''),"
            " coalesce(current_setting('hjemmel.purpose', true), ''),"
            " coalesce(current_setting('hjemmel.reason', true), '')"
        )
        row: tuple[str, str, str] = cursor.fetchone()
    return row


def _write(actor: str, purpose: str, reason: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select set_config('hjemmel.actor', %s, true), set_config('hjemmel.purpose', %s, true),"
            " set_config('hjemmel.reason', %s, true)",
            [actor, purpose, reason],
        )
