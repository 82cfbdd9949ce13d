from hjemmel.kernel import catalog
from hjemmel.kernel.audit.models import Checkpoint, Entry, Leaf, Logged, Reached, Tally, Value

LOG = "a line of the log names no person: only ids, offices and what was done"

catalog.open_table(
    Entry,
    because="append-only; read through audit.queries by those whose duties see the subject",
    app="none",
    plain=dict.fromkeys(
        (
            "id", "at", "actor", "purpose", "kind", "table_name",
            "record_id", "subject_id", "datum", "field", "reason", "commitment",
        ),
        LOG,
    ),
)  # fmt: skip
catalog.open_table(
    Tally,
    because="counts rows",
    app="none",
    plain=dict.fromkeys(("id", "at", "table_name", "rows", "reason"), "counts rows, not persons"),
)
catalog.open_table(
    Leaf,
    because="the places of the log's lines; a hash over a line that names no person",
    app="none",
    plain=dict.fromkeys(("month", "place", "kind", "line", "hash"), "a place in the log, not a person"),
)
catalog.open_table(
    Checkpoint,
    because="signed sizes and roots; kept outside too",
    app="none",
    plain=dict.fromkeys(("number", "month", "size", "root", "peaks", "note"), "hashes over hashes"),
)
catalog.open_table(
    Reached,
    because="how far the log is sealed",
    app="none",
    plain=dict.fromkeys(
        ("id", "began_at", "entry_floor", "tally_floor", "entry_top", "tally_top", "horizon"),
        "how far the log is sealed",
    ),
)
catalog.open_table(
    Logged, because="which data are logged is said in the statement", plain={"datum": "a kind of datum"}
)
catalog.event("log.written", Value, on="written_on")
catalog.table(
    Value,
    record="log_value",
    subject="subject",
    since="log.written",
    datum_column="datum",
    log_each=False,
    by_hand=False,
    data={"old": catalog.ROW_DATUM, "new": catalog.ROW_DATUM, "key": "log.value"},
    plain={
        "id": "the log entry it belongs to",
        "version": "counts changes of the row",
        "subject": "whose row it is",
        "datum": "the kind of datum, not its value",
        "written_on": "the day of the entry",
    },
)
catalog.calls(
    "kernel.acting()",
    "kernel.reason()",
    "kernel.commitment(bytea,text,text,text)",
    because="what the log writes of whoever acts; a commitment is made of what the caller has already",
)
