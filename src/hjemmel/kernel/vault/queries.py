"""Which sealed values there are, without opening any."""

from django.db import connection

from hjemmel.kernel.vault import crypto
from hjemmel.kernel.vault.models import Sealed


def find(*, datum: str, text: str) -> list[int]:
    """Return the subjects whose `datum` is `text`, among those of whom the actor may see it."""
    with connection.cursor() as cursor:
        cursor.execute("select kernel.find_sealed(%s, %s)", [datum, crypto.digest(datum, text)])
        return [row[0] for row in cursor.fetchall()]


def present(subject_id: int) -> frozenset[str]:
    """Return which sealed data there are of the subject, among those the actor may see."""
    return frozenset(Sealed.objects.filter(subject_id=subject_id).values_list("datum", flat=True))
