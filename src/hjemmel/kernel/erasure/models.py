from django.db import models

from hjemmel.kernel.subjects.models import new_id


class Erasure(models.Model):
    """A request to be erased that somebody carried out: when, from which office, how much went by which rule
    and how much of it is left to do. It names nobody, so it stays as the proof when the data are gone.
    """

    class State(models.TextChoices):
        ASKED = "asked"  # hidden, and not gone through to the end yet
        DONE = "done"
        UNDOING = "undoing"  # asked to be taken back
        UNDONE = "undone"

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    asked_on = models.DateField()
    asked_by = models.CharField(max_length=80)
    state = models.CharField(max_length=7, choices=State.choices, default=State.ASKED)
    counts = models.JSONField(default=dict)
    left = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)


class Undo(models.Model):
    """What one round of an erasure took, sealed to a key of the erasure's own, through the day before
    `ends_on`. It counts as stored until then. The subject is an id without a key to any table: the erasure
    may have taken that too.
    """

    id = models.BigAutoField(primary_key=True)
    erasure = models.ForeignKey(Erasure, on_delete=models.CASCADE, related_name="undos")
    subject_id = models.BigIntegerField()
    sealed = models.BinaryField()
    ends_on = models.DateField(db_index=True)


class UndoKey(models.Model):
    """The key of one erasure, wrapped by the master key. Destroying it ends what it sealed."""

    erasure = models.OneToOneField(Erasure, primary_key=True, on_delete=models.CASCADE, related_name="key")
    wrapped = models.BinaryField()
