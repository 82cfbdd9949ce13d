"""Activities that come and go: each is a file of its own, and has its place in the order."""

from collections.abc import Mapping
from typing import Any

from hjemmel.declaration.edit.rewrite import file_of, put, value_at
from hjemmel.declaration.edit.spots import ACTIVITIES, Spot

ORGANISATION = Spot.of("organisation")
ORDER = "activities"


def with_activity(files: Mapping[str, str], name: str, values: Mapping[str, Any]) -> dict[str, str | None]:
    """Return the files that change when an activity of that name is added, last in the order.

    Raises UnreadableError.
    """
    made = {"activity": name, **{key: value for key, value in values.items() if value is not None}}
    return {_file(name): file_of(made), **_ordered(files, [*_order(files), name])}


def without_activity(files: Mapping[str, str], name: str) -> dict[str, str | None]:
    """Return the files that change when an activity goes: None for its own. Raises UnreadableError."""
    return {_file(name): None, **_ordered(files, [each for each in _order(files) if each != name])}


def _file(name: str) -> str:
    return f"{ACTIVITIES}{name}.yaml"


def _order(files: Mapping[str, str]) -> list[str]:
    return list(value_at(files[ORGANISATION.file], (ORDER,)) or ())


def _ordered(files: Mapping[str, str], names: list[str]) -> dict[str, str | None]:
    return {ORGANISATION.file: put(files[ORGANISATION.file], ORGANISATION, {ORDER: names})}
