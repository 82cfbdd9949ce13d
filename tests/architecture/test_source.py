"""What the source itself must keep to, whoever writes it."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "hjemmel"
CEILING = 400

# Files over the ceiling, each with its reason.
LARGE: dict[str, str] = {}

# The day is asked of kernel.clock, in Oslo and moved in a demonstration; who asks otherwise says why.
TODAY = re.compile(
    r"now\(\)\s*::\s*date|\bdate\.today\(\)|timezone\.now\(\)\.date\(\)|\blocaldate\(|\bcurrent_date\b"
    r"|datetime\.(?:now|today|utcnow)\([^)]*\)\.date\(\)",
    re.IGNORECASE,
)
ASKS_OTHERWISE = {
    "kernel/clock/__init__.py": "the clock itself",
    "kernel/clock/build.py": "the clock itself, in SQL",
    "kernel/verify/actions.py": "works the day out once more, to check by",
}


def sources(*endings: str) -> list[Path]:
    return [
        path
        for folder in (SOURCE, ROOT / "tests", ROOT / "bench")
        for path in sorted(folder.rglob("*"))
        if path.suffix in endings and not {"vendor", "node_modules", "migrations"} & set(path.parts)
    ]


def test_no_file_is_longer_than_one_reads_at_once():
    found = {
        str(path.relative_to(ROOT)): lines
        for path in sources(".py", ".sql", ".html", ".css", ".js")
        if (lines := path.read_text("utf-8").count("\n")) > CEILING
    }
    assert found.keys() - LARGE.keys() == set(), found
    assert LARGE.keys() - found.keys() == set(), "no longer over the ceiling: take it off the list"


def test_what_day_it_is_is_asked_of_the_clock():
    found = {
        str(path.relative_to(SOURCE))
        for path in sources(".py", ".sql", ".html")
        if path.is_relative_to(SOURCE) and TODAY.search(path.read_text("utf-8"))
    }
    assert found - ASKS_OTHERWISE.keys() == set()


def test_the_second_reading_shares_nothing_with_what_it_checks():
    """What works out grounds and sight once more imports no mask, policy, trigger or clause."""
    allowed = re.compile(r"hjemmel\.(declaration|kernel\.(catalog|clock|verify)\b)")
    for path in sorted((SOURCE / "kernel" / "verify").glob("*.py")):
        lines = re.findall(
            r"^\s*(?:from|import) (hjemmel[\w.]*)(?: import (\w+))?", path.read_text("utf-8"), re.MULTILINE
        )
        names = [f"{module}.{name}" if module == "hjemmel.kernel" else module for module, name in lines]
        assert [name for name in names if not allowed.match(name)] == [], path.name
    words = re.compile(r"\b(select|insert|update|delete)\s", re.IGNORECASE)
    for name in ("naive.py", "sight.py"):
        code = re.sub(r'"""[\s\S]*?"""', "", (SOURCE / "kernel" / "verify" / name).read_text("utf-8"))
        assert not words.search(code), f"{name} speaks SQL"


def test_the_list_of_promises_says_which_ones_tests_show():
    listed = (ROOT / "docs" / "reference" / "requirements.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| ([A-Z]{3}-\d{2}) \|.*\| *([a-z ]*?) *\|$", listed, re.MULTILINE))
    marked = {
        mark
        for path in sources(".py")
        for mark in re.findall(r"mark\.requirement\(\"([^\"]+)\"\)", path.read_text("utf-8"))
    }
    assert marked - rows.keys() == set(), "no such promise"
    assert {row for row, shown in rows.items() if shown} == marked
    assert set(rows.values()) <= {"", "in part", "whole"}
