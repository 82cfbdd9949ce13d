"""What is given away, as a file: made while it is sent, and laid nowhere."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
PHONE = re.compile(r"\+[0-9]{1,20}")
MARK = b"\xef\xbb\xbf"  # by which Norwegian spreadsheets know that it is UTF-8


def safe(cell: str) -> str:
    """Return `cell` so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.lstrip(" \u00a0").startswith(FORMULA) else cell


def written(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """Yield the file line by line: semicolons and UTF-8 with a mark, as Norwegian spreadsheets open it."""
    yield MARK
    for row in chain([headings], rows):
        line = io.StringIO(newline="")
        writer = csv.writer(line, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow([cell if PHONE.fullmatch(cell) else safe(cell) for cell in row])
        yield line.getvalue().encode()
