"""The program's own log tells what happened and where in the code, and never about whom."""

import logging
import traceback
from types import TracebackType
from typing import Any, TypeAlias

ExcInfo: TypeAlias = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutValues(logging.Formatter):
    """Leave out what can hold a name: messages of exceptions, paths and search words of requests."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, the route's pattern standing in for the path of a request."""
        request: Any = getattr(record, "request", None)
        if request is not None:
            match = getattr(request, "resolver_match", None)
            record = logging.makeLogRecord(record.__dict__)
            record.msg, record.exc_text = "%s %s %s", None
            record.args = (
                getattr(record, "status_code", ""),
                getattr(request, "method", None) or "?",
                match.route if match else "(no such page)",
            )
        return super().format(record)

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 - logging's own name
        """Return kinds of exceptions and places in the code: a database's message quotes the row."""
        lines: list[str] = []
        error = ei[1]
        while error is not None:
            lines += [
                f"  {f.filename}:{f.lineno} in {f.name}" for f in traceback.extract_tb(error.__traceback__)
            ]
            state = getattr(error, "sqlstate", None)
            lines.append(
                f"{type(error).__module__}.{type(error).__qualname__}" + (f" ({state})" if state else "")
            )
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(lines)
