from django.contrib.postgres.fields import ArrayField
from django.db import models

from hjemmel.kernel.clock import days
from hjemmel.kernel.subjects.models import Record, Subject, new_id
from hjemmel.kernel.units.models import Unit


class Run(models.Model):
    """One import of one file. It names no person; its rows do, and they are gone in thirty days. `by` is a
    digest of who reads it in, so that nobody else goes on with it.
    """

    class State(models.TextChoices):
        STAGED = "staged"
        RUNNING = "running"
        DONE = "done"

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    digest = models.CharField(max_length=64)
    options = models.JSONField()
    by = models.CharField(max_length=16, blank=True)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT)
    state = models.CharField(max_length=8, choices=State.choices, default=State.STAGED)
    line = models.PositiveIntegerField(default=0)
    received_on = models.DateField()
    read = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    queued = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            days.within("imports_run_days", "received_on"),
            models.UniqueConstraint(
                fields=["digest", "options", "by"],
                condition=~models.Q(state="done"),
                name="imports_run_one_open",
            ),
        ]


class Row(Record):
    """A line that waits (uncertain match) or was refused, as it stood in the file. Its subject is nobody
    yet: an id of its own, so that the line has a ground and an end like everything else. `unit` is the
    unit whose list it is, so that an officer there may have it in hand; NULL for the whole register.
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        REJECTED = "rejected"

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="rows")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT)
    line = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State.choices)
    raw = ArrayField(models.TextField(), null=True)
    problems = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "line"], name="imports_row_once")]
