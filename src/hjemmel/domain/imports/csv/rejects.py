"""The rejects file: refused rows as they stood, with what is wrong and what to do.

It can be corrected and read in again: its own columns are known headings that mean nothing.
"""

import csv
import os
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from hjemmel.domain.imports.csv.draft import Problem
from hjemmel.kernel.disclosure.files import safe

HEADINGS: Final = ("Linje", "Kolonne", "Feil", "Hva du kan gjøre")


class Rejects:
    """Writes a rejects file: semicolons, UTF-8 with a mark, as Norwegian spreadsheets open it.

    The file is readable by its owner only, since it holds personal data. A cell that a spreadsheet would
    take for a formula gets an apostrophe in front, which reading takes away again.
    """

    def __init__(self, path: Path, headings: Sequence[str], *, append: bool = False) -> None:
        """Open `path`; `append` goes on with the file of an interrupted run."""
        self._width = len(headings)
        self._kept = _columns_kept(headings)
        flags = os.O_WRONLY | os.O_CREAT | (os.O_APPEND if append else os.O_TRUNC)
        descriptor = os.open(path, flags, 0o600)
        new = os.fstat(descriptor).st_size == 0
        self._file = os.fdopen(descriptor, "a", encoding="utf-8-sig" if new else "utf-8", newline="")
        self._writer = csv.writer(self._file, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        if new:
            self._write([headings[index] for index in self._kept], HEADINGS)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def write(self, cells: Sequence[str], problems: Sequence[Problem]) -> None:
        """Write one refused row: missing cells stay empty, surplus ones follow after the last column."""
        original = [cells[index] if index < len(cells) else "" for index in self._kept]
        surplus = cells[self._width :]
        columns = dict.fromkeys(problem.column for problem in problems if problem.column)
        texts = (
            str(problems[0].line) if problems else "",
            ", ".join(columns),
            " ".join(dict.fromkeys(problem.message for problem in problems)),
            " ".join(dict.fromkeys(f"{problem.do} Tillatt: {problem.allowed}" for problem in problems)),
        )
        self._write(original, (*texts, *surplus))

    def flush(self) -> None:
        """Bring everything written so far to the file, before a run notes how far it has come."""
        self._file.flush()

    def _write(self, original: Sequence[str], added: Sequence[str]) -> None:
        self._writer.writerow([safe(cell) for cell in (*original, *added)])


def _columns_kept(headings: Sequence[str]) -> list[int]:
    """Return the columns to repeat; those that an earlier rejects file added at the end are left out."""
    added = len(HEADINGS)
    last = len(headings) - added if tuple(headings[-added:]) == HEADINGS else len(headings)
    return list(range(last))
