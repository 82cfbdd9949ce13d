from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Coalesce

from hjemmel.kernel.clock import days
from hjemmel.kernel.subjects.models import Record, Subject, new_id


class Unit(models.Model):
    """A unit of the organisation: dated, in a tree, its history kept. `ancestors` (itself included) is
    kept by the database; scope is asked as `duty.unit_id = any(unit.ancestors)`.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    ancestors = ArrayField(models.BigIntegerField(), editable=False, default=list)
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)

    class Meta:
        # For the way down: everything under a unit.
        indexes = [GinIndex(fields=["ancestors"], name="units_unit_under")]
        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=models.Q(parent__isnull=True), name="units_unit_one_root"
            ),
            models.CheckConstraint(
                condition=models.Q(closed_on__isnull=True) | models.Q(closed_on__gte=models.F("opened_on")),
                name="units_unit_closed_after_opened",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """Which unit came of which: a split has several successors, a merger several predecessors."""

    predecessor = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="successions")
    successor = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="predecessions")
    happened_on = models.DateField()


class Tenure(Record):
    """Who holds which office where and when. `ends_on` is the last day, so sight lasts from 00:00 on
    `starts_on` to 24:00 on `ends_on` in Europe/Oslo.
    """

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="tenures")
    office = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="tenures")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    reviewed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            days.within("units_tenure_days", "starts_on", "ends_on", "reviewed_on"),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="units_tenure_ends_after_start",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "office"]),
            models.Index(
                Coalesce("reviewed_on", "starts_on"),
                condition=models.Q(ends_on__isnull=True),
                name="units_tenure_by_review",
            ),
        ]
