"""Sealing killed at each of its steps, and two at a time: the log comes to the same end."""

import signal
import subprocess
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

import psycopg
from dateutil.relativedelta import relativedelta
from django.db import connection

from hjemmel.kernel.audit.models import Checkpoint, Entry, Leaf, Tally
from hjemmel.kernel.verify.seals import examine
from tests.commands import started
from tests.kernel.verify.seals.logs import found, sql, tally, write

Register = Callable[[], AbstractContextManager[str]]
LINES = 40

# Where sealing is held up before it is killed: by whom it waits for, at that step.
STEPS = {
    "before the second month is signed": "insert into audit_checkpoint"  # the first time there are two
    " (number, month, size, root, peaks, note) values (2, '1850-01-01', 1, '', '', '')",
    "before it begins": "select pg_advisory_xact_lock(hashtext('hjemmel.seal'))",
    "before the places are given": "lock table audit_leaf in share mode",
    "before the first month is signed": "lock table audit_checkpoint in share mode",
    "before it notes how far it came": "lock table audit_reached in share mode",
}

WAITING = """
select count(*) from pg_locks l join pg_stat_activity a on a.pid = l.pid
 where not l.granted and a.datname = current_database()
"""
GONE = "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"


def lines() -> None:
    """Something to seal, of two months; every time other lines."""
    now = datetime.now(UTC)
    write(LINES, at=now - relativedelta(months=1)) if not Leaf.objects.exists() else write(LINES)
    write(LINES)
    tally()


def beside(name: str) -> "psycopg.Connection[Any]":
    """Another session of the owner's."""
    own = connection.settings_dict
    place = {"host": own["HOST"], "port": own["PORT"], "user": own["USER"], "password": own["PASSWORD"]}
    return psycopg.connect(dbname=name, **place)


def held_up(process: "subprocess.Popen[str]", *, many: int = 1) -> None:
    """Wait until so many sessions wait for somebody."""
    while sql(WAITING) != [(many,)]:
        try:
            process.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
        message = process.communicate()[1]
        raise AssertionError(message)


def whole() -> None:
    """Every line once, and all of it signed."""
    seen = examine()
    assert (seen.found, seen.waiting) == ({}, 0)
    assert seen.lines == Leaf.objects.count() == Entry.objects.count() + Tally.objects.count()


def test_killed_at_each_step(register: Register):
    with register() as name:
        for step, statement in STEPS.items():
            lines()
            before = Leaf.objects.count(), Checkpoint.objects.count()
            with beside(name) as other:
                other.execute(statement)
                process = started(name, "log", "seal")
                held_up(process)
                process.send_signal(signal.SIGKILL)
                process.communicate()
                other.rollback()
            while sql(GONE) != [(0,)]:
                pass  # the server has not noticed yet
            assert found() == {}, step
            after = Leaf.objects.count(), Checkpoint.objects.count()
            assert (after == before) == (step != "before it notes how far it came"), step
            with started(name, "log", "seal") as again:
                told = again.communicate()
            assert again.returncode == 0, told
            whole()


def test_two_at_a_time_seal_every_line_once(register: Register):
    with register() as name:
        lines()
        with beside(name) as other:
            other.execute(STEPS["before it begins"])
            both = [started(name, "log", "seal") for _ in range(2)]
            held_up(both[0], many=2)
            other.rollback()
        for process in both:
            told = process.communicate()
            assert process.returncode == 0, told
        whole()
