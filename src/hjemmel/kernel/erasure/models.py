from django.db import models

from hjemmel.kernel.subjects.models import new_id


class Erasure(models.Model):
    """A request to be erased that somebody carried out: when, from which office, how much went by which rule
    and how much of it is left to do. It names nobody, so it stays as the proof when the data are gone.
    """

    class State(models.TextChoices):
        ASKED = "asked"  # hidden, and not gone through to the end yet
        DONE = "done"

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    asked_on = models.DateField()
    asked_by = models.CharField(max_length=80)
    state = models.CharField(max_length=5, choices=State.choices, default=State.ASKED)
    counts = models.JSONField(default=dict)
    left = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
