from django.db import models

from hjemmel.kernel.subjects.models import Subject
from hjemmel.kernel.units.models import Unit


class BitsField(models.Field):  # type: ignore[type-arg]  # not generic at run time
    """`bit(256)`: one place per datum, in the order of catalog.Datum. Read as a string of 0 and 1."""

    description = "bit(256)"

    def db_type(self, connection: object) -> str:
        del connection
        return "bit(256)"


class DurationField(models.Field):  # type: ignore[type-arg]  # not generic at run time
    """A calendar period (years, months, days), which Django's own DurationField cannot hold."""

    description = "interval"

    def db_type(self, connection: object) -> str:
        del connection
        return "interval"


class Version(models.Model):
    """A declaration as it was applied, whole, with its dates. Never changed, never removed."""

    id = models.AutoField(primary_key=True)
    digest = models.CharField(max_length=64)
    files = models.JSONField()
    applied_at = models.DateTimeField(auto_now_add=True)
    valid_from = models.DateField()
    replaced_on = models.DateField(null=True)


class Clause(models.Model):
    """One keep rule of one activity: what it holds of a person, after which event it ends, what then.

    `bits` is the person's data that the clause holds, fixed while the clause lives: a rule that changes
    is a new clause beside the old one until its grounds stand, then `status` flips.
    """

    class Status(models.TextChoices):
        NEXT = "next"
        LIVE = "live"
        OLD = "old"

    id = models.AutoField(primary_key=True)
    activity = models.CharField(max_length=60)
    record = models.CharField(max_length=60)
    rule = models.CharField(max_length=120)
    fingerprint = models.CharField(max_length=64)
    event = models.CharField(max_length=80, null=True)
    count_from = models.CharField(max_length=10, default="date")
    period = DurationField(null=True)
    review = DurationField(null=True)
    condition = models.CharField(max_length=80, null=True)
    bits = BitsField()
    then = models.CharField(max_length=60, default="delete")
    at_request = models.CharField(max_length=10, null=True)
    status = models.CharField(max_length=4, choices=Status.choices)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(period__isnull=False, event__isnull=False)
                | models.Q(review__isnull=False),
                name="grounds_clause_ends_or_is_reviewed",
            ),
            models.UniqueConstraint(
                fields=["rule"], condition=models.Q(status="live"), name="grounds_clause_one_live"
            ),
            models.CheckConstraint(
                condition=models.Q(count_from__in=["date", "year_end"]), name="grounds_clause_count_from"
            ),
        ]


class Ground(models.Model):
    """The ledger: this clause holds data about this subject because of this record, `since`; the
    relation `ended` (sight and use stop); storage stops at `until`. NULL is open. `done`: swept.
    """

    pk = models.CompositePrimaryKey("record_id", "clause_id")
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, db_index=False)
    record_id = models.BigIntegerField()
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, db_index=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, db_index=False)
    since = models.DateField(null=True)
    ended = models.DateField(null=True)
    until = models.DateField(null=True)
    done = models.BooleanField(db_default=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["subject", "clause"],
                include=["record_id", "unit", "ended", "until"],
                name="grounds_ground_of_subject",
            ),
            models.Index(
                fields=["until"],
                include=["subject", "clause", "record_id"],
                condition=models.Q(until__isnull=False, done=False),
                name="grounds_ground_due",
            ),
            models.Index(
                fields=["unit", "clause", "subject"], include=["ended", "until"], name="grounds_ground_at"
            ),
        ]


class Recheck(models.Model):
    """Subjects who lost a ground or a datum of one: narrowing has no date that a sweep could see."""

    subject = models.OneToOneField(Subject, primary_key=True, on_delete=models.CASCADE)


class Asked(models.Model):
    """Whoever asked to be erased, by which request, on which day: then ends what the rules let end sooner at
    request. It goes when nothing is left that it ends.
    """

    subject = models.OneToOneField(Subject, primary_key=True, on_delete=models.CASCADE)
    request = models.BigIntegerField()
    asked_on = models.DateField()


class Entering(models.Model):
    """Subjects made by a transaction still open: it may tie them freely, and must leave each with a
    ground. Empty outside transactions.
    """

    subject = models.OneToOneField(Subject, primary_key=True, on_delete=models.CASCADE)
    xact = models.CharField(max_length=20)
