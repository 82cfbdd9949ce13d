"""`python -m bench.reads`: a demonstration in a folder of its own, and what its officers read there."""

import argparse
import json
import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path


def main() -> None:
    """Make the register unless it is there, and measure in it."""
    parser = argparse.ArgumentParser(prog="python -m bench.reads", description=__doc__)
    parser.add_argument("--persons", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=60, help="how often each question is asked")
    parser.add_argument("--only", default="search,lists,pages", help="search, lists, pages; comma separated")
    parser.add_argument(
        "--home", type=Path, help="a folder to work in; one that holds this demonstration is used"
    )
    parser.add_argument("--json", type=Path, help="file for the figures")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hj-reads-") as passing:
        home = (given.home or Path(passing)).absolute()
        sys.path[:0] = ["src", "."]
        os.environ |= {"HJEMMEL_HOME": str(home), "DJANGO_SETTINGS_MODULE": "hjemmel.project.settings"}
        server = import_module("hjemmel.project.postgres").Server(home)
        with server.running():
            made = import_module("bench.reads.register").make(home, given.persons)
            os.environ["HJEMMEL_ROLE"] = "app"  # from here on as the web does
            import_module("django").setup()
            figures = import_module("bench.reads.measuring").measure(server, given)  # it needs the settings
    figures = {"made": made, **figures} if made else figures
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n")
    print(import_module("bench.ground.report").markdown(figures))


if __name__ == "__main__":
    main()
