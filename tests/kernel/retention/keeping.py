"""Sweeping in tests: as the keeper's role, on a given day, with what was planted counting as committed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connection

from hjemmel.kernel.retention import actions, queries


@contextmanager
def keeper() -> Iterator[None]:
    """The rest of the block runs as the keeper."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")
        cursor.execute("set role hjemmel_keeper")
    try:
        yield
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("reset role")
                cursor.execute("reset lock_timeout")  # the sweep's patience ends with its transaction


def sweep(on: date, **options: Any) -> actions.Swept:
    """What `hjemmel retention run --on` does. The plan of the same day must have said just that."""
    with keeper():
        planned = queries.plan(on)
        assert queries.count(on) == planned.counts
        done = actions.run(on, **options)
        assert done.counts == planned.counts
        assert (done.left, queries.waiting(on), queries.plan(on).items) == (0, [], ())
    return done


def rows(sql: str, *values: object) -> list[Any]:
    """The answer to a query, as the owner."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return cursor.fetchall()
