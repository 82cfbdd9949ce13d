"""`python -m bench.log`: a log of so many lines in a register of its own, sealed and checked by the commands.

Each figure is of one command in a process of its own; memory is the most that the process held.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import Any

MONTHS = 12
# What a busy register's log is made of: most lines are of rows that came, some changes with values, counts.
FILL = (
    "set session_replication_role = replica",
    """
insert into public.audit_entry
  (at, actor, purpose, kind, table_name, record_id, subject_id, datum, field, commitment)
select now() - ({months} - 1) * interval '1 month' + n * ({months} - 1) * interval '1 month' / {lines},
       'tenure:' || (n * 7919 % 9223372036854775807), 'membership/administration',
       case when n % 10 = 0 then 'changed' else 'created' end, 'people_phone', n * 104729, n % {lines} + 1,
       case when n % 10 = 0 then 'person.phone' end, case when n % 10 = 0 then 'number' end,
       case when n % 10 = 0
            then kernel.commitment(sha256(n::text::bytea), 'person.phone', '+4768050123', '+4768050199') end
  from generate_series(1, {lines}::bigint) n""",
    """
insert into public.subjects_subject select (jsonb_populate_record(null::public.subjects_subject,
  jsonb_build_object('id', n, 'version', 1, 'shielded', false, 'restricted', false))).*
  from generate_series(10, {lines}, 10) n on conflict do nothing""",
    """
insert into public.audit_value (id, version, subject_id, datum, old, new, key, written_on)
select e.id, 1, e.subject_id, 'person.phone', '+4768050123', '+4768050199',
       sha256((e.record_id / 104729)::text::bytea), current_date
  from public.audit_entry e where e.commitment is not null""",
    "insert into public.audit_tally (table_name, rows)"
    " select 'audit_value', count(*) from public.audit_value",
    """
insert into public.audit_tally (at, table_name, rows)
select now() - interval '1 hour', 'people_phone', 1 from generate_series(1, {lines} / 20)""",
    "analyze public.audit_entry, public.audit_value, public.audit_tally",
)
MAKE = """
from hjemmel.project.config import from_environment
from hjemmel.project.house import House
house = House(from_environment())
with house.database("owner", make=True):
    house.migrate(lambda _: None)
"""


def main() -> None:
    """Make the log, seal it, check it, and print what that took."""
    parser = argparse.ArgumentParser(prog="python -m bench.log", description=__doc__)
    parser.add_argument("--lines", type=int, default=10_000_000)
    parser.add_argument("--json", type=Path, help="file for the figures")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hj-log-") as home:
        sys.path[:0] = ["src", "."]
        paths = os.pathsep.join(["src", os.environ.get("PYTHONPATH", "")])
        os.environ |= {"HJEMMEL_HOME": home, "PYTHONPATH": paths}
        os.environ["DJANGO_SETTINGS_MODULE"] = "hjemmel.project.settings"
        server = import_module("hjemmel.project.postgres").Server(Path(home))
        with server.running():
            subprocess.run([sys.executable, "-c", MAKE], check=True)
            _fill(server, given.lines)
            checkpoint = str(Path(home) / "kept")
            figures = {
                "sealed": _run(given.lines, "log", "seal"),
                "sealed again": _run(given.lines, "log", "seal"),
                "taken out": _run(given.lines, "log", "checkpoint", "-o", checkpoint),
                "checked": _run(given.lines, "log", "verify", "--checkpoint", checkpoint),
                "bytes of leaves a line": round(_size(server) / given.lines),
            }
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1) + "\n")
    print(import_module("bench.ground.report").markdown(figures))


def _fill(server: Any, lines: int) -> None:
    with _superuser(server) as root:
        for statement in FILL:
            root.execute(statement.format(lines=lines, months=MONTHS))


def _size(server: Any) -> int:
    with _superuser(server) as root:
        return int(root.execute("select pg_total_relation_size('public.audit_leaf')").fetchone()[0])


def _superuser(server: Any) -> Any:
    return import_module("psycopg").connect(**server.superuser("hjemmel"), autocommit=True)


def _run(lines: int, *command: str) -> dict[str, float]:
    """What one command took."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "hjemmel.project.console", *command, "--json"], stdout=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    if status:
        message = f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}"
        raise SystemExit(message)
    took = time.perf_counter() - begun
    return {"s": round(took, 1), "µs a line": round(1e6 * took / lines, 1), **_used(used)}


def _used(used: resource.struct_rusage) -> dict[str, float]:
    """Processor time of the command's own process, and the most memory that it held."""
    return {"cpu s": round(used.ru_utime + used.ru_stime, 1), "MB": round(used.ru_maxrss / 1024)}


if __name__ == "__main__":
    main()
