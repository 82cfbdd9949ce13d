from hjemmel.kernel import catalog
from hjemmel.kernel.erasure import build
from hjemmel.kernel.erasure.models import Erasure

catalog.open_table(
    Erasure,
    because="how much went at whose request, by the request's number; names nobody",
    app="none",
    plain=dict.fromkeys(
        ("id", "asked_on", "asked_by", "state", "counts", "left", "ended_at"), "a request, not a person"
    ),
)
catalog.statements(build.statements)
catalog.calls(
    "kernel.handles_rights(bigint)",
    "kernel.erasure_ask(bigint,bigint)",
    "kernel.erasure_goes(bigint)",
    "kernel.erasure_stays(bigint)",
    because="for those alone whose duties handle the rights of this person; ids, rules and days, no value",
)
