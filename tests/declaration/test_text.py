from pathlib import Path

import pytest

from hjemmel.declaration import DeclarationError, check, load, texts_of
from hjemmel.declaration.findings import Report
from hjemmel.declaration.text import Node, Places, parse
from tests.declaration.sampling import SAMPLES

BASE = texts_of(SAMPLES / "base")


def read(text: str) -> Node:
    report = Report()
    tree = parse(text, "a.yaml", report)
    assert report.findings == []
    assert tree is not None
    return tree


def test_every_value_knows_its_place() -> None:
    tree = read("a: 1\nb:\n  - x\n  - {c: d}\n")
    places = Places()
    places.learn(tree)
    assert (places.find("a.yaml", "b.1.c").line, places.find("a.yaml", "b.1.c").column) == (4, 6)
    assert places.find("a.yaml", "b", "x").line == 3
    assert places.find("a.yaml", "b", "c").line == 4
    assert places.find("a.yaml", "b", "no such item").line == 2
    assert places.find("a.yaml", "b.7.gone").line == 2
    assert places.find("a.yaml", "gone").line == 1
    assert places.find("b.yaml", "a").line == 0


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a: b", "mapping"),
        ("[a]", "list"),
        ("6.1.b", "text"),
        ("no", "text"),
        ("2026-13-40", "text"),
        ("2026-11-23", "date"),
        ("true", "truth"),
        ("6.1", "number"),
        ("6", "number"),
        ("~", "nothing"),
        ("2026-11-23 10:00:00", "text"),
    ],
)
def test_kinds_of_values(text: str, kind: str) -> None:
    assert read(text).kind == kind


def test_a_character_that_is_not_allowed() -> None:
    found = check(BASE | {"offices.yaml": "leader: \x07"})
    assert [(finding.code, finding.file) for finding in found] == [("H001", "offices.yaml")]
    assert found[0].message == "Filen er ikke gyldig YAML: filen har et tegn som ikke er lov."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("leader: {a: b", "mangler et komma eller en }"),
        ("leader: [a", "mangler et komma eller en ]"),
        ("leader: a: b", "kan det ikke stå et kolon"),
        ("leader:\n  a: b\n c: d", "passer ikke med linjene over"),
        ("a: b\nleader\nb: c", "mangler et kolon"),
        ("leader: 'a", "anførselstegnet er ikke avsluttet"),
        ("leader: @a", "et tegn som en verdi ikke kan begynne med"),
        ('leader: "a\\q"', "må skrives to ganger"),
        ("leader: *a", "viser til noe som ikke finnes"),
        ("leader: b\n---\na: b\n", "mer enn ett dokument"),
        ("%YAML 9\n---\na: b", "dette kan ikke leses"),
        ("[a", "mangler et komma eller en ]"),
        ("a: - b", "på en egen linje"),
        ("a: !<x", "dette kan ikke leses"),
    ],
)
def test_what_is_no_yaml_is_said_in_words_of_our_own(text: str, told: str) -> None:
    report = Report()
    assert parse(text, "offices.yaml", report) is None
    (finding,) = report.findings
    assert finding.message.startswith("Filen er ikke gyldig YAML: ")
    assert told in finding.message
    assert "expected" not in finding.message


def test_two_documents_in_a_file_are_refused() -> None:
    found = check(BASE | {"offices.yaml": BASE["offices.yaml"] + "---\na: b\n"})
    assert [finding.code for finding in found] == ["H001"]


def test_folders_are_read_without_what_is_no_yaml(tmp_path: Path) -> None:
    for name, text in BASE.items():
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
    (tmp_path / ".git").mkdir()
    (tmp_path / "README.md").write_text("Notes.\n", "utf-8")
    assert load(tmp_path) == load(str(SAMPLES / "base"))
    (tmp_path / "more.yml").write_text("a: b\n", "utf-8")
    with pytest.raises(DeclarationError) as raised:
        load(tmp_path)
    assert [finding.code for finding in raised.value.findings] == ["H015"]


def test_things_are_found_by_name() -> None:
    mission = load("mission")
    assert mission.organisation.number == "313847217"
    assert mission.activity("membership").purpose("grants").basis == ("6.1.f", "9.2.d")
    assert mission.office("chapter_leader").at == ("chapter",)
    assert mission.recipient("printer").kind == "processor"
    assert mission.controller("youth").title == "Fjellheim Ung"
    assert mission.unit_kind("region").under == ("central",)
    with pytest.raises(KeyError, match="gone"):
        mission.activity("gone")


def test_reading_organisation_alone_names_all_that_is_missing() -> None:
    found = check({"organisation.yaml": "organisation: kvisten\n"})
    missing = [dict(finding.values)["key"] for finding in found if finding.code == "H004"]
    assert "controllers" in missing
    assert "activities" in missing
    assert sorted(finding.file for finding in found if finding.code == "H008") == [
        "offices.yaml",
        "units.yaml",
    ]
