"""The figures as Markdown: a heading per part, a table per set of things measured alike."""

from collections.abc import Iterator
from typing import Any


def markdown(figures: dict[str, Any]) -> str:
    """Return all figures as Markdown."""
    return "\n".join(_section(figures, level=2)) + "\n"


def _single(value: Any) -> bool:
    """Whether the value fits in one cell: a plain one, a spread of times, or a cost."""
    return not isinstance(value, dict | list) or (
        isinstance(value, dict) and ("p50" in value or "cpu" in value)
    )


def _row(value: Any) -> bool:
    return isinstance(value, dict) and not _single(value) and all(_single(one) for one in value.values())


def _section(figures: dict[str, Any], *, level: int) -> Iterator[str]:
    single = {key: {"figure": value} for key, value in figures.items() if _single(value)}
    rows = {key: value for key, value in figures.items() if _row(value)}
    for table in (single, rows):
        if table:
            yield from _table(table)
    for key, value in figures.items():
        if isinstance(value, list):
            yield from ("", f"{'#' * level} {key}", *_table({str(row["name"]): row for row in value}))
        elif key not in single and key not in rows:
            yield from ("", f"{'#' * level} {key}", *_section(value, level=level + 1))


def _table(rows: dict[str, dict[str, Any]]) -> Iterator[str]:
    columns = list(dict.fromkeys(column for row in rows.values() for column in row if column != "name"))
    yield from ("", "| | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|")
    for name, row in rows.items():
        yield f"| {name} | " + " | ".join(_cell(row.get(column)) for column in columns) + " |"


def _cell(value: Any) -> str:
    if isinstance(value, dict):
        if "p50" in value:
            return f"{value['p50']}/{value['p95']}" + (f" (cpu {value['cpu']})" if "cpu" in value else "")
        return f"{value['s']} (cpu {value['cpu']})"
    return "" if value is None else str(value)
