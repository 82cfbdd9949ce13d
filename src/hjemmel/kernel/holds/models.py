from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Coalesce

from hjemmel.kernel.clock import days
from hjemmel.kernel.grounds.models import BitsField
from hjemmel.kernel.subjects.models import Record, Subject


class Hold(Record):
    """Nothing that it covers is deleted while it lasts: from the day it is set through the day before
    `ends_on`. It covers all that is held about the subject, or only the records of one kind, or only some
    data. Storage goes on by it and nothing else: it is no ground, so nobody sees more.

    `bits` (from `data`) and `set_by` (the tenure that set it) are written by the database. `swept`: the
    sweep has looked at the subject since it ended.
    """

    class Reason(models.TextChoices):
        POLICE = "police"
        COURT = "court"
        CLAIM = "claim"
        AUTHORITY = "authority"

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="holds")
    reason = models.CharField(max_length=10, choices=Reason.choices, null=True)
    reference = models.CharField(max_length=200, null=True)
    record = models.CharField(max_length=60, null=True)
    data = ArrayField(models.CharField(max_length=60), null=True)
    bits = BitsField(editable=False, null=True)
    set_by = models.CharField(max_length=80, editable=False, null=True)
    set_on = models.DateField()
    ends_on = models.DateField(null=True)
    reviewed_on = models.DateField(null=True)
    swept = models.BooleanField(default=False, editable=False)

    class Meta:
        constraints = [days.within("holds_hold_days", "set_on", "ends_on", "reviewed_on")]
        indexes = [
            models.Index(
                fields=["ends_on"],
                include=["subject"],
                condition=models.Q(swept=False, ends_on__isnull=False),
                name="holds_hold_due",
            ),
            models.Index(
                Coalesce("reviewed_on", "set_on"),
                condition=models.Q(ends_on__isnull=True),
                name="holds_hold_by_review",
            ),
        ]
