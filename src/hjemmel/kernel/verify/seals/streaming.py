"""Rows as they come, in order, a few thousand at a time: ten million take no more memory than ten."""

from collections.abc import Iterator
from typing import Any

from django.db import connection

ROWS = 5000
# In order from an index, with a look-up for each row, rather than ten million rows sorted before the first.
IN_ORDER = ("enable_hashjoin", "enable_mergejoin", "enable_sort")


def stream(sql: str, *, in_order: bool = False) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a query, from a cursor in the database; in an open transaction."""
    with connection.cursor() as settings, connection.chunked_cursor() as cursor:
        for name in IN_ORDER if in_order else ():
            settings.execute(f"set local {name} = off")
        cursor.execute(sql)
        for name in IN_ORDER if in_order else ():
            settings.execute(f"set local {name} to default")
        while rows := cursor.fetchmany(ROWS):
            yield from rows
