from django.db import models

from hjemmel.kernel.subjects.models import Record, Subject


class Key(models.Model):
    """The key of one subject, wrapped by the master key. Destroying it ends every sealed value."""

    subject = models.OneToOneField(Subject, primary_key=True, on_delete=models.PROTECT)
    wrapped = models.BinaryField()
    generation = models.PositiveSmallIntegerField(default=1)


class Generation(models.Model):
    """The oldest generation of master keys that may still wrap: what is wrapped by an older one is refused,
    since its master key is about to be destroyed, or is.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    oldest = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="vault_generation_one_row")]


class Sealed(Record):
    """One sealed value: AES-256-GCM under the subject's key, bound to subject and datum. `digest` is a
    keyed blind index for finding the value without opening any.
    """

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT)
    datum = models.CharField(max_length=60)
    value = models.BinaryField(null=True)
    digest = models.BinaryField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "datum"], name="vault_sealed_once")]
        indexes = [models.Index(fields=["digest"])]
