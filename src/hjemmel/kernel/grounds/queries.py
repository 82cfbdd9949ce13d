"""What the ledger says, and the declaration it follows."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from hjemmel.declaration import Declaration, load_texts, recall
from hjemmel.kernel.grounds.models import Version

_steady: ContextVar[list[Declaration] | None] = ContextVar("hjemmel_declaration", default=None)


class NothingDeclaredError(RuntimeError):
    """Raised where no declaration has been applied: the register can hold nobody yet."""


@contextmanager
def steady() -> Iterator[None]:
    """Within this block (one request) the declaration in force is asked for once."""
    token = _steady.set([])
    try:
        yield
    finally:
        _steady.reset(token)


def in_force() -> Declaration:
    """Return the declaration in force. One small query; the text is read once per version.

    Raises NothingDeclaredError.
    """
    known = _steady.get()
    if known:
        return known[0]
    digest = Version.objects.filter(replaced_on__isnull=True).values_list("digest", flat=True).first()
    if digest is None:
        message = "No declaration is in force: apply one first (hjemmel declaration apply)."
        raise NothingDeclaredError(message)
    declaration = _read(digest)
    if known is not None:
        known.append(declaration)
    return declaration


@lru_cache(maxsize=4)
def _read(digest: str) -> Declaration:
    files = Version.objects.filter(digest=digest).values_list("files", flat=True).latest("id")
    return load_texts(files)


@lru_cache(maxsize=4)
def of_version(number: int) -> Declaration | None:
    """Return the declaration of a version that is or was in force; None where there is none of that number,
    or it is in an older language of declarations than is read now. A version never changes.
    """
    files = Version.objects.filter(pk=number).values_list("files", flat=True).first()
    return recall(files) if files is not None else None
