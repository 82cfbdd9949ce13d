"""Invariant 4: rows that went without a line in the log, or came without being counted."""

from hjemmel.kernel import catalog
from hjemmel.kernel.verify.reading import fetch, one
from hjemmel.kernel.verify.result import Result, Tally

# Rule, request, order, merge, import undo, and the correction of a mistake.
REASONS = r"^(rule|request|order|merge|import-undo|import|rectification):.+"


def verify() -> Result:
    """Inserted less gone must be what is there, table by table; and whatever went says why."""
    tally = Tally(4, "gone_without_log")
    came = dict(fetch("select table_name, sum(rows)::bigint from public.audit_tally group by 1"))
    gone = dict(
        fetch("select table_name, count(*) from public.audit_entry where kind = 'deleted' group by 1")
    )
    tables = [table for table in catalog.tables() if table.subject]
    for table in tables:
        there = one(f'select count(*) from public."{table.name}"')
        logged = int(came.get(table.name, 0)) - int(gone.get(table.name, 0))
        if there != logged:
            tally.add(f"{table.name}: {there} rows are there, {logged} by the log", abs(there - logged))
    without = fetch(
        "select id from public.audit_entry where kind in ('deleted', 'erased')"
        " and coalesce(reason, '') !~ %s",
        [REASONS],
    )
    tally.add_all(f"audit_entry {entry}: no reason" for (entry,) in without)
    # Of a table whose rows are not logged each, the count that went says why.
    for table, line, rows in fetch(
        "select table_name, id, rows from public.audit_tally where rows < 0 and coalesce(reason, '') !~ %s",
        [REASONS],
    ):
        tally.add(f"{table}: no reason in audit_tally {line}", -rows)
    return tally.result(f"{len(tables)} tables: all rows")
