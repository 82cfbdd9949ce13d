"""Comparing declarations, putting one in force, and taking out what has been, from the command line."""

import json
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from hjemmel.declaration import texts_of
from hjemmel.faces.cli import main
from hjemmel.faces.cli.frame import NoRegister
from hjemmel.kernel.grounds.models import Version
from hjemmel.kernel.statement.actions import apply
from tests.commands import Here, command
from tests.kernel.verify.register import plant
from tests.planting import member

pytestmark = pytest.mark.django_db
MEMBERSHIP = "activities/membership.yaml"


def write(folder: Path, *edits: tuple[str, str], preset: str = "mission") -> Path:
    """Write a preset into a folder, with parts of its membership put otherwise."""
    for name, text in texts_of(preset).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    file = folder / MEMBERSHIP
    text = file.read_text("utf-8")
    for before, after in edits:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    file.write_text(text, "utf-8")
    return folder


SHORTER = ("    for: P5Y\n", "    for: P1Y\n")
GIVEN = (
    "recipients:\n",
    "recipients:\n  - {to: printer, data: [person.name, person.postal_address], when: each_issue,"
    " basis: {article: 6.1.b}}\n",
)
PHONE = "     person.phone, membership.number, membership.type, "
WIDENED = (PHONE, PHONE.replace("membership.number", "person.birth_date, membership.number"))


def test_two_folders_are_compared_without_any_database(capsys, tmp_path):
    old, new = write(tmp_path / "a"), write(tmp_path / "b", SHORTER, GIVEN, WIDENED)
    assert command("declaration", "diff", str(old), str(new), "--lang", "en", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [(c["kind"], c["direction"]) for c in told["changes"]] == [
        ("access", "wider"), ("recipient", "wider"), ("time", "narrower"),
    ]  # fmt: skip
    assert told["effects"] is None
    assert all(c["persons"] is None and c["words"].keys() == {"nb", "nn", "en"} for c in told["changes"])


def test_against_what_applies_the_persons_are_counted(capsys, tmp_path):
    plant()
    new = write(tmp_path / "b", SHORTER, GIVEN, WIDENED)
    assert command("declaration", "diff", "applied", str(new)) == 0
    told = capsys.readouterr().out
    assert "  + Medlemmer: Regionlederen ser også fødselsdato. (4 personer)" in told
    assert "Endringene gjelder 6 personer. Til ulempe: 5 personer." in told
    assert "Noen får se mer om 4 personer." in told
    assert Version.objects.count() == 1


def test_applying_shows_what_it_does_and_waits_for_a_yes(capsys, tmp_path):
    new = write(tmp_path / "b", SHORTER)
    assert command("declaration", "apply", str(new)) == 2
    told = capsys.readouterr()
    assert ("slettes etter 1 år, før 5 år" in told.err, "--yes" in told.err, told.out) == (True, True, "")
    assert Version.objects.count() == 1
    assert command("declaration", "apply", str(new), "--yes", "--json") == 0
    told = capsys.readouterr()
    assert "slettes etter 1 år, før 5 år" in told.err
    assert json.loads(told.out)["version"] == Version.objects.get(replaced_on__isnull=True).pk


@pytest.mark.parametrize(("answer", "code"), [("ja\n", 0), ("JA\n", 0), ("nei\n", 2), ("\n", 2), ("", 2)])
def test_on_a_terminal_the_answer_decides(capsys, monkeypatch, tmp_path, answer, code):
    master, typed = os.openpty()
    os.write(master, answer.encode() or b"\x04")
    with os.fdopen(typed, encoding="utf-8") as terminal:
        monkeypatch.setattr("sys.stdin", terminal)
        assert command("declaration", "apply", str(write(tmp_path / "b", SHORTER))) == code
    os.close(master)
    assert "Sett i kraft? Skriv ja" in capsys.readouterr().err
    assert Version.objects.count() == (2 if code == 0 else 1)


def test_what_the_check_refuses_is_not_applied(capsys, tmp_path):
    new = write(tmp_path / "b", ("subjects: [member]", "subjects: [nobody_at_all]"))
    assert command("declaration", "apply", str(new), "--yes") == 2
    told = capsys.readouterr()
    assert ("nobody_at_all" in told.out, "ikke satt i kraft" in told.err) == (True, True)
    assert Version.objects.count() == 1


def test_versions_are_listed_and_taken_out(capsys, tmp_path):
    first = Version.objects.get()
    apply(texts_of("mission") | {MEMBERSHIP: texts_of("mission")[MEMBERSHIP].replace(*SHORTER)})
    assert command("declaration", "versions", "--json") == 0
    listed = json.loads(capsys.readouterr().out)
    assert [(v["version"], v["replaced_on"] is None) for v in listed][1:] == [(first.pk, False)]
    assert listed[0]["replaced_on"] is None
    out = tmp_path / "out"
    assert command("declaration", "export", str(out), "--version", str(first.pk)) == 0
    assert {str(p.relative_to(out)): p.read_text("utf-8") for p in out.rglob("*.yaml")} == texts_of("mission")
    capsys.readouterr()
    assert command("declaration", "export", str(out)) == 2
    assert "er ikke tom" in capsys.readouterr().err
    assert command("declaration", "diff", str(first.pk), "applied") == 0
    assert "slettes etter 1 år, før 5 år" in capsys.readouterr().out
    assert command("declaration", "diff", str(first.pk), str(out)) == 0
    assert "Ingenting er endret." in capsys.readouterr().out


def test_a_name_that_would_lead_out_of_the_folder_is_not_written(capsys, tmp_path):
    Version.objects.update(files={"../out.yaml": "x: 1\n"})
    assert command("declaration", "export", str(tmp_path / "out")) == 2
    assert "som ikke kan skrives" in capsys.readouterr().err
    assert not (tmp_path / "out.yaml").exists()


def test_those_affected_are_counted_and_their_ids_go_to_a_file_of_ones_own(capsys, tmp_path):
    assert command("declaration", "affected") == 2
    assert "bare vært én utgave" in capsys.readouterr().err
    one, gone = member(), member(left_on="2026-01-01", leaving="left")
    apply(texts_of("mission") | {MEMBERSHIP: texts_of("mission")[MEMBERSHIP].replace(*GIVEN)})
    file = tmp_path / "ids"
    assert command("declaration", "affected", "--file", str(file)) == 0
    told = capsys.readouterr()
    assert "er til ulempe for 1 person." in told.out
    assert (str(one.subject_id) in told.out + told.err, file.read_text()) == (False, f"{one.subject_id}\n")
    assert str(gone.subject_id) not in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert command("declaration", "affected", "--file", str(file)) == 2
    assert "Velg en fil som ikke finnes" in capsys.readouterr().err
    assert looked_up() == [("console", "declaration/notice", None, None)]


def looked_up() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select distinct actor, purpose, subject_id, datum from public.audit_entry"
            " where kind = 'looked_up'"
        )
        return list(cursor.fetchall())


@pytest.mark.requirement("DEC-08")
def test_a_datum_is_explained(capsys):
    assert command("declaration", "explain", "person.phone", "mission") == 0
    told = capsys.readouterr().out
    assert "membership/keep/1  activities/membership.yaml:" in told
    assert "Når reglene møtes, avgjør" in told
    assert command("declaration", "explain", "person.phone") == 0
    assert "gjelder fra" in capsys.readouterr().out
    assert command("declaration", "explain", "person.fone") == 2
    assert "Mente du person.phone" in capsys.readouterr().err


def test_a_datum_of_one_person_is_explained_and_that_is_logged(capsys):
    register = plant()
    tie = next(iter(register.members.values()))
    assert command("declaration", "explain", "person.name", "--person", str(tie.subject_id), "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert {held["rule"] for held in told["held"]} == {"membership/keep/1", "membership/keep/2"}
    assert (told["until"], told["decides"]) == (None, None)
    assert "Lokallagslederen (Havna)" in told["seen_by"]
    assert looked_up() == [("console", "declaration/explain", tie.subject_id, "person.name")]
    ended = register.ended.subject_id
    assert command("declaration", "explain", "person.name", "--person", str(ended)) == 0
    told = capsys.readouterr().out
    assert "person.name: slettes 01.01.2031." in told
    assert "membership/keep/2 <- avgjør" in told
    assert "Lokallagslederen" not in told
    assert command("declaration", "explain", "person.email", "--person", str(ended)) == 0
    assert "Ingenting gjør at registeret kan ha person.email" in capsys.readouterr().out
    for nobody in ("7", "kari"):
        assert command("declaration", "explain", "person.name", "--person", nobody) == 2


@pytest.mark.parametrize(
    ("asked", "told"),
    [(("diff", "gone", "mission"), "verken en mappe"), (("diff", "999", "mission"), "ingen utgave 999")],
)
def test_what_is_not_there_is_said(capsys, asked, told):
    assert command("declaration", *asked) == 2
    assert told in capsys.readouterr().err


class NoHouse(Here):
    """An installation where nothing has been made yet."""

    @contextmanager
    def database(self, role: str, *, make: bool = False) -> Iterator[None]:
        """Say that there is none."""
        yield from ()
        raise NoRegister("Det er ikke noe register her.")


def test_a_declaration_is_checked_where_there_is_no_register(capsys, tmp_path):
    assert main(("declaration", "check", "mission"), NoHouse()) == 0
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("Ingen feil.\n", 1)
    assert "Det er ikke noe register her." in told.err
    wrong = write(tmp_path / "b", ("subjects: [member]", "subjects: [nobody_at_all]"))
    assert main(("declaration", "check", str(wrong)), NoHouse()) == 1
    assert "nobody_at_all" in capsys.readouterr().out
    assert main(("declaration", "versions"), NoHouse()) == 2


def test_data_that_no_activity_has_are_one_finding_to_whoever_reads(capsys):
    assert command("declaration", "check", "youth") == 0
    told = capsys.readouterr().out
    assert command("declaration", "check", "youth", "--json") == 0
    each = [f["values"] for f in json.loads(capsys.readouterr().out) if f["code"] == "H094"]
    assert len(each) > 1
    assert told.count("H094") == 1
    assert all(dict(values)["name"] in told for values in each)


def test_an_older_language_of_declarations_is_said_to_be_that(capsys):
    Version.objects.update(files={"organisation.yaml": "an_older_key: 1\n"})
    assert command("declaration", "diff", "applied", "mission") == 2
    assert "eldre språk" in capsys.readouterr().err
