from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import psycopg
import pytest
from django.db import connection

from hjemmel.project.postgres import bootstrap
from tests.environment import HOME

Login = Callable[[str], AbstractContextManager[None]]


@pytest.fixture
def register_apart(server: Any, django_db_setup: None, django_db_blocker: Any) -> Iterator[Login]:
    """A register of the test's own, where what is written is committed. `with login("keeper"):` acts as that
    role by its own password; outside it is the owner.
    """
    name = f"{connection.settings_dict['NAME']}_apart"
    own = {key: connection.settings_dict[key] for key in ("NAME", "USER", "PASSWORD")}
    connection.close()
    with psycopg.connect(**server.superuser(), autocommit=True) as root:
        root.execute(f'drop database if exists "{name}" with (force)')
        root.execute(f'create database "{name}" owner hjemmel_owner template "{own["NAME"]}"')
        root.execute(f'revoke temporary on database "{name}" from public')

    @contextmanager
    def login(role: str) -> Iterator[None]:
        connection.close()
        user = f"hjemmel_{role}"
        connection.settings_dict |= {"USER": user, "PASSWORD": bootstrap.passwords(HOME)[user]}
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict |= {"USER": own["USER"], "PASSWORD": own["PASSWORD"]}

    connection.settings_dict["NAME"] = name
    with django_db_blocker.unblock():
        yield login
        connection.close()
    connection.settings_dict |= own
    with psycopg.connect(**server.superuser(), autocommit=True) as root:
        root.execute(f'drop database "{name}" with (force)')


@pytest.fixture
def second(register_apart: Login) -> Iterator[psycopg.Connection[Any]]:
    """Another log-in of the owner's to the register apart, in a transaction of its own."""
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    with psycopg.connect(**{k: connection.settings_dict[v] for k, v in names.items()}) as other:
        other.execute("set lock_timeout = '200ms'")
        other.commit()
        yield other
        other.rollback()
