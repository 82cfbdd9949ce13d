"""Registers of their own, in which things are really written: for what is broken off and taken up again."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

_numbers = itertools.count()


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    """A data folder of the test's own, for the files that imports leave."""
    settings.HJEMMEL_HOME = tmp_path / "home"
    return tmp_path / "home"


@pytest.fixture
def register(
    server: Any, django_db_setup: None, django_db_blocker: Any
) -> Callable[[], AbstractContextManager[str]]:
    """`with register() as name:` the block works in a fresh register, committed as it goes."""
    import psycopg
    from django.db import connection

    usual = connection.settings_dict["NAME"]

    @contextmanager
    def fresh() -> Iterator[str]:
        name = f"{usual}_{next(_numbers)}"
        connection.close()
        with psycopg.connect(**server.superuser(), autocommit=True) as root:
            root.execute(f'create database "{name}" owner hjemmel_owner template "{usual}"')
            root.execute(f'revoke temporary on database "{name}" from public')  # rights are not copied
        connection.settings_dict["NAME"] = name
        try:
            with django_db_blocker.unblock():
                yield name
        finally:
            connection.close()
            connection.settings_dict["NAME"] = usual
            with psycopg.connect(**server.superuser(), autocommit=True) as root:
                root.execute(f'drop database "{name}" with (force)')

    return fresh
