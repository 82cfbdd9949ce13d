"""Sealing and opening values. Opening is a look-up and stands in the log."""

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from hjemmel.kernel.vault import crypto
from hjemmel.kernel.vault.models import Key, Sealed


@transaction.atomic
def seal(*, subject_id: int, datum: str, text: str) -> None:
    """Keep `text` as the subject's `datum`, in place of what was there. The database refuses it where no
    ground holds the datum. Raises PermissionDenied where the actor may not change it.
    """
    wrapped = _key(subject_id)
    value = crypto.seal(wrapped, subject_id=subject_id, datum=datum, text=text)
    index = crypto.digest(datum, text)
    held = Sealed.objects.filter(subject_id=subject_id, datum=datum).values_list("pk", "version").first()
    if held is None:
        Sealed.objects.create(subject_id=subject_id, datum=datum, value=value, digest=index)
    elif not Sealed.objects.filter(pk=held[0], version=held[1]).update(value=value, digest=index):
        raise PermissionDenied


def open_sealed(*, subject_id: int, datum: str) -> str | None:
    """Return the subject's `datum`, or None where there is none that the actor may see. Writes to the log
    that she looked.
    """
    value = Sealed.objects.filter(subject_id=subject_id, datum=datum).values_list("value", flat=True).first()
    wrapped = Key.objects.filter(pk=subject_id).values_list("wrapped", flat=True).first()
    if value is None or wrapped is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("select kernel.log_lookup(%s, %s)", [subject_id, datum])
    return crypto.unseal(bytes(wrapped), subject_id=subject_id, datum=datum, value=bytes(value))


def _key(subject_id: int) -> bytes:
    """The subject's wrapped key, made if need be; of two made at once the first one's stands."""
    wrapped = Key.objects.filter(pk=subject_id).values_list("wrapped", flat=True).first()
    if wrapped is None:
        Key.objects.bulk_create([_fresh(subject_id)], ignore_conflicts=True)
        wrapped = Key.objects.filter(pk=subject_id).values_list("wrapped", flat=True).get()
    return bytes(wrapped)


def _fresh(subject_id: int) -> Key:
    wrapped = crypto.new_key(subject_id)
    return Key(subject_id=subject_id, wrapped=wrapped, generation=crypto.generation(wrapped))
