"""Finding a thing by its name."""

from collections.abc import Iterable
from typing import Protocol, TypeVar


class _Named(Protocol):
    @property
    def name(self) -> str: ...


_Thing = TypeVar("_Thing", bound=_Named)


def named(things: Iterable[_Thing], name: str) -> _Thing:
    """Return the thing of that name. Raises KeyError."""
    for thing in things:
        if thing.name == name:
            return thing
    raise KeyError(name)
