"""Presenting a key. Before anybody is known the web sees the row whose key it has been given and no other:
this tells the database which key that is (SET LOCAL); `keyed` is what it does with it.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from django.db import connection, transaction

USERNAME, ACCOUNT, SESSION = "hjemmel.username", "hjemmel.account", "hjemmel.session"


@contextmanager
def presented(setting: str, key: str) -> Iterator[None]:
    """The key lasts for the transaction: the request's, or one made for this where there is none."""
    with nullcontext() if connection.in_atomic_block else transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select set_config(%s, %s, true)", [setting, key])
        yield
