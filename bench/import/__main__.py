"""`python -m bench.import`: an empty register in a folder of its own, a list, and three runs of it."""

import argparse
import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path


def main() -> None:
    """Make a register, and measure in it."""
    parser = argparse.ArgumentParser(prog="python -m bench.import", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--encoding", default="cp1252")
    parser.add_argument("--home", type=Path, help="a folder to work in; a passing one, if nothing is said")
    parser.add_argument("--national-ids", action="store_true", help="an identity number in every row")
    parser.add_argument("--statements", type=int, default=0, metavar="N", help="the N slowest statements too")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hj-import-") as passing:
        home = (given.home or Path(passing)).absolute()
        home.mkdir(parents=True, exist_ok=True)
        sys.path[:0] = ["src", "."]
        os.environ |= {
            "HJEMMEL_HOME": str(home / "home"),
            "HJEMMEL_ROLE": "owner",
            "DJANGO_SETTINGS_MODULE": "hjemmel.project.settings",
        }
        server = import_module("hjemmel.project.postgres").Server(home / "home")
        with server.running():
            import_module("django").setup()
            import_module("bench.import.measuring").measure(given, home)  # its imports need the settings


if __name__ == "__main__":
    main()
