import json
from io import BytesIO

import pytest
from openpyxl import load_workbook

from hjemmel.declaration import load, presets, texts_of
from tests.commands import command
from tests.declaration.dpv import faults

pytestmark = pytest.mark.django_db

GROVE = """
  grove:
    title: Lunden
    number: "315994306"
    address: Bakken 2, 0001 Oslo
    agreement:
      title: {nb: databehandleravtale, nn: databehandlaravtale, en: processor agreement}
      since: 2026-01-15
      review: P1Y
    at_end: delete
answers:"""


@pytest.fixture
def union(tmp_path):
    """The union's declaration in a folder, its enquiries kept for somebody else."""
    texts = texts_of("union")
    for file, old, new in (
        ("organisation.yaml", "\nanswers:", GROVE),
        ("activities/contact_register.yaml", "controllers: [main]", "controllers: [grove]"),
    ):
        assert texts[file].count(old) == 1
        texts[file] = texts[file].replace(old, new)
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return str(tmp_path)


@pytest.mark.requirement("DEC-04")
@pytest.mark.parametrize("name", presets())
def test_the_record_of_a_preset_in_every_form_and_language(capfdbinary, name):
    activities = [activity.title for activity in load(name).active]
    for lang in ("nb", "nn", "en"):
        assert command("record", "--preset", name, "--lang", lang) == 0
        page = capfdbinary.readouterr().out.decode()
        assert page.startswith("<!doctype html>")
        assert [title for title in activities if f"<h3>{title.of(lang)}</h3>" not in page] == []
        assert command("record", "--preset", name, "--lang", lang, "--format", "xlsx") == 0
        sheet = load_workbook(BytesIO(capfdbinary.readouterr().out)).worksheets[1]
        told = [row[0].value for row in sheet.iter_rows(min_row=2)]
        assert told == [title.of(lang) for title in activities]
    assert command("record", "--preset", name, "--format", "jsonld") == 0
    assert faults(json.loads(capfdbinary.readouterr().out)) == []


@pytest.mark.requirement("DEC-04")
@pytest.mark.requirement("DEC-10")
def test_what_is_done_for_another_controller_has_a_record_of_its_own(capfdbinary, union):
    assert command("record", union) == 0
    page = capfdbinary.readouterr().out.decode()
    theirs = page[page.index('id="record-processor"') :]
    assert "<h3>Henvendelser og samtykker</h3>" in theirs
    assert "Lunden, organisasjonsnummer 315994306, Bakken 2, 0001 Oslo" in theirs
    assert "Databehandleravtale fra 15. januar 2026, ses på igjen minst én gang i året" in theirs
    assert "Opplysningene slettes når avtalen er slutt" in theirs
    assert page.count("<h3>Henvendelser og samtykker</h3>") == 1
    assert command("record", union, "--format", "xlsx") == 0
    book = load_workbook(BytesIO(capfdbinary.readouterr().out))
    assert [book.worksheets[2].cell(2, column).value for column in (1, 2)] == [
        "Lunden, organisasjonsnummer 315994306, Bakken 2, 0001 Oslo",
        "Henvendelser og samtykker",
    ]
    assert command("record", union, "--format", "jsonld") == 0
    document = json.loads(capfdbinary.readouterr().out)
    assert faults(document) == []
    (theirs,) = (node for node in document["@graph"] if node["@id"] == "#record-processor")
    assert theirs["hasProcess"] == ["#contact_register"]


def test_the_record_of_what_is_in_force(capfdbinary):
    assert command("record", "--lang", "nn") == 0
    page = capfdbinary.readouterr().out.decode()
    assert "Protokoll over behandlingsaktivitetar for Fjellheim Misjon" in page
    assert command("record", "--preset", "mission", "--lang", "nn") == 0
    assert (
        page[page.index("<nav") :] == (other := capfdbinary.readouterr().out.decode())[other.index("<nav") :]
    )


def test_as_json(capsys):
    assert command("record", "--preset", "mission", "--format", "xlsx", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["lang"], told["format"], told["base64"][:4]) == ("nb", "xlsx", "UEsD")
    assert command("record", "--preset", "mission", "--format", "jsonld", "--json") == 0
    assert json.loads(capsys.readouterr().out)["@graph"][0]["@type"] == "dpv:ROPA"


def test_a_workbook_is_not_poured_over_a_terminal(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert command("record", "--preset", "mission", "--format", "xlsx") == 2
    assert capsys.readouterr().out == ""


def test_planned_activities_stand_in_a_preview_alone(capsys):
    for asked, there in ((["--preview"], True), ([], False)):
        for form, mark in (("html", 'id="baptism"'), ("jsonld", '"@id": "#baptism"')):
            assert command("record", "--preset", "mission", "--format", form, *asked) == 0
            assert (mark in capsys.readouterr().out) == there
