"""Streaming a file's rows: each one a draft or refused whole, with every problem found in it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

from hjemmel.domain.imports.csv import encoding
from hjemmel.domain.imports.csv.draft import Problem, Row
from hjemmel.domain.imports.csv.drafting import Drafter
from hjemmel.domain.imports.csv.layout import Layout
from hjemmel.domain.imports.csv.reasons import ROW
from hjemmel.domain.imports.csv.records import Record, records


def read(
    path: Path, layout: Layout, *, allow: Literal["real", "synthetic"], today: date, after_line: int = 0
) -> Iterator[Row]:
    """Yield the rows below the headings, in the file's order; empty and repeated heading lines are left out.

    `allow` and `today` are those of `national_id.parse` and `dates.parse_birth`. `after_line` resumes: rows
    that start on that line or before it are passed over unread.
    """
    drafter = Drafter(layout, allow=allow, today=today)
    width = len(layout.columns)
    # Columns without a heading at the right end may be missing in rows.
    least = max((column.index + 1 for column in layout.columns if column.heading), default=width)
    headings: list[str] | None = None
    begin = max(layout.heading_line, after_line)
    with encoding.open_text(path, layout.encoding) as stream:
        for record in records(stream, delimiter=layout.delimiter, quote=layout.quote):
            if record.line == layout.heading_line:
                headings = record.cells
            if record.line <= begin:
                continue
            cells = record.cells
            if len(cells) != width and not record.fault:
                cells = _fitted(cells, least, width)
            if not any(map(str.strip, cells)) or cells == headings:
                continue
            if fault := record.fault or _raggedness(cells, width):
                yield Row(record.line, cells, None, (_of_row(record, fault),))
            else:
                yield drafter.row(record.line, cells)


def _fitted(cells: list[str], least: int, width: int) -> list[str]:
    """Return the cells at full width where only empty ones are too many, or unnamed ones missing."""
    if len(cells) > width:
        return cells if any(map(str.strip, cells[width:])) else cells[:width]
    return cells + [""] * (width - len(cells)) if len(cells) >= least else cells


def _raggedness(cells: list[str], width: int) -> str:
    if len(cells) == width:
        return ""
    return "row.too_few_cells" if len(cells) < width else "row.too_many_cells"


def _of_row(record: Record, code: str) -> Problem:
    return Problem(record.line, "", code, *ROW[code])
