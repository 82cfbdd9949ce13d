from collections.abc import Callable, Iterator

import pytest
from django.db import connection

from tests.kernel.verify import register


@pytest.fixture
def planted(db) -> register.Register:
    """A register in which every promise is kept."""
    return register.plant()


@pytest.fixture
def superuser(server, db) -> Iterator[Callable[[str], None]]:
    """Run a statement with a superuser's power inside the test's own transaction, so that it is undone with
    it: the owner is one for as long as the test lasts.
    """
    import psycopg

    def power(word: str) -> None:
        with psycopg.connect(**server.superuser(), autocommit=True) as root:
            root.execute(f"alter role hjemmel_owner {word}")

    def run(statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    power("superuser")
    yield run
    power("nosuperuser")
