"""The record of processing: the columns it has to have, what stands in them, and the workbook."""

from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from hjemmel.declaration import Declaration, Text, load, presets
from hjemmel.declaration.model import LANGUAGES, Activity
from hjemmel.declaration.render import html
from hjemmel.declaration.render.language import language
from hjemmel.declaration.render.record import OPTIONAL, Entry, document, record
from hjemmel.declaration.render.sentences import sentences
from hjemmel.declaration.render.xlsx import xlsx
from tests.declaration.test_jsonld import for_others

# Article 30 no. 1 a to g and no. 2 a to d, as columns.
FIRST = {
    "controllers", "purposes", "subjects", "data", "recipients", "transfers", "deletion", "measures"
}  # fmt: skip
SECOND = {"controllers", "processing", "transfers", "measures"}


def book(declaration: Declaration, lang: str = "nb") -> Workbook:
    return load_workbook(BytesIO(xlsx(record(declaration, lang))))


def text(entry: Entry, column: str) -> str:
    return "\n".join(line.text for line in entry.cells[column])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", presets())
def test_every_activity_says_what_article_30_asks_for(name: str, lang: str) -> None:
    declaration = load(name)
    for found, wanted in (
        (record(declaration, lang).controller, FIRST),
        (record(for_others(declaration), lang).processor, SECOND),
    ):
        assert found
        for entry in found:
            assert {column for column, lines in entry.cells.items() if lines} >= wanted
            assert not any("{" in line.text for lines in entry.cells.values() for line in lines)
            assert not (set(entry.cells) & OPTIONAL & wanted)


def test_a_rule_is_told_in_the_words_of_the_statement() -> None:
    declaration = load("mission")
    for lang in LANGUAGES:
        said = sentences(declaration, lang)
        for entry in record(declaration, lang).controller:
            for line in (*entry.cells["deletion"], *entry.cells["access"]):
                assert line.rule is None or line.text == said[line.rule]


def test_each_activity_stands_in_the_record_of_its_role() -> None:
    declaration = load("mission")
    names = [activity.name for activity in declaration.active]
    assert [entry.anchor for entry in record(declaration).controller] == names
    assert record(declaration).processor == ()
    changed = record(for_others(declaration))
    assert [entry.anchor for entry in changed.controller] == names[1:]
    assert [entry.anchor for entry in changed.processor] == [f"grove-{name}" for name in names[:2]]
    first = changed.processor[0]
    assert text(first, "controllers") == "Lunden, organisasjonsnummer 315994306, Bakken 2, 0001 Oslo"
    assert text(first, "agreement").splitlines() == [
        "Avtalen fra 1. januar 2026, ses på igjen minst én gang i året",
        "Opplysningene leveres tilbake når avtalen er slutt",
    ]


def test_planned_activities_stand_in_a_preview_alone_and_say_so() -> None:
    declaration = load("mission")
    planned = {activity.name for activity in declaration.planned}
    whole = {entry.anchor: entry.title for entry in record(declaration, preview=True).controller}
    assert planned <= whole.keys()
    assert all(whole[name].endswith("(planlagt)") for name in planned)
    assert not planned & {entry.anchor for entry in record(declaration).controller}


def test_the_page_marks_each_line_with_its_rule() -> None:
    page = html.article(document(record(load("union"))), "record")
    assert '<li><span data-rule="membership/keep/1">' in page
    assert "Ingenting gjøres på vegne av andre" in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_workbook_opens_well(lang: str) -> None:
    words = language(lang)
    found = book(for_others(load("mission")), lang)
    about, ours, theirs = found.worksheets
    assert found.active is about
    assert about["A1"].value == words.say("record.title", organisation="Fjellheim Misjon")
    assert (ours.freeze_panes, theirs.freeze_panes) == ("B2", "C2")
    for sheet in (ours, theirs):
        assert sheet.auto_filter.ref == sheet.dimensions
        heads = [cell.value for cell in sheet[1]]
        assert None not in heads
        assert all(cell.font.bold and cell.fill.fgColor.rgb != "00000000" for cell in sheet[1])
        assert all(cell.alignment.wrap_text for row in sheet.iter_rows(min_row=2) for cell in row)
        for row in range(2, sheet.max_row + 1):
            assert 15 <= sheet.row_dimensions[row].height < 400, "or Excel cuts it"


def starting_awkwardly(declaration: Declaration) -> Declaration:
    def changed(activity: Activity, title: str) -> Activity:
        return replace(activity, title=Text(title))

    titles = ("=1+1", "+47", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0")
    first = tuple(map(changed, declaration.active, titles))
    return replace(declaration, activities=(*first, *declaration.activities[len(first) :]))


def test_what_looks_like_a_formula_is_text() -> None:
    found = book(starting_awkwardly(load("mission")))
    sheet = found.worksheets[1]
    awkward = [sheet.cell(row, 1) for row in range(2, 6)]
    assert [cell.value for cell in awkward] == ["=1+1", "+47", "-1", "@SUM(A1)"]
    cells = [cell for each in found.worksheets for row in each.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert all(cell.quotePrefix for cell in awkward)


def test_a_character_that_no_workbook_holds_is_left_out() -> None:
    declaration = load("mission")
    first, *rest = declaration.activities
    changed = replace(declaration, activities=(replace(first, title=Text("Navn\x0bog tid")), *rest))
    assert book(changed).worksheets[1]["A2"].value == "Navnog tid"
