"""The whole house from the command line: up, shared, down, and back after a kill."""

import json
import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from hjemmel.project.postgres import Server, processes
from tests.project.register import DEMO, Register, down


@pytest.fixture(autouse=True, scope="module")
def _ctrl_c() -> Iterator[None]:
    """What a shell starts in the background ignores Ctrl+C, and hands that on to what it starts itself."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    register = Register(tmp_path_factory.mktemp("house") / "home")
    yield register
    register.end()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Register]:
    register = Register(tmp_path / "home")
    yield register
    register.end()


def test_one_command_brings_everything_up_and_ctrl_c_takes_it_down(register: Register):
    process, said = register.up()
    assert f"Åpne http://127.0.0.1:{register.port}" in said
    assert any("lokallag@example.org" in line for line in said)
    now = register.status()
    assert (now["web"], now["pid"], now["database"]) == (True, process.pid, "ready")
    assert register.get("/").status < 500
    assert register.get("/static/look/hjemmel.css").status == 200

    code, _, err = register.run(*DEMO)
    assert code == 2
    assert str(process.pid) in err

    code, out, _ = register.run("migrate", "--json")
    assert (code, json.loads(out)) == (0, {"applied": [], "undeclared": []})
    assert register.status()["database"] == "ready"

    assert down(process, signal.SIGINT) == 0
    now = register.status()
    assert (now["web"], now["pid"], now["database"]) == (False, None, "down")
    with pytest.raises(ConnectionRefusedError):
        register.get("/")


def test_again_it_finds_the_same_demonstration_and_refuses_another(register: Register):
    process, first = register.up()
    assert down(process, signal.SIGTERM) == 0
    process, second = register.up()
    assert down(process, signal.SIGTERM) == 0
    assert first == second
    code, _, err = register.run(*DEMO[:-1], "8")
    assert code == 2
    assert "annen demonstrasjon" in err


def test_what_is_killed_comes_back(register: Register):
    process, _ = register.up()
    os.kill(Server(register.home).status().pid, signal.SIGKILL)
    assert processes.wait(lambda: register.status()["database"] == "ready", 30)
    web = [pid for pid in children(process.pid) if "granian" in processes.arguments(pid)]
    assert len(web) == 1
    os.kill(web[0], signal.SIGKILL)
    assert processes.wait(lambda: answers(register), 60)
    assert down(process, signal.SIGINT) == 0
    assert register.status()["database"] == "down"


def children(parent: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def answers(register: Register) -> bool:
    try:
        return register.get("/").status < 500
    except OSError:
        return False


def test_killed_outright_it_leaves_nothing_that_stop_does_not_end(register: Register):
    process, _ = register.up()
    own = children(process.pid)
    assert down(process, signal.SIGKILL) == -signal.SIGKILL
    assert processes.wait(lambda: not any(processes.alive(pid) for pid in own if web_or_worker(pid)), 60)
    assert not answers(register)
    assert register.status()["web"] is False
    code, out, _ = register.run("stop", "--json")
    assert (code, json.loads(out)) == (0, {"stopped": True})
    assert register.status()["database"] == "down"


def web_or_worker(pid: int) -> bool:
    return any("granian" in word or "worker" in word for word in processes.arguments(pid))


def test_a_taken_port_is_told_and_everything_is_taken_down_again(register: Register):
    with socket.create_server(("127.0.0.1", register.port)):
        code, _, err = register.run("web")
    assert code == 2
    assert "HJEMMEL_PORT" in err
    assert register.status()["database"] == "down"


def test_what_is_wrong_in_the_environment_or_the_command_ends_with_2(register: Register):
    assert register.run("nonsense")[0] == 2
    assert register.run("status", "--nonsense")[0] == 2
    register.port, port = "no port", register.port
    try:
        code, _, err = register.run("status")
    finally:
        register.port = port
    assert (code, "HJEMMEL_PORT" in err) == (2, True)


def test_a_real_organisation_starts_once_and_no_demonstration_goes_over_it(empty: Register):
    register = empty
    code, _, err = register.run("setup", "--preset", "nowhere", "--admin", "kari.nordmann@example.org")
    assert (code, "mission" in err) == (2, True)
    code, out, _ = register.run(
        "setup", "--preset", "mission", "--admin", "kari.nordmann@example.org", "--json"
    )
    made = json.loads(out)
    assert (code, made["username"], made["office"]) == (0, "kari.nordmann@example.org", "Medlemsansvarlig")
    assert len(made["password"]) == 23
    code, out, _ = register.run("verify", "--json")
    assert (code, {one["count"] for one in json.loads(out)}) == (0, {0})
    again = register.run("setup", "--preset", "mission", "--admin", "ola.nordmann@example.org")
    assert (again[0], "HJEMMEL_HOME" in again[2]) == (2, True)
    code, _, err = register.run(*DEMO)
    assert (code, "HJEMMEL_HOME" in err) == (2, True)
    assert register.status()["database"] == "down"


def begun(register: Register) -> subprocess.Popen:
    """Start a demonstration too large to be made at once, and return when it is under way."""
    process = register.start("run", "--demo", "mission", "--persons", "20000")
    register.started.append(process)
    assert processes.wait(note(register).exists, 120)
    return process


def note(register: Register) -> Path:
    return register.home / "demonstration.json"


def test_a_demonstration_that_broke_off_never_goes_over_a_real_register(empty: Register):
    register = empty
    assert down(begun(register), signal.SIGINT) == 2
    assert not note(register).exists()
    assert down(begun(register), signal.SIGKILL) == -signal.SIGKILL
    left = note(register).read_text(encoding="utf-8")
    assert json.loads(left)["made"] is None
    admin = ("setup", "--preset", "mission", "--admin", "kari.nordmann@example.org")
    assert register.run(*admin)[0] == 0
    assert not note(register).exists()

    for older in (left, left.replace("null", '{"persons": 20022, "logins": []}')):
        note(register).write_text(older, encoding="utf-8")
        for asked in (DEMO, DEMO[:3], ("run", "--demo", "mission", "--persons", "20000")):
            code, out, err = register.run(*asked)
            assert (code, out, "holder et register fra før" in err) == (2, "", True), asked
    assert "startet fra før" in register.run(*admin)[2]


def test_a_demonstration_that_broke_off_after_its_people_is_made_anew(empty: Register):
    process, first = empty.up()
    assert down(process, signal.SIGINT) == 0
    noted = json.loads(note(empty).read_text(encoding="utf-8"))
    note(empty).write_text(json.dumps({**noted, "made": None}), encoding="utf-8")
    process, second = empty.up()
    assert down(process, signal.SIGINT) == 0
    assert (len(first), first != second) == (len(second), True)
    note(empty).unlink()
    code, _, err = empty.run(*DEMO)
    assert (code, "demonstration.json mangler" in err) == (2, True)


def test_before_any_declaration_a_command_says_so_plainly(empty: Register, tmp_path: Path):
    people = tmp_path / "people.csv"
    people.write_text("Fornavn;Etternavn\nKari;Nordmann\n", encoding="utf-8")
    assert empty.run("migrate")[0] == 0
    for asked in (["verify"], ["statement"], ["import", "persons", str(people)]):
        code, out, err = empty.run(*asked)
        assert (code, out) == (2, ""), asked
        assert "hjemmel declaration apply" in err, asked
        assert "feil i programmet" not in err, asked
    for asked in (["retention", "plan", "--json"], ["retention", "run", "--json"]):
        code, out, err = empty.run(*asked)
        assert (code, json.loads(out)["subjects"], err) == (0, 0, ""), asked
    assert empty.run("declaration", "check", "mission")[0] == 0


COMMANDS = (["verify"], ["retention", "plan"], ["statement"], ["web"])


def test_before_migrate_a_command_says_what_to_do_first_and_makes_nothing(empty: Register):
    for asked in COMMANDS:
        code, out, err = empty.run(*asked)
        assert (code, out, "hjemmel migrate" in err, "psycopg" in err) == (2, "", True, False), asked
        assert not empty.home.exists(), asked
    assert empty.run("declaration", "check", "mission")[0] == 0
    assert not empty.home.exists()
    Server(empty.home).start()
    for asked in COMMANDS[:2]:
        code, out, err = empty.run(*asked)
        assert (code, out, "hjemmel migrate" in err, "psycopg" in err) == (2, "", True, False), asked


def test_what_is_no_list_is_refused_with_a_sentence(empty: Register, tmp_path: Path):
    assert empty.run("migrate")[0] == 0
    people = tmp_path / "people.csv"
    people.write_text("Fornavn;Etternavn\nKari;Nordmann\n", encoding="utf-8")
    for asked in ([str(tmp_path)], [str(people), "--map", str(tmp_path)]):
        code, out, err = empty.run("import", "persons", *asked)
        assert (code, out, f"{tmp_path} er ingen fil" in err) == (2, "", True), err
    declared = tmp_path / "declared"
    declared.mkdir()
    (declared / "organisation.yaml").write_bytes("title: Bjørn".encode("cp1252"))
    for what in ("check", "apply"):
        code, out, err = empty.run("declaration", what, str(declared))
        assert (code, out, "organisation.yaml H001" in err, "feil i" in err) == (2, "", True, False), what
