"""The files of refused and waiting rows are the register's: they go when the rows go, and none stays."""

import stat
from datetime import date, timedelta
from pathlib import Path

import pytest

from hjemmel.domain.imports.actions import Report
from hjemmel.kernel import access, clock
from hjemmel.kernel.subjects.models import new_id
from tests.domain.imports.lists import KARI, OLA, take_in
from tests.kernel.retention.keeping import rows, sweep

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("RET-09")]
TODAY = date(2026, 11, 23)
DUE, DAY = TODAY + timedelta(days=30), timedelta(days=1)


def read_in(folder: Path, **options: bool) -> Report:
    """A list with a row that is refused and one that waits."""
    with access.acting(actor="console", purpose="membership/administration"), clock.at(TODAY):
        return take_in(
            folder / "liste.csv",
            KARI, OLA | {"Lokallag": "Månen"}, {"Fornavn": "Kari", "Etternavn": "Nordli", "Lokallag": "Lia"},
            **options,
        )  # fmt: skip


def waiting() -> int:
    return int(rows("select count(*) from imports_row")[0][0])


def run_of_rows() -> int:
    ((run,),) = rows("select distinct run_id from imports_row")
    return int(run)


def lying(home: Path) -> set[Path]:
    return set((home / "imports").iterdir())


def test_they_lie_in_the_data_folder_for_its_owner_alone(home, tmp_path):
    (home / "imports").mkdir(parents=True, mode=0o755)
    report = read_in(tmp_path)
    assert report.rejects_file is not None
    assert report.queued_file is not None
    run = run_of_rows()
    assert report.rejects_file == home / "imports" / f"liste-{run}-avvist.csv"
    assert report.queued_file == home / "imports" / f"liste-{run}-venter.csv"
    assert {stat.S_IMODE(path.stat().st_mode) for path in lying(home)} == {0o600}
    assert stat.S_IMODE((home / "imports").stat().st_mode) == 0o700
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["liste.csv"]


def test_they_are_there_the_day_before_and_gone_on_the_day_of_their_rows(home, tmp_path):
    report = read_in(tmp_path)
    files = {report.rejects_file, report.queued_file}
    assert sweep(DUE - DAY).outside["imports"] == 0
    assert (lying(home), waiting()) == (files, 2)
    assert sweep(DUE).outside["imports"] == 2
    assert (lying(home), waiting()) == (set(), 0)


def test_those_of_a_dry_run_go_the_first_night(home, tmp_path):
    tried = read_in(tmp_path, dry_run=True)
    done = read_in(tmp_path)
    assert {tried.rejects_file, done.rejects_file} < lying(home)
    assert sweep(TODAY).outside["imports"] == 2
    assert lying(home) == {done.rejects_file, done.queued_file}


def test_what_was_killed_or_put_there_by_hand_does_not_stay(home, tmp_path):
    report = read_in(tmp_path)
    run = run_of_rows()
    folder = home / "imports"
    broken_off = folder / f".liste-{run}-avvist.csv.new"  # the process was killed as it wrote
    dead = folder / f".annen-{new_id()}-avvist.csv.new"
    corrected = folder / "liste-rettet.csv"
    for path in (broken_off, dead, corrected):
        path.write_text("Kari;Nordli", encoding="utf-8")
    (folder / "lenke.csv").symlink_to(tmp_path / "liste.csv")
    (folder / "mappe").mkdir()
    assert sweep(TODAY).outside["imports"] == 3
    assert lying(home) == {report.rejects_file, report.queued_file, broken_off, folder / "mappe"}
    assert (tmp_path / "liste.csv").exists()
    sweep(DUE)
    assert lying(home) == {folder / "mappe"}


def test_a_register_that_never_read_a_list_has_no_such_folder(home):
    assert sweep(TODAY).outside["imports"] == 0
    assert not home.exists()
