"""Whole lists, as secretaries send them: encodings, faults in known lines, files for what is refused."""

import csv
from datetime import date

import pytest

from hjemmel.domain.imports.actions import Options, import_persons
from hjemmel.domain.imports.models import Row
from hjemmel.kernel import access, clock
from tests.domain.imports.lists import KARI, OLA, counts, picture, take_in, written
from tests.domain.imports.make_csv import make

pytestmark = pytest.mark.django_db
UNITS = ("Havna", "Lia", "Fjorden")


@pytest.fixture(autouse=True)
def console():
    with access.acting(actor="console", purpose="membership/administration"), clock.at(date(2026, 11, 23)):
        yield


def rows_of(path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig", "utf-8", "utf-16"])
def test_every_faulty_row_is_refused_with_its_reason_in_any_encoding(tmp_path, encoding):
    file = tmp_path / "liste.csv"
    made = make(file, rows=600, seed=7, encoding=encoding, units=UNITS, share_faulty=0.05)
    report = import_persons(file)
    told = {row.line: row.problems[0]["code"] for row in Row.objects.filter(state="rejected")}
    assert {line: code for line, code in told.items() if code != "membership.time_over"} == made.faulty
    assert report.read == 600
    assert report.added == 600 - report.rejected
    assert [p for p in picture() if "Ærlend" in repr(p)]


def test_two_thousand_rows_tried_then_read_then_read_again(tmp_path):
    file = tmp_path / "liste.csv"
    make(file, rows=2000, seed=11, encoding="cp1252", units=UNITS, national_ids=True)
    before = picture()
    tried = import_persons(file, options=Options(dry_run=True, chunk=300))
    assert picture() == before
    done = import_persons(file, options=Options(chunk=300))
    assert (counts(tried), tried.dropped) == (counts(done), done.dropped)
    again = import_persons(file, options=Options(chunk=700))
    assert counts(again) == (2000, 0, 0, done.added, done.queued, done.rejected)


def test_what_is_refused_and_what_waits_is_written_as_it_stood(tmp_path):
    report = take_in(
        tmp_path / "liste.csv",
        KARI, OLA | {"Lokallag": "Månen", "Medlemstype": "Æresgjest"},
        {"Fornavn": "Kari", "Etternavn": "Nordli", "Lokallag": "Lia"},
    )  # fmt: skip
    headings, row = rows_of(report.rejects_file)
    assert headings[-4:] == ["Linje", "Kolonne", "Feil", "Hva du kan gjøre"]
    assert (row[0], row[-4], row[-3]) == ("501", "3", "Lokallag, Medlemstype")
    assert row[-2] == "Registeret har ikke noe lag med dette navnet. Vi kjenner ikke medlemstypen."
    assert rows_of(report.queued_file)[1][-2] == "Personen kan være en som alt står i registeret."


def test_a_list_without_faults_leaves_no_file(tmp_path):
    report = take_in(tmp_path / "liste.csv", KARI)
    assert (report.rejects_file, report.queued_file) == (None, None)
    assert [path.name for path in tmp_path.rglob("*.csv")] == ["liste.csv"]


def test_refused_rows_corrected_in_their_own_file_go_in(tmp_path):
    report = take_in(tmp_path / "liste.csv", KARI, OLA | {"Lokallag": "Månen"})
    text = report.rejects_file.read_text(encoding="utf-8-sig").replace("Månen", "Lia")
    report.rejects_file.write_text(text, encoding="utf-8-sig")
    again = import_persons(report.rejects_file)
    assert counts(again) == (1, 1, 0, 0, 0, 0)


def test_a_cell_that_the_database_cannot_hold_is_refused_and_written_back(tmp_path):
    file = written(tmp_path / "liste.csv", KARI | {"Etternavn": "Nord\x00li"}, OLA)
    report = take_in(file)
    assert counts(report) == (2, 1, 0, 0, 0, 1)
    assert Row.objects.get().raw[3] == "Nord\ufffdli"
    assert rows_of(report.rejects_file)[1][-2] == "Verdien har usynlige styretegn."
