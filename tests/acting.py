"""Acting as the web does: as the unprivileged role, in the test's own transaction."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from hjemmel.kernel import access


@contextmanager
def as_web() -> Iterator[None]:
    """The rest of the block runs as the app role, with row-level security on."""
    with connection.cursor() as cursor:
        # What was planted counts as committed: nobody is entering any more.
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")
        cursor.execute("set local search_path = seen, public, kernel")
        cursor.execute("set local role hjemmel_app")
    try:
        yield
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("reset role")
                cursor.execute("set local search_path = public, kernel")


@contextmanager
def as_app(*, actor: str, purpose: str | tuple[str, ...]) -> Iterator[None]:
    """The same, as an actor for some purposes."""
    with access.acting(actor=actor, purpose=purpose), as_web():
        yield
