from hjemmel.kernel import catalog
from hjemmel.kernel.statement import approving, build
from hjemmel.kernel.statement.models import Approval, Code, Draft, Preview, Step

TEXT = "the organisation's own text, not a person"
WHO = "who did it, as an id; the row names her office and what was done to the declaration"
WHY = "those whom the declaration in force makes responsible for it read it, and write it through functions"

for model in (Draft, Step, Preview, Approval):
    catalog.open_table(
        model,
        because=WHY,
        rows="(select kernel.responsible()) is not null",
        plain={f.name: WHO if f.name == "subject_id" else TEXT for f in model._meta.concrete_fields},
    )
catalog.open_table(
    Code,
    because="what was sent to whoever approved; the web's role is only told whether a code was right",
    app="none",
    plain=dict.fromkeys(("approval", "digest", "tries", "sent_at"), TEXT),
)
catalog.statements(build.statements)
catalog.statements(approving.statements)
catalog.calls(
    "kernel.draft_begin()",
    "kernel.draft_change(integer,integer,text,jsonb)",
    "kernel.draft_put(integer,integer,text)",
    "kernel.draft_undo(integer,integer)",
    "kernel.preview_ask(integer,integer)",
    "kernel.may_approve(integer)",
    "kernel.approve(integer,text[])",
    "kernel.approval_confirm(integer,text)",
    "kernel.approval_withdraw(integer)",
    because="writes drafts of the declaration for those responsible, and tells of these alone",
)
