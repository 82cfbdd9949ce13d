"""What a command prints: the result on stdout, as JSON or as lines for people, and all else on stderr."""

import json
import sys
from base64 import b64encode
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any


class BinaryToTerminalError(Exception):
    """Raised where a file that is no text would land on somebody's screen."""


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

    def file(self, content: bytes, about: Mapping[str, str]) -> None:
        """Print a file that is no text: its bytes, or base64 with what it is where --json was asked for.

        Raises BinaryToTerminalError where nobody has led stdout into a file.
        """
        if self.as_json:
            self.result({**about, "base64": b64encode(content).decode("ascii")}, [])
            return
        if sys.stdout.isatty():
            raise BinaryToTerminalError
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")
