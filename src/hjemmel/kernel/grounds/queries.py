"""What the ledger says, and the declaration it follows."""

from functools import lru_cache

from hjemmel.declaration import Declaration, load_texts
from hjemmel.kernel.grounds.models import Version


class NothingDeclaredError(RuntimeError):
    """Raised where no declaration has been applied: the register can hold nobody yet."""


def in_force() -> Declaration:
    """Return the declaration in force. One small query; the text is read once per version.

    Raises NothingDeclaredError.
    """
    digest = Version.objects.filter(replaced_on__isnull=True).values_list("digest", flat=True).first()
    if digest is None:
        message = "No declaration is in force: apply one first (hjemmel declaration apply)."
        raise NothingDeclaredError(message)
    return _read(digest)


@lru_cache(maxsize=4)
def _read(digest: str) -> Declaration:
    files = Version.objects.filter(digest=digest).values_list("files", flat=True).latest("id")
    return load_texts(files)
