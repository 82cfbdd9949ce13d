from hjemmel.kernel import catalog
from hjemmel.kernel.grounds.models import Asked, Clause, Entering, Ground, Recheck, Version

RULE = "a rule of the organisation, not a person"
LEDGER = "the ledger says why data are held, by ids; it holds no value"

catalog.open_table(
    Version,
    because="the declaration is the organisation's own public text",
    plain=dict.fromkeys(("id", "digest", "files", "applied_at", "valid_from", "replaced_on"), RULE),
)
catalog.open_table(
    Clause,
    because="rules are public in the statement",
    plain=dict.fromkeys(
        (
            "id", "activity", "record", "rule", "fingerprint", "event", "count_from", "period",
            "review", "condition", "bits", "then", "at_request", "status",
        ),
        RULE,
    ),
)  # fmt: skip
catalog.open_table(
    Ground,
    because="masked by its own view: a reader sees the grounds that her duties reach",
    app="none",
    plain=dict.fromkeys(
        ("clause", "record_id", "subject", "unit", "since", "ended", "until", "done"), LEDGER
    ),
)
catalog.open_table(
    Recheck, because="a queue of ids for the nightly sweep", app="none", plain={"subject": "an id in a queue"}
)
catalog.open_table(
    Asked,
    because="why a ground ends sooner, by ids; goes with the last that does",
    app="none",
    plain={"subject": "an id", "request": "a random number", "asked_on": "the day grounds end"},
)
catalog.open_table(
    Entering,
    because="empty outside transactions",
    app="none",
    plain={"subject": "an id", "xact": "a transaction number"},
)
catalog.calls(
    "kernel.entering(bigint)",
    "kernel.year_end(date)",
    because="whether the actor herself enters somebody now; a day made of a day",
)
