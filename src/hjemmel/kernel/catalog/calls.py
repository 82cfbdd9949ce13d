"""The functions that the web may call: the one list, by which it is given rights and verify looks for more.

Everything else in the database is closed to it. A new one is looked at before it is entered: does it tell
anything of a subject that the actor does not see, by value, by count or by error?
"""

import re
from collections.abc import Callable, Iterable, Mapping

MADE = re.compile(
    r"create or replace function kernel\.([a-z0-9_]+)\s*\(.*?\bas\s+(\$\w*\$)(.*?)\2",
    re.DOTALL | re.IGNORECASE,
)

_calls: dict[str, str] = {}
_makers: list[Callable[[Mapping[str, int]], Iterable[str]]] = []


def calls(*signatures: str, because: str) -> None:
    """Enter functions that the web may call, as `schema.name(types)`, and why that tells nobody too much."""
    _calls.update(dict.fromkeys(signatures, because))


def called() -> list[str]:
    """The signatures of all of them."""
    return sorted(_calls)


def makes(maker: Callable[[Mapping[str, int]], Iterable[str]]) -> None:
    """Enter who makes the functions of schema kernel: from the place of every datum, the statements."""
    _makers.append(maker)


def made(positions: Mapping[str, int]) -> set[tuple[str, str]]:
    """Name and text of every function that the program makes in schema kernel."""
    statements = (statement for maker in _makers for statement in maker(positions))
    return {(found[1], found[3]) for statement in statements for found in MADE.finditer(statement)}
