"""Records of a delimited text, streamed; one faulty record never eats the rest.

The standard library's reader would swallow everything after a quote that is never closed. Here a record that
stays open for too long is given up as one faulty line, and reading goes on with the next.
"""

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, TextIO

MAX_LINE: Final = 100_000
MAX_LINES_IN_RECORD: Final = 50


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its first line (from 1), its cells as they stand, and a code when it could not be read."""

    line: int
    cells: list[str] = field(repr=False)
    fault: str = ""


def records(stream: TextIO, *, delimiter: str, quote: str = '"') -> Iterator[Record]:
    """Yield the records of `stream`, opened with newline=""; an empty line has one empty cell."""
    lines = _Lines(stream)
    while (text := lines.next()) is not None:
        number = lines.number
        if len(text) >= MAX_LINE:
            lines.skip_rest(text)
            yield Record(number, [text[:MAX_LINE]], "row.too_long")
        elif quote not in text:
            yield Record(number, text.rstrip("\r\n").split(delimiter))
        else:
            yield _quoted(text, number, lines, delimiter, quote)


def _quoted(text: str, number: int, lines: "_Lines", delimiter: str, quote: str) -> Record:
    cells = _parse(text, delimiter, quote)
    if cells is not None:
        return Record(number, cells)
    if text.count(quote) % 2 == 0:
        return Record(number, [text.rstrip("\r\n")], "row.quotes")
    taken: list[str] = []
    length = len(text)
    while len(taken) < MAX_LINES_IN_RECORD and length < MAX_LINE and (more := lines.next()) is not None:
        taken.append(more)
        length += len(more)
        if more.count(quote) % 2 and (cells := _parse(text + "".join(taken), delimiter, quote)) is not None:
            return Record(number, cells)
    lines.put_back(taken)
    return Record(number, [text.rstrip("\r\n")], "row.quotes")


def _parse(text: str, delimiter: str, quote: str) -> list[str] | None:
    """Return the cells of one whole record, or None when its quotes do not match."""
    try:
        return next(csv.reader([text], delimiter=delimiter, quotechar=quote, strict=True))
    except csv.Error:
        return None


class _Lines:
    """Lines of a stream, numbered from 1, at most MAX_LINE characters at a time; some can be put back."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._waiting: deque[str] = deque()
        self.number = 0

    def next(self) -> str | None:
        text = self._waiting.popleft() if self._waiting else self._stream.readline(MAX_LINE)
        if not text:
            return None
        self.number += 1
        return text

    def put_back(self, taken: list[str]) -> None:
        self._waiting.extendleft(reversed(taken))
        self.number -= len(taken)

    def skip_rest(self, text: str) -> None:
        """Read past the end of a line of which `text` is only the beginning."""
        while text and not text.endswith(("\n", "\r")):
            text = self._stream.readline(MAX_LINE)
