import re
from pathlib import Path

import pytest

from hjemmel.declaration import DeclarationError, check, dump, load, load_texts, texts_of
from hjemmel.declaration.findings import LEVELS, Place, Report, explained, folded, levels
from hjemmel.declaration.model import LANGUAGES
from tests.declaration.sampling import SAMPLES, paths, sample

DOCS = Path(__file__).resolve().parents[2] / "docs" / "declare" / "findings.md"


@pytest.mark.parametrize("path", paths("failing"), ids=lambda path: path.stem)
def test_failing_sample_yields_just_the_findings_it_names(path: Path) -> None:
    given = sample(path)
    found = [(finding.code, finding.file, finding.line) for finding in check(given.texts, given.known)]
    assert sorted(found) == given.expected


@pytest.mark.parametrize("path", paths("passing"), ids=lambda path: path.stem)
def test_passing_sample_yields_no_finding(path: Path) -> None:
    given = sample(path)
    assert given.expected == []
    assert check(given.texts, given.known) == ()
    declaration = load_texts(given.texts)
    assert load_texts(dump(declaration)) == declaration


def test_every_code_has_a_failing_sample() -> None:
    shown = {code for path in paths("failing") for code, _, _ in sample(path).expected}
    assert shown == set(levels())


def test_every_code_is_explained_in_the_docs() -> None:
    rows = re.findall(r"^\| (H\d{3}) \| (.+) \| (.+) \| (.+) \|$", DOCS.read_text("utf-8"), re.MULTILINE)
    assert {code: (level, what, do) for code, level, what, do in rows} == {
        code: (level, *(re.sub(r"[{}]", "*", " ".join(said.split())) for said in explained(code)))
        for code, level in levels().items()
    }


def test_levels_are_known() -> None:
    assert set(levels().values()) == set(LEVELS)


@pytest.mark.parametrize("path", paths("failing"), ids=lambda path: path.stem)
def test_finding_says_what_and_what_to_do_in_every_language(path: Path) -> None:
    given = sample(path)
    for finding in check(given.texts, given.known):
        assert finding.said("nb") == (finding.message, finding.do)
        for sentence in (words for lang in LANGUAGES for words in finding.said(lang)):
            assert "{" not in sentence.replace("{archive", "")
            assert "~" not in sentence
            assert sentence.endswith(".")


def test_what_a_finding_names_is_said_in_its_language() -> None:
    shown = sample(SAMPLES / "failing" / "H100-too-short-for-the-law.yaml")
    (finding,) = check(shown.texts)
    assert finding.message.startswith("bokføringsloven § 13 krever at «gift.amount» lagres 5 år ")
    assert finding.said("en")[0].startswith(
        "Bookkeeping Act section 13 requires “gift.amount” to be kept 5 years"
    )


def test_errors_raise_with_every_finding_and_warnings_do_not() -> None:
    texts = texts_of(SAMPLES / "base")
    texts["units.yaml"] = texts["units.yaml"].replace("under:", "below:")
    texts["offices.yaml"] = texts["offices.yaml"].replace("public: true", "public: maybe")
    with pytest.raises(DeclarationError) as raised:
        load_texts(texts)
    assert [(f.code, f.file, f.line) for f in raised.value.findings] == [
        ("H005", "offices.yaml", 4),
        ("H003", "units.yaml", 7),
    ]
    assert "units.yaml:7:3 H003 «below»" in str(raised.value)
    warned = sample(SAMPLES / "failing" / "H053-outlasted.yaml").texts
    assert load_texts(warned).activity("club").keep


def test_finding_offers_what_is_allowed() -> None:
    given = sample(SAMPLES / "failing" / "H020-datum.yaml")
    (finding,) = check(given.texts)
    assert "person.email" in finding.allowed
    assert "person.email" in finding.do
    assert "Lov å bruke: " in str(finding)


def test_no_such_preset_or_folder() -> None:
    with pytest.raises(DeclarationError) as raised:
        load("nowhere")
    assert [finding.code for finding in raised.value.findings] == ["H008"]
    assert "mission" in raised.value.findings[0].allowed


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "organisation.yaml").write_bytes("title: Bjørn".encode("cp1252"))
    with pytest.raises(DeclarationError) as raised:
        load(tmp_path)
    assert [finding.code for finding in raised.value.findings] == ["H001"]
    assert raised.value.findings[0].said("en")[0] == "The file is not valid YAML: the file is not UTF-8."
    assert check(tmp_path) == raised.value.findings


def test_folders_beside_the_declaration_are_not_read(tmp_path: Path) -> None:
    files = texts_of(SAMPLES / "base")
    own = [
        "old/organisation.yaml",
        "activities/old/club.yaml",
        "old/activities/club.yaml",
        "club.yaml/notes.txt",
    ]
    for name, text in (files | dict.fromkeys(own, "no: declaration")).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    assert texts_of(tmp_path) == files
    assert check(tmp_path) == ()
    (tmp_path / "activities" / "club.yml").write_text("activity: club", "utf-8")
    assert [finding.code for finding in check(tmp_path)] == ["H015"]


@pytest.mark.parametrize("path", paths("failing"), ids=lambda path: path.stem)
def test_what_is_allowed_is_named_once(path: Path) -> None:
    given = sample(path)
    for finding in check(given.texts, given.known):
        assert len(set(finding.allowed)) == len(finding.allowed)


@pytest.mark.parametrize(("written", "codes"), [("3", ["H005"]), ("''", ["H011"]), ("P1W", ["H007"])])
def test_a_duration_that_is_none_is_found_once(written: str, codes: list[str]) -> None:
    texts = texts_of("mission")
    file = "activities/membership.yaml"
    texts[file] = texts[file].replace("for: P5Y", f"for: {written}", 1)
    assert [finding.code for finding in check(texts) if finding.level == "error"] == codes


def test_findings_of_a_kind_there_may_be_many_of_are_one_to_whoever_reads() -> None:
    report = Report()
    for name in ("person.phone", "person.email"):
        report.add("H094", Place("organisation.yaml", 1, 1, "activities"), name=name)
        report.add("H093", Place("organisation.yaml", 1, 1, "activities"), name=name)
    shown = folded(report.findings)
    assert [found.code for found in shown] == ["H094", "H093", "H093"]
    for lang in LANGUAGES:
        assert "person.phone, person.email" in shown[0].said(lang)[0]
    assert folded(report.findings[:1]) == tuple(report.findings[:1])
