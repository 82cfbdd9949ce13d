"""Three runs of one list: tried, read in, read in again."""

import os
import time
from argparse import Namespace
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction

from hjemmel.domain.imports.actions import Options, import_persons
from hjemmel.kernel.units.models import Unit
from tests.domain.imports.make_csv import make
from tests.planting import NORTH, found

UNITS = 40


def measure(given: Namespace, home: Path) -> None:
    """Make the tree and the list, run, and print what each run took."""
    units = _tree()
    file = home / "liste.csv"
    made = make(
        file,
        rows=given.rows,
        seed=given.seed,
        encoding=given.encoding,
        units=units,
        national_ids=given.national_ids,
    )
    size = file.stat().st_size / 1e6
    print(f"{made.rows} rows, {len(made.faulty)} of them faulty, {size:.1f} MB, {os.cpu_count()} processors")
    for title, dry_run in (("tried", True), ("read in", False), ("read in again", False)):
        _run(title, file, dry_run=dry_run, statements=given.statements)


def _tree() -> list[str]:
    """A register with chapters and nobody in it; the names of the chapters."""
    call_command("migrate", verbosity=0)
    names = [f"Lag {n:02}" for n in range(UNITS)]
    if not Unit.objects.exists():
        with transaction.atomic():
            found()
            for name in names:
                Unit.objects.create(kind="chapter", name=name, parent_id=NORTH)
    return names


def _run(title: str, file: Path, *, dry_run: bool, statements: int) -> None:
    times: Counter[str] = Counter()

    def timed(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, *rest)
        finally:
            times[" ".join(sql.split())[:100]] += time.perf_counter() - began

    began, ours, theirs = time.perf_counter(), time.process_time(), _backend()
    with connection.execute_wrapper(timed):
        report = import_persons(file, options=Options(dry_run=dry_run))
    wall, ours, theirs = time.perf_counter() - began, time.process_time() - ours, _backend() - theirs
    print(
        f"{title}: {wall:.1f} s, {report.read / wall:.0f} rows/s; CPU {ours:.1f} s ours, {theirs:.1f} s the"
        f" database's; load {os.getloadavg()[0]:.1f}\n  added {report.added}, changed {report.changed},"
        f" unchanged {report.unchanged}, queued {report.queued}, rejected {report.rejected}",
        flush=True,
    )
    for sql, seconds in times.most_common(statements):
        print(f"  {seconds:7.2f} s  {sql}")


def _backend() -> float:
    """CPU seconds of our connection's server process so far (Linux)."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        (pid,) = cursor.fetchone()
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
