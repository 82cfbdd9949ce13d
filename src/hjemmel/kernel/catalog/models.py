from django.db import models


class Datum(models.Model):
    """The place of a datum in every bit set. A place is given once and never used again."""

    WIDTH = 256

    name = models.CharField(primary_key=True, max_length=60)
    position = models.PositiveSmallIntegerField(unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(position__lt=256), name="catalog_datum_within_width")
        ]
