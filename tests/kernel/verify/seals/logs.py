"""A log to seal, and ways to write in it."""

from datetime import datetime
from typing import Any

from django.db import connection

from hjemmel.kernel.audit.sealing import seal
from hjemmel.kernel.verify.seals import examine

LINES = """
insert into public.audit_entry (at, actor, purpose, kind, table_name, record_id, subject_id, reason)
select %s, 'tenure:' || n, 'membership/administration', 'created', 'people_phone', n, n,
       'Æ "sitat" \\ og' || chr(10) || 'linje' from generate_series(1, %s) n
"""


def sql(text: str, *params: object) -> list[Any]:
    """Run a statement; the rows, where it has any."""
    with connection.cursor() as cursor:
        cursor.execute(text, params or None)
        return cursor.fetchall() if cursor.description else []


def write(many: int = 1, *, at: datetime | None = None) -> None:
    """Some lines, now or at a moment."""
    ((now,),) = sql("select clock_timestamp()")
    sql(LINES, at or now, many)


def write_as(number: int, *, at: datetime | None = None) -> None:
    """A line with a number of its own."""
    sql(
        "insert into public.audit_entry (id, at, actor, purpose, kind, table_name)"
        " values (%s, coalesce(%s, clock_timestamp()), 'job:late', '', 'run', '')",
        number,
        at,
    )


def tally(rows: int = 1, *, at: datetime | None = None) -> None:
    """A count."""
    sql(
        "insert into public.audit_tally (at, table_name, rows) values (coalesce(%s, now()), 'x', %s)",
        at,
        rows,
    )


def sealed(*batches: int) -> None:
    """Lines in batches, each sealed; then a count."""
    for many in batches:
        write(many)
        seal()
    tally(7)
    seal()


def found(kept: str | None = None) -> dict[str, int]:
    """What `log verify` finds, by kind; {} where the log is whole."""
    return {kind: one.count for kind, one in examine(kept).found.items()}


def note() -> str:
    """The last checkpoint, as it is kept outside."""
    ((text,),) = sql("select note from public.audit_checkpoint order by number desc limit 1")
    return str(text)
