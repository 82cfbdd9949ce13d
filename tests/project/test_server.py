"""The server that comes along: private, passworded, and back after whatever kills it."""

import os
import shutil
import signal
import stat
import subprocess
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from hjemmel.project import secrets
from hjemmel.project.postgres import Server, processes

from .conftest import python, take_down

START = """
from pathlib import Path
from hjemmel.project.postgres import Server
s = Server(Path(sys.argv[1]), durable=False)
"""


def execute(server: Server, statement: str) -> None:
    with psycopg.connect(**server.superuser("hjemmel"), autocommit=True) as connection:
        connection.execute(statement)


def query(server: Server, statement: str) -> object:
    with psycopg.connect(**server.superuser("hjemmel"), autocommit=True) as connection:
        row = connection.execute(statement).fetchone()
    return row[0] if row else None


def test_it_starts_once_and_stops_clean(any_server: Server):
    assert not any_server.status().up
    assert any_server.start() is True
    assert any_server.start() is False
    assert any_server.status().up
    assert query(any_server, "select 1") == 1
    pid = any_server.status().pid
    assert any_server.stop() is True
    assert any_server.stop() is False
    assert not processes.alive(pid)
    assert any_server.start() is True
    assert "was not properly shut down" not in log(any_server)


def log(server: Server) -> str:
    return "".join(path.read_text() for path in server.places.log.iterdir())


def test_nobody_else_can_read_its_files(any_server: Server, tmp_path: Path):
    tmp_path.chmod(0o711)
    before = {parent: parent.stat().st_mode for parent in (tmp_path, *tmp_path.parents)}
    any_server.start()
    assert {parent: parent.stat().st_mode for parent in before} == before
    places = any_server.places
    folders = [
        any_server.home,
        any_server.home / "secrets",
        places.base,
        places.data,
        places.log,
        places.socket,
    ]
    assert {path: oct(stat.S_IMODE(path.stat().st_mode)) for path in folders} == dict.fromkeys(
        folders, "0o700"
    )
    files = [*(any_server.home / "secrets").iterdir(), *places.log.iterdir()]
    assert files
    assert {path: oct(stat.S_IMODE(path.stat().st_mode)) for path in files} == dict.fromkeys(files, "0o600")
    assert stat.S_IMODE((places.socket / ".s.PGSQL.5432").stat().st_mode) == 0o700


def test_nobody_logs_in_without_the_password(server: Server):
    server.start()
    roles = ["postgres", "hjemmel_owner", "hjemmel_app", "hjemmel_keeper", "hjemmel_dump"]
    for role in roles:
        for password in (None, "", "hjemmel", secrets.read(server.home, "django_key")):
            given = {**server.superuser("hjemmel"), "user": role, "password": password}
            with pytest.raises(psycopg.OperationalError):
                psycopg.connect(**given)
    for role in ("hjemmel_kernel", "hjemmel_reader"):
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(**{**server.superuser("hjemmel"), "user": role})


def kill(server: Server) -> None:
    """Kill the server as a power cut would, and see it dead: a signal takes a moment."""
    pid = server.status().pid
    os.kill(pid, signal.SIGKILL)
    assert processes.wait(lambda: not processes.alive(pid), 5)


def test_it_listens_on_the_private_socket_alone(server: Server):
    server.start()
    assert query(server, "select current_setting('listen_addresses')") == ""
    inodes = {
        str(link.readlink()).removeprefix("socket:[").removesuffix("]")
        for link in Path(f"/proc/{server.status().pid}/fd").iterdir()
        if str(link.readlink()).startswith("socket:")
    }
    lines = [line for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().splitlines()]
    assert inodes
    assert not inodes & {line.split()[9] for line in lines}


def test_killed_it_comes_back_with_what_was_committed(any_server: Server):
    any_server.start()
    execute(any_server, "create table kept as select 1 as one")
    with closing(psycopg.connect(**any_server.superuser("hjemmel"))) as busy:
        busy.execute("insert into kept values (2)")
        execute(any_server, "checkpoint")
        kill(any_server)
        assert any_server.start() is True
    assert query(any_server, "select sum(one) from kept") == 1


def test_a_child_deep_in_a_query_does_not_keep_a_killed_server_from_coming_back(server: Server):
    server.start()
    active = "select count(*) from pg_stat_activity where state = 'active'"
    with closing(psycopg.connect(**server.superuser("hjemmel"))) as busy:
        # A loop without a wait does not notice that its server is gone.
        busy.pgconn.send_query(b"do $$ begin loop perform 1; end loop; end $$")
        assert processes.wait(lambda: query(server, active) == 2, 5)
        kill(server)
        assert server.start() is True
    assert query(server, "select 1") == 1


def test_a_zombie_counts_as_dead(server: Server):
    # The parent of the server neither waits for it nor ends: so the killed server stays a zombie.
    parent = python(
        START + "s.start(); print(s.status().pid, flush=True); sys.stdin.read()",
        server.home,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with parent:
        pid = int(parent.stdout.readline())
        os.kill(pid, signal.SIGKILL)
        assert processes.wait(lambda: Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z", 5)
        assert server.status().state == "down"
        assert server.start() is True
        assert Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z"
        assert server.status().pid != pid
        assert query(server, "select 1") == 1
        parent.stdin.close()


def test_it_outlives_a_killed_parent(server: Server):
    parent = python(START + "s.start(); print('up', flush=True); sys.stdin.read()", server.home,
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # fmt: skip
    with parent:
        parent.stdout.readline()
        parent.kill()
    assert server.status().up
    assert server.start() is False


def test_a_number_that_another_process_has_now_is_not_taken_for_the_server(server: Server):
    server.start()
    pid_file = server.places.pid_file
    lines = pid_file.read_text().split("\n")
    kill(server)
    pid_file.write_text("\n".join([str(os.getppid()), *lines[1:]]))
    assert server.status().state == "down"
    assert server.start() is True


def test_four_that_start_at_once_get_one_server(server: Server):
    code = START + "started = s.start(); print(started, s.status().pid)"
    many = [python(code, server.home, stdout=subprocess.PIPE) for _ in range(4)]
    told = [one.communicate()[0].split() for one in many]
    assert sorted(word for word, _ in told) == ["False", "False", "False", "True"]
    assert {int(pid) for _, pid in told} == {server.status().pid}


def test_who_leaves_last_stops_it(server: Server):
    other = python(
        START + "with s.running():\n    print('in', flush=True)\n    sys.stdin.read()",
        server.home,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with other:
        with server.running():
            assert other.stdout.readline() == "in\n"
        assert server.status().up
        other.stdin.close()
    assert not server.status().up


def test_what_was_found_up_is_left_up(server: Server):
    server.start()
    with server.running():
        pass
    assert server.status().up


def test_a_home_with_a_long_path_gets_a_short_socket(tmp_path: Path):
    server = Server(tmp_path / ("long" * 25) / "home", durable=False)
    server.start()
    try:
        assert server.places.socket == Server(server.home).places.socket
        assert len(bytes(server.places.socket / ".s.PGSQL.5432")) <= 100
        assert stat.S_IMODE(server.places.socket.stat().st_mode) == 0o700
        assert query(server, "select 1") == 1
    finally:
        take_down(server)
        shutil.rmtree(server.places.socket, ignore_errors=True)


def test_nothing_a_client_says_reaches_the_log(server: Server):
    server.start()
    with psycopg.connect(**server.superuser("hjemmel"), autocommit=True) as connection:
        connection.execute("create table person (name text primary key, born date)")
        connection.execute("insert into person values ('Canary Kanarifugl')")
        for statement, values in (
            ("insert into person values (%s)", ["Canary Kanarifugl"]),
            ("insert into person values ('x', %s::text::date)", ["Canary Kanarifugl"]),
            ("select 'Canary Kanarifugl' from nowhere", None),
            ("select pg_terminate_backend(pg_backend_pid()), %s", ["Canary Kanarifugl"]),
        ):
            with pytest.raises(psycopg.Error):
                connection.execute(statement, values)
    server.stop()
    assert "ready to accept connections" in log(server)
    assert "anar" not in log(server)
