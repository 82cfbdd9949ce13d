import base64
import json

import pytest

from tests.commands import command

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("DEC-03")
def test_the_statement_in_force_is_the_one_on_the_web(capsys, visit):
    assert command("statement", "--lang", "nn") == 0
    printed = capsys.readouterr().out
    page = visit(None).get("/personvern/nn/").content.decode()
    article = page[page.index("<article") : page.index("</article>")]
    assert article in printed


@pytest.mark.parametrize(("form", "start"), [("html", "<!doctype html>"), ("md", "# Privacy statement of")])
def test_a_preset_in_each_form(capsys, form, start):
    assert command("statement", "--preset", "mission", "--lang", "en", "--format", form) == 0
    assert capsys.readouterr().out.startswith(start)


def test_a_pdf_goes_into_a_file(capfdbinary):
    assert command("statement", "--preset", "mission", "--format", "pdf") == 0
    assert capfdbinary.readouterr().out.startswith(b"%PDF-")


def test_as_json(capsys):
    assert command("statement", "--preset", "mission", "--format", "pdf", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["lang"], told["format"]) == ("nb", "pdf")
    assert base64.b64decode(told["base64"]).startswith(b"%PDF-")
    assert command("statement", "--preset", "mission", "--json") == 0
    assert json.loads(capsys.readouterr().out)["text"].startswith("<!doctype html>")


def test_a_pdf_is_not_poured_over_a_terminal(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert command("statement", "--preset", "mission", "--format", "pdf") == 2
    told = capsys.readouterr()
    assert (told.out, "> FIL" in told.err) == ("", True)


def test_planned_activities_stand_in_a_preview_alone(capsys):
    for asked, there in ((["--preview"], True), ([], False)):
        assert command("statement", "--preset", "mission", *asked) == 0
        page = capsys.readouterr().out
        assert ('id="baptism"' in page) == there


def test_what_is_no_declaration_is_told(capsys, tmp_path):
    assert command("statement", str(tmp_path / "gone")) == 2
    assert "er ingen mappe" in capsys.readouterr().err
    (tmp_path / "organisation.yaml").write_text("organisation: [\n")
    assert command("statement", str(tmp_path)) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "H001" in told.err
