"""What a command prints: the result on stdout, as JSON or as lines for people, and all else on stderr."""

import json
import sys
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any


class Output:
    """The two streams of one command."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json

    def progress(self, line: str) -> None:
        """Tell people how far it has come."""
        print(line, file=sys.stderr, flush=True)

    def result(self, data: Mapping[str, Any] | list[Any], lines: Iterable[str]) -> None:
        """Print the result once: `data` where --json was asked for, else `lines`."""
        if self.as_json:
            print(json.dumps(data, ensure_ascii=False, indent=2, default=_plain), flush=True)
        else:
            print("\n".join(lines), flush=True)


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")
