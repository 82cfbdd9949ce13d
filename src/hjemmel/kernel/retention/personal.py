from hjemmel.kernel import catalog
from hjemmel.kernel.retention import build, coming, deciding, outside
from hjemmel.kernel.retention.models import (
    Decision,
    Expected,
    Forecast,
    Outside,
    Proof,
    Run,
    SignOff,
    Stop,
)

catalog.open_table(
    Run,
    because="how much went by which rule; names nobody",
    plain=dict.fromkeys(
        (
            "id", "day", "actor", "state", "began_at", "ended_at", "due", "swept", "left", "counts",
            "version", "refused", "held", "told_at",
        ),
        "a run and its counts, not a person",
    ),
)  # fmt: skip
RESPONSIBLE = "(select kernel.responsible()) is not null"
WHO = "who said it, as an id; the row names her office"
catalog.open_table(
    Stop,
    because="what the brake saw, as counts; those responsible read it",
    rows=RESPONSIBLE,
    plain=dict.fromkeys(("run", "why", "planned", "usual", "usual_due"), "counts by rule, not a person"),
)
catalog.open_table(
    Decision,
    because="what was said of a stopped run; those responsible read it, and write it through a function",
    rows=RESPONSIBLE,
    plain=dict.fromkeys(
        ("id", "run", "says", "due", "reason", "office", "at", "until", "used_by"),
        "a decision about a run as a whole, not a person",
    )
    | {"subject_id": WHO},
)
catalog.open_table(
    Proof,
    because="what a search for leftovers found, as counts; those responsible read it",
    rows=RESPONSIBLE,
    plain=dict.fromkeys(("run", "at", "seconds", "rows", "grounds", "found"), "counts, not a person"),
)
catalog.open_table(
    Outside,
    because="since when a task has stood in the declaration; those responsible read it",
    rows=RESPONSIBLE,
    plain=dict.fromkeys(("task", "since"), "a rule of the organisation, not a person"),
)
catalog.open_table(
    SignOff,
    because="that somebody looked something over; those responsible read it, and write it through a function",
    rows=RESPONSIBLE,
    plain=dict.fromkeys(("id", "task", "on", "at", "office", "note"), "what was looked over, not a person")
    | {"subject_id": WHO},
)
catalog.open_table(
    Forecast,
    because="when the forecast was made; those whom the declaration makes responsible read it",
    rows=RESPONSIBLE,
    plain=dict.fromkeys(("id", "day", "version", "made_at"), "a forecast, not a person"),
)
catalog.open_table(
    Expected,
    because="how many go by which rule, at which unit; those responsible read it",
    rows=RESPONSIBLE,
    plain=dict.fromkeys(("id", "forecast", "kind", "rule", "year", "unit_id", "number"), "a count"),
)
for maker in (build.statements, coming.statements, deciding.statements, outside.statements):
    catalog.statements(maker)
catalog.calls("kernel.reviews_due(text,integer)", because="what the actor may change, by her duties")
catalog.calls(
    "kernel.retention_coming(date)",
    because="counts of what goes by rule, for those responsible alone",
)
catalog.calls(
    "kernel.retention_persons(date,text,integer)",
    because="ids of those whom the actor's duties reach through the rule that ends, for those responsible",
)
catalog.calls(
    "kernel.retention_decide(integer,text,text)",
    "kernel.retention_sign_off(text,text)",
    because="written for those responsible alone; tells nothing back",
)
