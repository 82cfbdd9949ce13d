"""Why rows go. The database lets no row about a person go without a reason, and writes it in the log."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def because(reason: str) -> Iterator[None]:
    """Let what is deleted (or changed) in this block stand in the log with `reason`: a kind, a colon and a
    word, as `rectification:wrong`; never anything about the person.
    """
    before = _set(reason)
    try:
        yield
    finally:
        if not connection.needs_rollback:
            _set(before)


def _set(reason: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(current_setting('hjemmel.reason', true), '')")
        before: str = cursor.fetchone()[0]
        cursor.execute("select set_config('hjemmel.reason', %s, true)", [reason])
    return before
