from hjemmel.kernel import catalog
from hjemmel.kernel.catalog.models import Datum
from hjemmel.kernel.clock.models import Installation

catalog.open_table(
    Installation,
    because="says what this register is",
    plain=dict.fromkeys(("id", "kind", "made_at", "restoring_since"), "the installation, not a person"),
)
catalog.calls("kernel.today()", because="the day")
catalog.calls(
    "public.procrastinate_defer_jobs_v1(public.procrastinate_job_to_defer_v1[])",
    because="the web puts jobs in line, with its own rights",
)
catalog.open_table(
    Datum,
    because="the kinds of data are public in the statement",
    plain=dict.fromkeys(("name", "position"), "a kind of datum"),
)

QUEUE = "the job queue's own; jobs carry ids only, and finished ones are deleted"
catalog.foreign_table(
    "django_migrations",
    because="the framework's list of what has been migrated",
    columns=dict.fromkeys(("id", "app", "name", "applied"), "a migration, not a person"),
)
catalog.foreign_table(
    "procrastinate_jobs",
    because="the web defers jobs; a worker of another role takes them",
    app="append",
    columns=dict.fromkeys(
        (
            "id", "queue_name", "task_name", "priority", "lock", "queueing_lock", "args", "status",
            "scheduled_at", "attempts", "abort_requested", "worker_id",
        ),
        QUEUE,
    ),
)  # fmt: skip
catalog.foreign_table(
    "procrastinate_events",
    because="written by the queue's triggers as a job is deferred",
    app="append",
    columns=dict.fromkeys(("id", "job_id", "type", "at"), QUEUE),
)
catalog.foreign_table(
    "procrastinate_periodic_defers",
    because="the worker's note of what it deferred when",
    columns=dict.fromkeys(("id", "task_name", "defer_timestamp", "job_id", "periodic_id"), QUEUE),
)
catalog.foreign_table(
    "procrastinate_workers",
    because="the workers that are alive",
    columns=dict.fromkeys(("id", "last_heartbeat"), QUEUE),
)
