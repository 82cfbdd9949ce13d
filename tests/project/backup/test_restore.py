"""A register brought back from a backup: with what was erased since erased again, or not at all."""

import json
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from hjemmel.project.postgres import Server
from tests.project.register import Register, down, drained

ACTS = Path(__file__).with_name("acts.py")
SETUP = ("setup", "--preset", "mission", "--admin", "kari.nordmann@example.org")


class Backed(Register):
    """A register with four members, a backup of it, and three erasures since."""

    def act(self, what: str, given: dict | None = None) -> dict:
        with self.program(str(ACTS), what, json.dumps(given or {}), HJEMMEL_ROLE="owner") as process:
            out, err = process.communicate()
        assert process.returncode in {0, -9}, err
        return json.loads(out.splitlines()[-1])

    def fill(self) -> None:
        assert self.run(*SETUP)[0] == 0
        self.up_database = Server(self.home)
        self.up_database.start()
        self.made = self.act("plant")
        code, out, err = self.run("backup", "--test", "--json")
        assert code == 0, err
        self.first = json.loads(out)
        assert (self.first["faults"], self.first["subjects"]) == ([], 4)
        self.act("erase", self.made)
        self.act("later")
        assert self.run("backup")[0] == 0  # one more, which knows how long the journal was

    @property
    def backup(self) -> Path:
        return Path(self.first["data"]["at"])

    @property
    def keys(self) -> Path:
        return Path(self.first["keys"]["at"])

    @property
    def place(self) -> Path:
        return self.home / "backups"

    def look(self) -> dict:
        return self.act("look", self.made)

    def restore(self, *arguments: str) -> tuple[int, dict, str]:
        code, out, err = self.run(
            "restore", str(self.backup), "--over", "--without-copy", "--json", *arguments
        )
        return code, json.loads(out or "{}"), err


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backed]:
    register = Backed(tmp_path_factory.mktemp("backed") / "home")
    register.fill()
    yield register
    register.end()


ERASED = {"persons": 3, "her": 0, "her key": 0, "second": 0, "birth date": 0, "her number": None, "shut": 0}


def is_erased(found: dict) -> bool:
    return {name: found[name] for name in ERASED} == ERASED and found["number"] == "29828012345"


REFUSED = {
    "flipped byte": "endret eller kuttet",
    "cut": "endret eller kuttet",
    "changed": "er endret siden kopien ble laget",
    "no manifest": "er ingen sikkerhetskopi",
    "no key": "Nøkkelen til kopien er ikke i",
    "no keys": "Ingen kopi av nøklene kan åpnes",
    "no journal": "mangler, eller er kuttet",
    "cut journal": "mangler, eller er kuttet",
    "flipped journal": "Slettejournalen er endret",
    "nowhere": "finnes ikke",
}


def test_what_is_not_whole_is_refused_with_a_reason_and_the_register_stays(register: Backed):
    key = register.place / "keys" / f"{register.first['data']['id']}.json"
    said = register.act("refused", {"backup": str(register.backup), "key": str(key)})
    assert said.keys() == REFUSED.keys()
    assert {spoil: told for spoil, told in said.items() if REFUSED[spoil] not in told} == {}
    found = register.look()
    assert (is_erased(found), found["later"], found["databases"]) == (True, 1, 1)


def test_refused_by_the_command_too_and_with_another_root_key(register: Backed):
    (journal,) = (register.place / "erasures").glob("*.journal")
    whole = journal.read_bytes()
    journal.unlink()
    code, out, err = register.run("restore", str(register.backup), "--over", "--without-copy")
    journal.write_bytes(whole)
    assert (code, out, "--without-journal GRUNN" in err) == (2, "", True)
    register.settings["HJEMMEL_MASTER_KEY"] = "ab" * 32
    code, out, err = register.run("restore", str(register.backup), "--over", "--without-copy")
    register.settings.clear()
    assert (code, out, "annen hovednøkkel" in err, "feil i" in err) == (2, "", True, False)


def test_without_being_told_it_goes_over_no_register(register: Backed):
    code, _, err = register.run("restore", str(register.backup))
    assert (code, "--over" in err) == (2, True)
    code, _, err = register.run("restore", str(register.keys), "--over")
    assert (code, "kopien av nøklene" in err) == (2, True)
    code, _, err = register.run("restore")
    assert (code, "backup --list" in err) == (2, True)


def test_killed_before_any_step_the_register_is_whole_and_the_next_restore_comes_to_its_end(register: Backed):
    killed, step = [], 0
    while True:
        before = register.act("kill", {"step": step, "backup": str(register.backup)})["killed before"]
        found = register.look()
        assert is_erased(found | {"shut": 0})
        if before is None:
            break
        killed.append(before)
        switched = before == "switched"
        assert found["later"] == (0 if switched else 1)  # that of before is whole, or the restored one is
        if found["shut"]:
            code, out, _ = register.run("restore", "--cancel", "--json")
            assert (code, json.loads(out)) == (0, {"opened": True})
            assert (register.look()["shut"], register.look()["databases"]) == (0, 1)
        if switched:
            register.act("later")
        step += 1
    assert killed == ["check", "read", "migrate", "replay", "sweep", "verify", "open", "switch", "switched"]
    assert (found["later"], found["databases"], found["shut"]) == (0, 1, 0)
    assert register.run("verify")[0] == 0


@pytest.mark.requirement("RET-09")
def test_what_was_erased_since_is_gone_before_the_log_in_page_answers(register: Backed):
    """A person, a record of another, a datum of a third: none is there when the first page answers."""
    web = register.start("web")
    register.started.append(web)
    said = drained(web)
    while "Åpne" not in said.get():
        continue
    assert register.get("/konto/logg-inn/").status == 200
    restoring = register.start("restore", str(register.backup), "--over", "--json")
    register.started.append(restoring)
    closed = 0
    while restoring.poll() is None:
        status = register.get("/konto/logg-inn/").status
        if status == 200 and closed:
            break
        closed += status == 503
    assert register.get("/konto/logg-inn/").status == 200
    assert is_erased(register.look())
    out, err = restoring.communicate()
    assert restoring.returncode == 0, err
    assert closed
    done = json.loads(out)
    assert (done["keys_missing"], done["findings"], done["replayed"] > 5) == (0, {}, True)
    assert "restored from backup" in register.look()["why"]
    assert down(web, signal.SIGTERM) == 0


def test_with_a_reason_it_goes_without_the_journal_and_what_is_sealed_of_her_stays_shut(register: Backed):
    """Her row is back, as nobody knew she was erased; but her key went with her, and no backup has it."""
    assert register.run("backup")[0] == 0  # of the keys there are now
    shutil.rmtree(register.keys)
    code, done, err = register.restore("--without-journal", "Disken med journalen brant")
    assert code in {0, 1}, err
    found = register.look()
    assert (found["persons"], found["her"], found["second"], found["birth date"]) == (4, 1, 1, 1)
    assert (found["her number"], found["number"], done["keys_missing"]) == ("unreadable", "29828012345", 1)
    assert "without journal: Disken med journalen brant" in found["why"]


def test_an_old_backup_ends_with_its_key_even_where_copies_of_it_survive(register: Backed, tmp_path: Path):
    """Its days over, the next backup destroys the key: a copy elsewhere is noise from then on."""
    elsewhere = shutil.copytree(register.backup, tmp_path / "copy")
    note = register.place / "keys" / f"{register.first['data']['id']}.json"
    said = json.loads(note.read_text())
    note.write_text(json.dumps(said | {"until": "2026-01-01T00:00:00+00:00"}))
    code, out, _ = register.run("backup", "--json", "--to", str(tmp_path / "other disk"))
    made = json.loads(out)
    assert (code, [copy["id"] for copy in made["ended"]]) == (0, [register.first["data"]["id"]])
    assert Path(made["data"]["at"]).parent == tmp_path / "other disk"
    assert (register.backup.exists(), note.exists()) == (False, False)
    code, _, err = register.run("restore", str(elsewhere), "--over")
    assert (code, "slutt for godt" in err) == (2, True)
    listed = json.loads(register.run("backup", "--list", "--json")[1])["backups"]
    assert register.first["data"]["id"] not in {copy["id"] for copy in listed}
    assert {copy["kind"] for copy in listed} == {"data", "keys"}


def test_on_a_new_machine_it_comes_back_from_copies_keys_journal_and_root_key(
    register: Backed, tmp_path: Path
):
    """The data folder is lost. What was kept apart is enough: numbers open, and searches find them."""
    code, out, _ = register.run("backup", "--json")
    backup = Path(json.loads(out)["data"]["at"])
    new = Backed(tmp_path / "home")
    new.made = register.made
    shutil.copytree(register.place, new.place)
    new.settings["HJEMMEL_MASTER_KEY"] = (register.home / "secrets" / "master_key").read_text().strip()
    try:
        code, out, err = new.run("restore", str(new.place / "copies" / backup.name), "--json")
        assert code == 0, err
        assert json.loads(out)["keys_missing"] <= 1
        Server(new.home).start()
        assert new.look()["number"] == "29828012345"
        assert new.run("verify")[0] == 0
    finally:
        new.end()
