import secrets
from typing import Any

from django.db import models

from hjemmel.kernel.clock import days


def new_id() -> int:
    """A random 63-bit id. It carries no meaning: no time, no order, since a bare id can leak."""
    return secrets.randbits(63)


class UnnamedFieldsError(RuntimeError):
    """Raised when a stored object is saved without saying which fields: a masked object holds NULL for
    what its reader may not see, and saving it whole would write those NULLs over the real values.
    """


class Guarded(models.Model):
    """What every table about people derives from: a `version` for optimistic locking, raised by the
    database on every update, and a `save()` that never writes back what was hidden.
    """

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding and kwargs.get("update_fields") is None:
            message = f"Say which fields of {type(self).__name__} to save: save(update_fields=[…])."
            raise UnnamedFieldsError(message)
        if self._state.adding:
            kwargs["force_insert"] = True
        super().save(*args, **kwargs)


class Record(Guarded):
    """A guarded row with an id of its own, made by the client."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True


class Subject(models.Model):
    """The registered person as an id. It outlives the person in log, consent proof and statistics.

    `shielded` (kode 6/7) hides where the person lives and how to reach her; `restricted` (GDPR art. 18)
    hides everything except from those who handle rights. Both are obeyed by the masks in the database.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    shielded = models.BooleanField(default=False)
    restricted = models.BooleanField(default=False)
    gone_on = models.DateField(null=True, editable=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["id"],
                condition=models.Q(shielded=True) | models.Q(restricted=True),
                name="subjects_subject_apart",
            )
        ]
        constraints = [days.within("subjects_subject_days", "gone_on")]
