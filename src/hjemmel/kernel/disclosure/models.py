from django.contrib.postgres.fields import ArrayField
from django.db import models

from hjemmel.kernel.grounds.models import BitsField, Clause, DurationField


class Party(models.Model):
    """A recipient of the declaration in force, and what lets it have data: an agreement, looked over each
    `review`, and for a processor audited each `audit`, or a statute.
    """

    name = models.CharField(primary_key=True, max_length=60)
    kind = models.CharField(max_length=12)
    statute = models.CharField(max_length=80, null=True)
    agreed_on = models.DateField(null=True)
    review = DurationField(null=True)
    audited_on = models.DateField(null=True)
    audit = DurationField(null=True)
    delete_within = DurationField(null=True)


class Channel(models.Model):
    """A declared disclosure as a rule: through this clause these data (`bits`) go to this recipient.
    `consent`: of those alone who have said yes to a purpose of the activity.
    """

    id = models.AutoField(primary_key=True)
    rule = models.CharField(max_length=120)
    activity = models.CharField(max_length=60)
    recipient = models.ForeignKey(Party, on_delete=models.CASCADE)
    occasion = models.CharField(max_length=40)
    basis = ArrayField(models.TextField())
    statutes = ArrayField(models.TextField())
    clause = models.ForeignKey(Clause, on_delete=models.CASCADE)
    bits = BitsField()
    consent = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rule", "clause"], name="disclosure_channel_once"),
        ]


class Disclosure(models.Model):
    """One time that data were given: by which rule, to whom, which, on which basis, by which office, how many
    persons. Who they were stands in the log, a line each. `delete_by` is the day by which the recipient has
    deleted what it got, where the declaration says so.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    day = models.DateField()
    rule = models.CharField(max_length=120)
    activity = models.CharField(max_length=60)
    recipient = models.CharField(max_length=60)
    occasion = models.CharField(max_length=40)
    basis = ArrayField(models.TextField())
    data = ArrayField(models.TextField())
    unit_id = models.BigIntegerField()
    actor = models.CharField(max_length=80)
    office = models.CharField(max_length=60, null=True)
    persons = models.IntegerField()
    left_out = models.IntegerField()
    delete_by = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(persons__gt=0), name="disclosure_of_somebody"),
        ]


class Told(models.Model):
    """That a recipient was told which lines of a file are of persons erased since (GDPR art. 19)."""

    id = models.BigAutoField(primary_key=True)
    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="told")
    day = models.DateField()
    office = models.CharField(max_length=60, null=True)
    lines = ArrayField(models.BigIntegerField())
