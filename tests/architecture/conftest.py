from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection

from tests.environment import HOME
from tests.kernel.verify import register


@pytest.fixture
def planted(db) -> register.Register:
    """A register in which every promise is kept."""
    return register.plant()


@pytest.fixture
def login(server, db) -> Iterator[psycopg.Connection[Any]]:
    """A connection logged in as the app with its own password, as the web has it; what it does is undone."""
    from hjemmel.project.postgres import bootstrap

    place = server.superuser() | {
        "user": "hjemmel_app",
        "password": bootstrap.passwords(HOME)["hjemmel_app"],
        "dbname": connection.settings_dict["NAME"],
    }
    with psycopg.connect(**place) as app:
        yield app
        app.rollback()
