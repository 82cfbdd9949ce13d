"""How one CSV file is written and what its columns mean: found out before any row is read."""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from hjemmel.domain.imports.csv import encoding, headings
from hjemmel.domain.imports.csv.headings import NAMES, SEVERAL, Field
from hjemmel.domain.imports.csv.mapfile import NOTHING, MapFile
from hjemmel.domain.imports.csv.reasons import UnusableFile
from hjemmel.domain.imports.csv.records import Record, records
from hjemmel.domain.people.formats import name

DELIMITERS: Final = (";", "\t", ",", "|")
_SAMPLE: Final = 200_000
_FIRST_LINES: Final = 15
_SEP_LINE: Final = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)
_BY_HAND: Final = 1.0


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place from 0, its heading, what it means (None: not known, not read), how sure."""

    index: int
    heading: str
    field: Field | None
    confidence: float

    @property
    def label(self) -> str:
        """Return the heading, or the column's number where it has none: "#3"."""
        return self.heading or f"#{self.index + 1}"


@dataclass(frozen=True, slots=True)
class Layout:
    """All that is needed to read a file's rows. Holds headings, no values."""

    encoding: str
    delimiter: str
    quote: str
    heading_line: int
    columns: tuple[Column, ...]
    map: MapFile = NOTHING

    @property
    def headings(self) -> tuple[str, ...]:
        """Return the headings as they stand in the file."""
        return tuple(column.heading for column in self.columns)

    @property
    def unread(self) -> tuple[Column, ...]:
        """Return the columns whose meaning is not known: a person should see them before importing."""
        return tuple(column for column in self.columns if column.field is None and column.heading)

    @property
    def unsure(self) -> tuple[Column, ...]:
        """Return the columns whose meaning was guessed from a misspelt heading."""
        return tuple(c for c in self.columns if c.field and c.confidence <= headings.MISSPELT)

    def of(self, field: Field) -> tuple[Column, ...]:
        """Return the columns that carry a field."""
        return tuple(column for column in self.columns if column.field is field)

    def mapping(self) -> dict[str, Field]:
        """Return label and meaning of every column, as a map file holds them ("ignore" when not known)."""
        return {column.label: column.field or Field.IGNORE for column in self.columns}


def inspect(path: Path, *, map_file: MapFile = NOTHING) -> Layout:
    """Return how the file at `path` is written; what `map_file` says goes before what is found.

    Raises UnusableFile when it is no CSV file, has no headings for names, or two columns mean the same.
    """
    code = encoding.known(map_file.encoding) if map_file.encoding else encoding.detect(path)
    with encoding.open_text(path, code) as stream:
        sample = stream.read(_SAMPLE)
    delimiter, quote = map_file.delimiter or _delimiter(sample, map_file), _quote(sample)
    heading = _heading_record(_first(sample, delimiter, quote), map_file)
    cells = [cell.strip().lstrip("\ufeff") for cell in heading.cells]
    columns = _without_doubles(_columns(cells, map_file))
    if not any(column.field in NAMES for column in columns):
        raise UnusableFile("file.no_headings")
    return Layout(code, delimiter, quote, heading.line, columns, map_file)


def _first(sample: str, delimiter: str, quote: str) -> list[Record]:
    stream = io.StringIO(sample, newline="")
    return list(islice(records(stream, delimiter=delimiter, quote=quote), _FIRST_LINES))


def _delimiter(sample: str, map_file: MapFile) -> str:
    """Return the delimiter that shows the most known headings; among equals the one that divides most."""
    if named := _SEP_LINE.match(sample):
        return named[1]

    def score(delimiter: str) -> tuple[int, int]:
        rows = _first(sample, delimiter, '"')
        widths = [len(row.cells) for row in rows if not row.fault]
        best = max((_known(row.cells, map_file) for row in rows), default=0)
        return best, max((widths.count(width) * (width > 1) for width in widths), default=0)

    return max(DELIMITERS, key=score)


def _quote(sample: str) -> str:
    """Return ' when the first line is written with it around its cells, else "."""
    first = sample.lstrip("\ufeff\r\n").split("\n", 1)[0].strip()
    single = first.startswith("'") and first.endswith("'") and first.count("'") >= 4
    return "'" if single else '"'


def _heading_record(rows: Sequence[Record], map_file: MapFile) -> Record:
    """Return the record that holds most known headings; titles may stand above it."""
    best = max(rows, key=lambda row: _known(row.cells, map_file), default=None)
    if best is None or best.fault or not _known(best.cells, map_file):
        raise UnusableFile("file.no_headings")
    return best


def _known(cells: Iterable[str], map_file: MapFile) -> int:
    by_hand = {_plain(heading) for heading in map_file.columns}

    def counts(cell: str) -> bool:
        return _plain(cell) in by_hand or headings.known(cell, misspelt=False)[0] not in (None, Field.IGNORE)

    return sum(1 for cell in cells if cell.strip() and counts(cell))


def _columns(cells: Sequence[str], map_file: MapFile) -> list[Column]:
    by_hand = {_plain(heading): field for heading, field in map_file.columns.items()}
    labels = {_plain(cell) for cell in cells if cell} | {f"#{index + 1}" for index in range(len(cells))}
    if missing := [heading for heading in map_file.columns if _plain(heading) not in labels]:
        raise UnusableFile("map.no_such_column", where=", ".join(missing))
    columns = []
    for index, cell in enumerate(cells):
        field = by_hand.get(f"#{index + 1}") or (by_hand.get(_plain(cell)) if cell else None)
        guess = (field, _BY_HAND) if field else headings.known(cell)
        columns.append(Column(index, cell, *guess))
    return columns


def _without_doubles(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Keep the surest of two columns with one meaning; raise UnusableFile when neither is surer."""
    kept = list(columns)
    for field in {column.field for column in columns if column.field} - SEVERAL:
        rivals = [column for column in columns if column.field is field]
        surest = max(column.confidence for column in rivals)
        if [column.confidence for column in rivals].count(surest) > 1:
            raise UnusableFile("file.same_field_twice", where=", ".join(column.label for column in rivals))
        for column in rivals:
            if column.confidence < surest:
                kept[column.index] = Column(column.index, column.heading, None, 0.0)
    return tuple(kept)


def _plain(heading: str) -> str:
    return heading if heading.startswith("#") else name.search_key(heading)
