"""A run is worked on by whoever began it, while it is open; the day it was begun, which says when its rows
are due, nobody in the web moves.
"""

from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from hjemmel.domain.imports.models import Row, Run
from hjemmel.kernel.grounds.models import Ground
from tests.domain.imports.lists import KARI, OLA
from tests.domain.imports.test_officers_lists import PURPOSES, by, file, leader, today
from tests.domain.looking import sql, unmasked
from tests.planting import HARBOUR, officer

__all__ = ["file", "leader", "today"]
pytestmark = [pytest.mark.django_db, pytest.mark.requirement("ORG-06")]
INTO = "insert into public.imports_run (id, digest, options, by, state, line, received_on,"
INTO += " read, added, changed, unchanged, queued, rejected) values (%s, 'x', '{}', %s,"
TAIL = ", 0, 0, 0, 0, 0, 0)"


@pytest.fixture
def run(leader, as_app, file):
    """The leader at the app's prompt, with a run of hers, open, and a row that waits."""
    with as_app(actor=f"officer:{leader.pk}", purpose=PURPOSES):
        by(leader, file, KARI | {"Medlemstype": "Æresgjest"}, OLA, unit="Havna")
        with unmasked():
            Run.objects.update(state="running")
        yield Run.objects.get()


def refused(statement: str, *values: object) -> None:
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        sql(statement, *values)
    assert getattr(error.value.__cause__, "sqlstate", "") == "42501"


def affected(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.rowcount


def test_the_day_of_a_run_stays(run):
    before = list(Ground.objects.filter(record_id=Row.objects.get().pk).values_list("until", flat=True))
    for column, value in (
        ("received_on", "'2099-01-01'"), ("received_on", "null"), ("by", "''"), ("unit_id", "null"),
        ("options", "'{}'"), ("digest", "''"), ("id", "1"),
    ):  # fmt: skip
        refused(f"update public.imports_run set {column} = {value}")
    refused("delete from public.imports_run")
    assert before == list(
        Ground.objects.filter(record_id=Row.objects.get().pk).values_list("until", flat=True)
    )


def test_her_own_open_run_counts_on_and_a_done_one_stands(run):
    assert affected("update public.imports_run set line = 7, read = 7") == 1
    sql("select kernel.import_done(%s)", run.pk)
    assert Run.objects.get().state == "done"
    assert affected("update public.imports_run set state = 'running'") == 0
    assert affected("update public.imports_run set line = 0") == 0


def test_nobody_goes_on_with_anothers_run(run, as_app):
    with unmasked():
        other = officer("chapter_leader", HARBOUR)
    with as_app(actor=f"officer:{other.pk}", purpose=PURPOSES):
        assert affected("update public.imports_run set line = 0") == 0
        sql("select kernel.import_done(%s)", run.pk)
        with unmasked():
            assert Run.objects.get().state == "running"


def test_a_run_begins_today_from_nothing_and_is_the_actors(run):
    begin = f"{INTO} 'running', 0, %s{TAIL}"
    for mark, day in (("", "2026-11-23"), (run.by, "2026-11-24"), (run.by, "2026-11-22"), (run.by, None)):
        refused(begin, 1, mark, day)
    refused(f"{INTO} 'done', 0, %s{TAIL}", 1, run.by, "2026-11-23")
    refused(f"{INTO} 'running', 9, %s{TAIL}", 1, run.by, "2026-11-23")
    sql(begin, 1, run.by, "2026-11-23")
    assert Run.objects.get(pk=1).received_on == date(2026, 11, 23)
