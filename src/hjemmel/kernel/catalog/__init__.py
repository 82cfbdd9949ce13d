"""Where each datum lives and when each event happened. `personal.py` in every app says it; the declaration
says why, who and how long; neither repeats the other.

    catalog.table(Membership, record="membership", subject="subject", unit="unit",
                  since="membership.joined", ended="membership.ended",
                  data={"number": "membership.number", "left_on": "membership.dates"},
                  plain={"id": "random, carries no meaning"})
    catalog.event("membership.ended", Membership, on="left_on")
"""

from hjemmel.kernel.catalog.calls import called, calls, made, makes
from hjemmel.kernel.catalog.handing import Handing, Shown, handings, hands
from hjemmel.kernel.catalog.registry import (
    ROW_DATUM,
    Column,
    Condition,
    Event,
    Limits,
    Table,
    condition,
    conditions,
    elsewhere,
    event,
    events,
    find,
    foreign_table,
    further_statements,
    known,
    open_table,
    outside,
    outsides,
    records,
    statements,
    table,
    tables,
)

__all__ = [
    "ROW_DATUM",
    "Column",
    "Condition",
    "Event",
    "Handing",
    "Limits",
    "Shown",
    "Table",
    "called",
    "calls",
    "condition",
    "conditions",
    "elsewhere",
    "event",
    "events",
    "find",
    "foreign_table",
    "further_statements",
    "handings",
    "hands",
    "known",
    "made",
    "makes",
    "open_table",
    "outside",
    "outsides",
    "records",
    "statements",
    "table",
    "tables",
]
