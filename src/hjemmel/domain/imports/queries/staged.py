"""Rows of lists that went no further: how many wait for a person or were refused, and when they go."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db import connection

# Through the views: an officer counts the rows that her duties show her, and nobody else any.
STAGED = """
select r.state, count(*), min(g.until)
  from imports_row r
  join grounds_ground g on g.subject_id = r.subject_id and g.record_id = r.id
  join grounds_clause c on c.id = g.clause_id and c.record = 'import_row'
 group by 1 order by 3, 1
"""


@dataclass(frozen=True, slots=True)
class Staged:
    """Rows in one state, how many the actor sees, and the day the first of them goes."""

    state: Literal["queued", "rejected"]
    count: int
    until: date | None


def staged() -> list[Staged]:
    """Return what lies there that the actor sees, what goes first at the top. One query."""
    with connection.cursor() as cursor:
        cursor.execute(STAGED)
        return [Staged(*row) for row in cursor.fetchall()]
