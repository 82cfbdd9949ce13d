"""Broken off anywhere and started again, an import comes to the same end."""

import json
import signal
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from hjemmel.domain.imports.actions import NotPossible, Options, import_persons
from hjemmel.domain.imports.models import Run
from hjemmel.kernel import clock
from tests.domain.imports.lists import counts, picture
from tests.domain.imports.make_csv import make
from tests.domain.imports.processes import started

UNITS = ("Havna", "Lia", "Fjorden", "Månen")
ROWS = 2600  # more than the one chunk that is written before the process is killed


class BrokenOffError(RuntimeError):
    """What breaks an import off."""


@pytest.fixture(scope="module")
def file(tmp_path_factory: Any) -> Path:
    """A list with families, faults, an unknown unit, identity numbers and people without a number."""
    path: Path = tmp_path_factory.mktemp("lister") / "medlemmer.csv"
    make(path, rows=ROWS, seed=3, encoding="cp1252", units=UNITS, national_ids=True)
    return path


def test_broken_off_between_any_chunks_it_comes_to_the_same_end(register, file):
    def breaks(after: int):
        def tell(progress):
            if progress.read >= after:
                raise BrokenOffError

        return tell

    options = Options(chunk=400)
    with register():
        whole = import_persons(file, options=options)
        expected = picture()
        assert counts(whole)[0] == ROWS
        assert sum(counts(whole)[1:]) == ROWS
        assert whole.rejects_file is not None
        refused = whole.rejects_file.read_bytes()
    with register():
        for after in (1, 801, 1201, 2400):
            with pytest.raises(BrokenOffError):
                import_persons(file, options=options, tell=breaks(after))
        assert Run.objects.get().line > 0
        report = import_persons(file, options=options)
        assert (counts(report), report.resumed) == (counts(whole), True)
        assert picture() == expected
        assert report.rejects_file.read_bytes() == refused
        again = import_persons(file, options=options)
        assert (again.added, again.queued, again.rejected) == (0, whole.queued, whole.rejected)
        assert again.unchanged == whole.added + whole.unchanged + whole.changed


def test_the_process_killed_in_the_middle_goes_on_where_it_was(register, file):
    with register():
        whole = import_persons(file)
        expected = picture()
    with register() as name:
        with listening(name) as steps, started(name, file) as process:
            assert next(steps.notifies(timeout=300, stop_after=1)).payload == "2000"
            process.send_signal(signal.SIGKILL)
            process.communicate()
        assert process.returncode == -signal.SIGKILL
        run = Run.objects.get()
        assert (run.state, run.read) == ("running", 2000)
        with started(name, file) as process:
            told, said = process.communicate()
        assert process.returncode == 1
        report = json.loads(told)
        assert report["resumed"] is True
        assert [report[k] for k in ("read", "added", "changed", "unchanged", "queued", "rejected")] == list(
            counts(whole)
        )
        assert said.splitlines()[-1].startswith(f"2 600 av {2600:,} rader".replace(",", " "))
        assert picture() == expected


def test_two_who_read_the_same_file_do_not_write_it_twice(register, file):
    def meanwhile(progress):
        if progress.read == 400:
            import_persons(file, options=Options(chunk=400))

    with register():
        with pytest.raises(NotPossible, match=r"import\.busy"):
            import_persons(file, options=Options(chunk=400), tell=meanwhile)
        run = Run.objects.get()
        assert (run.state, run.read) == ("done", ROWS)


def listening(name: str):
    """A connection that hears of every chunk that is committed."""
    from django.db import connection

    settings = connection.settings_dict
    heard = psycopg.connect(
        host=settings["HOST"], port=settings["PORT"], dbname=name, user=settings["USER"],
        password=settings["PASSWORD"], autocommit=True,
    )  # fmt: skip
    heard.execute(
        "create function kernel.tell_test() returns trigger language plpgsql as $$ begin"
        " perform pg_notify('test_steps', new.read::text); return null; end $$"
    )
    heard.execute(
        "create trigger z_test after update of read on imports_run for each row"
        " execute function kernel.tell_test()"
    )
    heard.execute("listen test_steps")
    return heard


def test_a_run_left_so_long_that_its_rows_may_not_wait_begins_anew(register, file):
    options = Options(chunk=400)

    def breaks(progress):
        if progress.read >= 400:
            raise BrokenOffError

    with register():
        with pytest.raises(BrokenOffError):
            import_persons(file, options=options, tell=breaks)
        with clock.at(clock.today() + timedelta(days=31)):
            report = import_persons(file, options=options)
        assert (report.resumed, report.read) == (False, ROWS)
        assert report.unchanged >= Run.objects.earliest("received_on").added
