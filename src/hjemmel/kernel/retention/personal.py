from hjemmel.kernel import catalog
from hjemmel.kernel.retention import build
from hjemmel.kernel.retention.models import Run

catalog.open_table(
    Run,
    because="how much went by which rule; names nobody",
    plain=dict.fromkeys(
        ("id", "day", "actor", "state", "began_at", "ended_at", "due", "swept", "left", "counts"),
        "a run and its counts, not a person",
    ),
)
catalog.statements(build.statements)
catalog.calls("kernel.reviews_due(text,integer)", because="what the actor may change, by her duties")
