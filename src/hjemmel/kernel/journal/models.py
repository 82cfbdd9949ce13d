from django.db import models
from django.utils import timezone

from hjemmel.kernel.subjects.models import new_id


class Batch(models.Model):
    """The mark that a batch of the journal was committed here. It comes and goes with the batch's own
    transaction, and a backup carries it along: so a restored register tells itself what it has not erased.
    The time is real, also where a demonstration lives on another day: so is the life of a backup.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
