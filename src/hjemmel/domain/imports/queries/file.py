"""What a file says as a whole, before any row is read: which it is, how long, which member numbers it has."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hjemmel.domain.imports.csv import encoding
from hjemmel.domain.imports.csv.headings import Field
from hjemmel.domain.imports.csv.layout import Layout
from hjemmel.domain.imports.csv.records import records
from hjemmel.domain.people.formats.name import search_key

_NUMBER: Final = re.compile(r"[0-9]{1,12}")
_SPACES: Final = re.compile(r"[\s\u00a0]+")
# Headings that name the last day of a membership; the others name the day of leaving, the first day outside.
_LAST_DAY: Final = frozenset({"medlem til", "medlem til dato", "sluttdato", "end date"})


@dataclass(frozen=True, slots=True, repr=False)
class Whole:
    """How many records there are below the headings, and the member numbers in them."""

    records: int
    numbers: frozenset[int]


def digest(path: Path) -> str:
    """Return the SHA-256 of the file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def survey(path: Path, layout: Layout) -> Whole:
    """Return what the whole file says, from one quick walk through it."""
    columns = layout.of(Field.MEMBER_NUMBER)
    at = columns[0].index if columns else None
    numbers: set[int] = set()
    count = 0
    with encoding.open_text(path, layout.encoding) as stream:
        for record in records(stream, delimiter=layout.delimiter, quote=layout.quote):
            if record.line <= layout.heading_line:
                continue
            count += bool("".join(record.cells).strip())
            if at is not None and at < len(record.cells):
                text = _SPACES.sub("", record.cells[at])
                if _NUMBER.fullmatch(text):
                    numbers.add(int(text))
    return Whole(count, frozenset(numbers))


def gives_last_day(layout: Layout) -> bool:
    """Return whether the column of endings holds the last day of membership ("Medlem til") and not the day of
    leaving ("Utmeldt").
    """
    return any(search_key(column.heading) in _LAST_DAY for column in layout.of(Field.LEFT_ON))
