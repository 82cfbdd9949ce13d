from django.db import models


class Installation(models.Model):
    """The one row that says what this register is. Only a demonstration or a test may move its clock. While a
    backup is read in over it, `restoring_since` says so, and nobody gets in.
    """

    class Kind(models.TextChoices):
        PRODUCTION = "production"
        DEMO = "demo"
        TEST = "test"

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    made_at = models.DateTimeField(auto_now_add=True)
    restoring_since = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="clock_installation_one_row")]
