from hjemmel.kernel import catalog
from hjemmel.kernel.holds import build
from hjemmel.kernel.holds.models import Hold

catalog.event("hold.set", Hold, on="set_on")
catalog.event("hold.ended", Hold, on="ends_on")
catalog.table(
    Hold,
    record="hold",
    subject="subject",
    since="hold.set",
    ended="hold.ended",
    reviewed="reviewed_on",
    data={
        "reason": "hold.reason",
        "reference": "hold.reason",
        "record": "hold.scope",
        "data": "hold.scope",
        "set_on": "hold.dates",
        "ends_on": "hold.dates",
        "reviewed_on": "hold.dates",
    },
    plain={
        "id": "random, carries no meaning",
        "version": "counts changes of the row",
        "subject": "whose row it is",
        "bits": "the scope as places of data; says nothing of the person",
        "set_by": "a tenure, not a person",
        "swept": "whether the sweep has been by",
    },
)
catalog.statements(build.statements)
