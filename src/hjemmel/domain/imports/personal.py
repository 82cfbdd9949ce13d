from hjemmel.domain.imports import files, lookups
from hjemmel.domain.imports.models import Row, Run
from hjemmel.kernel import catalog

COUNTED = ("line", "read", "added", "changed", "unchanged", "queued", "rejected")
RUN = "the run and its counts, not a person"

catalog.open_table(
    Run,
    because="counts of a run, naming nobody",
    app="limited",
    limits=catalog.Limits(
        put=f"{lookups.MINE} and state = 'running' and received_on = kernel.today()"
        f" and ({', '.join(COUNTED)}) = ({', '.join('0' for _ in COUNTED)})",
        before=f"{lookups.MINE} and state <> 'done'",
        after=lookups.MINE,
        columns=("state", *COUNTED),
    ),
    plain=dict.fromkeys([f.name for f in Run._meta.concrete_fields], RUN),
)
catalog.event("import.received", Row, on="run__received_on")
catalog.table(
    Row,
    record="import_row",
    subject="subject",
    unit="unit",
    since="import.received",
    log_each=False,
    data={"raw": "import.row", "problems": "import.row"},
    plain={
        "id": "random, carries no meaning",
        "version": "counts changes of the row",
        "subject": "an id that is nobody yet",
        "run": "which run",
        "unit": "the unit whose list it is, or none",
        "line": "which line of the file",
        "state": "refused or waiting",
    },
)
catalog.outside(
    "imports", because="copies of refused and waiting rows, for whoever corrects them", clear=files.clear
)
catalog.statements(lookups.statements)
catalog.calls(
    "kernel.import_done(bigint)",
    "kernel.import_duties()",
    "kernel.import_found(json)",
    because="an officer's own runs and duties; whom she would find one by one",
)
