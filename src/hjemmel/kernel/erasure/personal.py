from hjemmel.kernel import catalog
from hjemmel.kernel.erasure import build, undo
from hjemmel.kernel.erasure.models import Erasure, Undo, UndoKey
from hjemmel.kernel.retention import sweeping
from hjemmel.kernel.vault.wrapped import wraps

catalog.open_table(
    Erasure,
    because="how much went at whose request, by the request's number; names nobody",
    app="none",
    plain=dict.fromkeys(
        ("id", "asked_on", "asked_by", "state", "counts", "left", "ended_at"), "a request, not a person"
    ),
)
catalog.open_table(
    Undo,
    because="sealed to a key of its own, opened by an undo alone; verify counts what stays too long",
    app="none",
    plain=dict.fromkeys(("id", "erasure", "subject_id", "ends_on"), "an id, a request and a day")
    | {"sealed": "what an erasure took, which opens nothing without its key"},
)
catalog.open_table(
    UndoKey,
    because="opens nothing without the master key",
    app="none",
    plain=dict.fromkeys(("erasure", "wrapped"), "a wrapped key of a request"),
)
wraps("erasure_undokey", key="erasure_id", parent="erasure_erasure")
sweeping.witness(undo.keep)
catalog.outside("undo", because="what was erased by hand can be taken back for some days", clear=undo.clear)
catalog.statements(build.statements)
catalog.calls(
    "kernel.handles_rights(bigint)",
    "kernel.erasure_ask(bigint,bigint)",
    "kernel.erasure_goes(bigint)",
    "kernel.erasure_stays(bigint)",
    "kernel.erasures()",
    "kernel.erasure_undo(bigint)",
    because="for those alone whose duties handle the rights of this person; ids, rules and days, no value",
)
