from hjemmel.domain.imports import lookups
from hjemmel.domain.imports.models import Row, Run
from hjemmel.kernel import catalog

RUN = "the run and its counts, not a person"

catalog.open_table(
    Run,
    because="counts of a run, naming nobody",
    app="write",
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
catalog.statements(lookups.statements)
