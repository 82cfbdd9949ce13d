"""Roles and database as the kernel needs them, made as often as one likes."""

from collections.abc import Iterator

import psycopg
import pytest

from hjemmel.project import secrets
from hjemmel.project.postgres import Server, bootstrap

from .conftest import take_down


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("bootstrap") / "home", durable=False)
    server.start()
    yield server
    take_down(server)


def connect(server: Server, role: str) -> psycopg.Connection:
    password = secrets.read(server.home, f"postgres_{role}")
    login = {"user": f"hjemmel_{role}", "password": password}
    return psycopg.connect(**{**server.superuser("hjemmel"), **login}, autocommit=True)


def test_no_role_of_ours_has_powers_over_the_server(server: Server):
    with psycopg.connect(**server.superuser()) as connection:
        rows = connection.execute(
            "select rolname, rolcanlogin, rolcreatedb,"
            " rolsuper or rolbypassrls or rolcreaterole or rolreplication"
            " from pg_roles where rolname like 'hjemmel%' order by 1"
        ).fetchall()
    assert rows == [
        ("hjemmel_app", True, False, False),
        ("hjemmel_dump", True, False, False),
        ("hjemmel_keeper", True, False, False),
        ("hjemmel_kernel", False, False, False),
        ("hjemmel_owner", True, True, False),
        ("hjemmel_reader", False, False, False),
    ]


def test_the_app_is_in_no_other_role_and_owns_nothing(server: Server):
    with connect(server, "app") as app:
        for role in ("owner", "kernel", "reader", "keeper", "dump"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(f"set role hjemmel_{role}")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("create table public.mine (id int)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("create temporary table mine (id int)")
        assert app.execute("show search_path").fetchone() == ("seen, public, kernel",)


def test_the_owner_hands_over_to_kernel_and_reader_and_can_act_as_the_others(server: Server):
    with connect(server, "owner") as owner:
        owner.execute("create schema kernel authorization hjemmel_kernel")
        owner.execute("create function kernel.one() returns int language sql return 1")
        owner.execute("alter function kernel.one() owner to hjemmel_kernel")
        owner.execute("create or replace function kernel.one() returns int language sql return 2")
        owner.execute("create table people (id int)")
        for role in ("kernel", "reader", "keeper", "app"):
            owner.execute(f"set role hjemmel_{role}")
            owner.execute("reset role")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            owner.execute("set role hjemmel_dump")
        owner.execute("drop table people; drop schema kernel cascade")


def test_the_owner_can_make_and_copy_databases_for_tests(server: Server):
    with connect(server, "owner") as owner:
        owner.execute("create database test_template")
        owner.execute("create database test_copy template test_template")
        owner.execute("drop database test_copy")
        owner.execute("drop database test_template")


def test_names_sort_by_code_point_and_trigrams_are_there(server: Server):
    with connect(server, "owner") as owner:
        told = owner.execute(
            "select datcollate, pg_encoding_to_char(encoding) from pg_database"
            " where datname = current_database()"
        )
        assert told.fetchone() == ("C.UTF-8", "UTF8")
        assert owner.execute("select similarity('Kristoffersen', 'Christoffersen') > 0.5").fetchone() == (
            True,
        )


def test_again_it_changes_nothing_but_a_password_that_no_longer_fits(server: Server):
    def verifiers() -> dict[str, str]:
        with psycopg.connect(**server.superuser()) as connection:
            return dict(connection.execute("select rolname, rolpassword from pg_authid").fetchall())

    before = verifiers()
    bootstrap.run(server.superuser(), bootstrap.passwords(server.home))
    assert verifiers() == before
    new = {**bootstrap.passwords(server.home), "hjemmel_dump": "another"}
    bootstrap.run(server.superuser(), new)
    changed = {role for role, verifier in verifiers().items() if verifier != before[role]}
    assert changed == {"hjemmel_dump"}
    bootstrap.run(server.superuser(), bootstrap.passwords(server.home))
