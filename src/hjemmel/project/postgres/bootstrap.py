"""Make the roles and the database, on the server that comes along or, given a superuser, on any other.

For a server of one's own: `hjemmel migrate` with `HJEMMEL_DATABASE_URL=postgresql://SUPERUSER:PASSWORD@HOST/NAME`
once, and the same without SUPERUSER:PASSWORD@ from then on.
"""

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from hjemmel.project import secrets

DATABASE = "hjemmel"
LOGINS = ("owner", "keeper", "dump", "app")


def passwords(home: Path) -> dict[str, str]:
    """Return the password of each role that logs in, by role name, from the home's secrets."""
    return {f"hjemmel_{role}": secrets.read(home, f"postgres_{role}") for role in LOGINS}


def run(superuser: Mapping[str, Any], logins: Mapping[str, str], *, database: str = DATABASE) -> None:
    """Make what is missing; change nothing that is there, except passwords that no longer fit.

    `superuser` is libpq's parameters of a superuser, or of a role with CREATEROLE and CREATEDB.
    """
    with psycopg.connect(
        **{**superuser, "dbname": superuser.get("dbname", "postgres")}, autocommit=True
    ) as server:
        known = {row[0] for row in server.execute("select rolname from pg_roles")}
        server.execute(_text("roles.sql"))
        for role, password in logins.items():
            if role not in known or not _fits({**superuser, "dbname": "postgres"}, role, password):
                _set_password(server, role, password)
        _make_database(server, database)
    with psycopg.connect(**{**superuser, "dbname": database}) as inside:
        inside.execute(_text("database.sql"))


def make(maker: Mapping[str, Any], database: str) -> None:
    """Make one database more, empty and with nothing open to everybody. `maker` may be the owner's role."""
    with psycopg.connect(**{**maker, "dbname": "postgres"}, autocommit=True) as server:
        _make_database(server, database)
    with psycopg.connect(**{**maker, "dbname": database}) as inside:
        inside.execute(_text("database.sql"))


def drop(superuser: Mapping[str, Any], *, database: str = DATABASE) -> None:
    """Throw the database away with all that is in it, whoever is logged in."""
    with psycopg.connect(**{**superuser, "dbname": "postgres"}, autocommit=True) as server:
        server.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(database)))


def _text(name: str) -> bytes:
    return files(__package__).joinpath(name).read_bytes()


def _fits(superuser: Mapping[str, Any], role: str, password: str) -> bool:
    try:
        psycopg.connect(**{**superuser, "user": role, "password": password}).close()
    except psycopg.OperationalError:
        return False
    return True


def _set_password(server: "psycopg.Connection[Any]", role: str, password: str) -> None:
    """Send the verifier that the server would store, so that no log or statistic can hold the password."""
    verifier = server.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
    server.execute(sql.SQL("alter role {} password {}").format(sql.Identifier(role), sql.Literal(verifier)))


def _make_database(server: "psycopg.Connection[Any]", database: str) -> None:
    """Make the database if it is not there, sorted by code point: names have a sort key of their own."""
    if server.execute("select 1 from pg_database where datname = %s", [database]).fetchone():
        return
    statement = sql.SQL(
        "create database {} owner hjemmel_owner template template0 encoding 'UTF8' locale 'C.UTF-8'"
    )
    try:
        server.execute(statement.format(sql.Identifier(database)))
    except psycopg.errors.DuplicateDatabase:
        return  # somebody else made it meanwhile
