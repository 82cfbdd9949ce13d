import csv
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hjemmel.domain.imports.csv import Rejects, inspect, read
from hjemmel.domain.imports.csv.rejects import HEADINGS
from hjemmel.kernel.disclosure.files import safe
from tests.domain.imports.make_csv import TODAY, make


def run(path, rejects_path):
    layout = inspect(path)
    with Rejects(rejects_path, layout.headings) as rejects:
        for row in read(path, layout, allow="synthetic", today=TODAY):
            if row.draft is None:
                rejects.write(row.cells, row.problems)


def table(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


@pytest.mark.requirement("PER-08")
def test_refused_rows_are_written_as_they_stood_with_reasons(tmp_path):
    path, rejects_path = tmp_path / "list.csv", tmp_path / "rejects.csv"
    path.write_text("Navn;Født;E-post\nKari Lie;31.02.2001;kari\nOla Vik;;\n", encoding="cp1252")

    run(path, rejects_path)

    assert table(rejects_path) == [
        ["Navn", "Født", "E-post", *HEADINGS],
        [
            "Kari Lie",
            "31.02.2001",
            "kari",
            "2",
            "Født, E-post",
            "Datoen finnes ikke i kalenderen. E-postadressen skal ha nøyaktig én krøllalfa (@).",
            "Rett verdien, eller la feltet stå tomt. Tillatt: Datoer som 14.03.2001, 2001-03-14"
            " eller 14. mars 2001."
            " Rett verdien, eller la feltet stå tomt. Tillatt: En adresse som navn@example.org.",
        ],
    ]
    assert rejects_path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert stat.S_IMODE(rejects_path.stat().st_mode) == 0o600


def test_formulas_are_made_safe_and_read_back_as_they_were(tmp_path):
    path, rejects_path = tmp_path / "list.csv", tmp_path / "rejects.csv"
    formula = '=HYPERLINK("http://x.example";"a")'
    quoted = formula.replace('"', '""')
    path.write_text(f'Navn;E-post;Arbeidsgiver\nKari Lie;kari;"{quoted}"\n', encoding="utf-8")
    run(path, rejects_path)
    assert table(rejects_path)[1][2] == f"'{formula}"

    corrected = rejects_path.read_text(encoding="utf-8-sig").replace('"kari"', '"kari@example.org"')
    rejects_path.write_text(corrected, encoding="utf-8")
    rows = list(read(rejects_path, inspect(rejects_path), allow="synthetic", today=TODAY))

    assert [row.draft.employer for row in rows] == [formula]


def test_rejects_read_in_again_are_refused_for_the_same_reasons(tmp_path):
    path, first, second = (tmp_path / name for name in ("members.csv", "first.csv", "second.csv"))
    made = make(path, rows=1000, seed=5)
    run(path, first)
    run(first, second)

    # Broken lines lost their structure in the first file; the others keep columns and reasons.
    keep = [row for row in table(first) if "Linjen har" not in row[-2] and "Anførsel" not in row[-2]]
    again = [row for row in table(second) if "Linjen har" not in row[-2]]
    assert len(table(first)) == len(made.faulty) + 1
    assert table(second)[0] == table(first)[0]
    assert {(*row[:15], *row[16:]) for row in keep} <= {(*row[:15], *row[16:]) for row in again}


def test_surplus_cells_are_kept_and_missing_ones_left_empty(tmp_path):
    path, rejects_path = tmp_path / "list.csv", tmp_path / "rejects.csv"
    path.write_text("Navn;Lag\nKari Lie\nOla Vik;Oslo;=mer\n", encoding="utf-8")

    run(path, rejects_path)

    assert [row[:3] + row[6:] for row in table(rejects_path)[1:]] == [
        ["Kari Lie", "", "2"],
        ["Ola Vik", "Oslo", "3", "'=mer"],
    ]


def test_a_run_that_goes_on_adds_to_its_file(tmp_path):
    path = tmp_path / "rejects.csv"
    for append in (False, True):
        with Rejects(path, ["Navn"], append=append) as rejects:
            rejects.write(["Åse"], [])
            rejects.flush()

    assert [row[0] for row in table(path)] == ["Navn", "Åse", "Åse"]
    assert path.read_bytes().count(b"\xef\xbb\xbf") == 1


@pytest.mark.parametrize("cell", ["=1+1", "+47", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])
def test_formula_like_cells_get_an_apostrophe(cell):
    assert safe(cell) == f"'{cell}"


@given(st.text(max_size=20))
def test_safe_cells_stay_safe_and_keep_their_text(cell):
    assert safe(safe(cell)) == safe(cell)
    assert safe(cell).endswith(cell)
    assert not safe(cell).startswith(("=", "+", "-", "@", "\t", "\r"))
