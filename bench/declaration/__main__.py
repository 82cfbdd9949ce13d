"""`python -m bench.declaration`: reading, checking, drawing rules and telling, preset by preset."""

import argparse
import subprocess
import sys
from collections.abc import Callable
from time import process_time

from hjemmel.declaration import presets, rules, statement, texts_of
from hjemmel.declaration.check import examine
from hjemmel.declaration.findings import Report
from hjemmel.declaration.model import LANGUAGES
from hjemmel.declaration.read import read
from hjemmel.declaration.text import _parsed

HEAD = (
    "| preset | activities | rules | read | check | rules | told in three | all | check and rules to read"
    " | check and tell, anew |"
)
COLD = """
import sys, time
from hjemmel.declaration import check, load_texts, statement, texts_of
began = time.process_time()
texts = texts_of(sys.argv[1])
assert not [found for found in check(texts) if found.level == "error"]
statement(load_texts(texts), "nb")
print(time.process_time() - began)
"""


def main() -> None:
    """Print processor time in ms, the best of a number of tries, and how the check stands to the reading."""
    parser = argparse.ArgumentParser(prog="python -m bench.declaration", description=__doc__)
    parser.add_argument("presets", nargs="*", metavar="PRESET", default=presets())
    parser.add_argument("--times", type=int, default=5)
    given = parser.parse_args()
    print(HEAD)
    print("|" + "---|" * (HEAD.count("|") - 1))
    for name in given.presets:
        print(row(name, given.times))


def row(name: str, times: int) -> str:
    """Return the figures of one preset as a row of a table. Raises ValueError where it cannot be read."""
    texts = texts_of(name)
    declaration, places = read(texts, Report())
    if declaration is None:
        message = f"{name} has faults; check it first"
        raise ValueError(message)
    costs = {
        "read": best(times, lambda: anew(texts)),
        "check": best(times, lambda: examine(declaration, Report(), places)),
        "rules": best(times, lambda: rules(declaration)),
        "told": best(times, lambda: [statement(declaration, lang) for lang in LANGUAGES]),
    }
    ratio = (costs["check"] + costs["rules"]) / costs["read"]
    cells = [name, len(declaration.activities), len(rules(declaration))]
    shown = [f"{cost * 1000:.1f}" for cost in (*costs.values(), sum(costs.values()))]
    whole = cold(name, times)
    return f"| {' | '.join([*map(str, cells), *shown])} | {ratio:.2f} | {whole * 1000:.0f} |"


def anew(texts: dict[str, str]) -> None:
    """Read the files as if for the first time."""
    _parsed.cache_clear()
    read(texts, Report())


def cold(name: str, times: int) -> float:
    """Return the least processor time that checking and telling took in a process that had read nothing of
    ours yet, in seconds: its vocabulary, texts and figures of law too, its modules not.
    """
    return min(
        float(subprocess.run([sys.executable, "-c", COLD, name], capture_output=True, check=True).stdout)
        for _ in range(times)
    )


def best(times: int, does: Callable[[], object]) -> float:
    """Return the least processor time that one of several tries took, in seconds."""
    found = []
    for _ in range(times):
        began = process_time()
        does()
        found.append(process_time() - began)
    return min(found)


if __name__ == "__main__":
    main()
