"""The files that a run leaves: refused rows and waiting rows as they stood, with what is wrong with each."""

from collections.abc import Iterable
from pathlib import Path

from hjemmel.domain.imports import files
from hjemmel.domain.imports.csv import Problem, Rejects
from hjemmel.domain.imports.models import Row, Run
from hjemmel.domain.imports.queries.reasons import ALL

Staged = tuple[int, list[str] | None, list[dict[str, str]] | None]


def staged(run: Run, state: Row.State) -> Iterable[Staged]:
    """Return the rows of a run that are refused, or that wait, in the file's order."""
    rows = Row.objects.filter(run=run, state=state).order_by("line")
    return rows.values_list("line", "raw", "problems").iterator(chunk_size=1000)


def write(path: Path, headings: Iterable[str], rows: Iterable[Staged]) -> Path | None:
    """Write the rows to `path`, readable by its owner only, in place of what was there; None for no rows,
    and then nothing is written. The file appears whole or not at all.
    """
    with files.writing(path):
        return _write(path, headings, rows)


def _write(path: Path, headings: Iterable[str], rows: Iterable[Staged]) -> Path | None:
    draft = path.with_name(f".{path.name}.new")
    draft.unlink(missing_ok=True)
    count = 0
    try:
        with Rejects(draft, list(headings)) as file:
            for line, raw, problems in rows:
                file.write(raw or [], [_problem(line, problem) for problem in problems or []])
                count += 1
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    if not count:
        draft.unlink()
        return None
    draft.replace(path)
    return path


def _problem(line: int, told: dict[str, str]) -> Problem:
    return Problem(line, told["column"], told["code"], *ALL[told["code"]])
