"""Figures set by law, dated: each value from its day until the next, with the provision that set it.

A value of nothing from a day means that the rule ended. `still_valid_on` is the last day for which somebody
found the value published. What is only believed after it says so, and what has changed without the new figure
being found is `unknown`: nobody is given a guess for a figure of law.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from hjemmel.declaration.model import LANGUAGES, Text
from hjemmel.declaration.own import contents
from hjemmel.declaration.period import Period

_UNKNOWN = "unknown"
_GUIDANCE = "law/guidance/guidance.yaml"


@dataclass(frozen=True, slots=True)
class Value:
    """A figure from a day on, and where it is laid down (the identifier Lovdata uses, or an address).

    `source` is where the figure itself was read. `believed` marks one that no source at hand confirms, and
    `unknown` one that has changed to what nobody here has found.
    """

    since: date
    value: Period | int | None
    reference: str
    source: str | None = None
    believed: bool = False
    unknown: bool = False


class UnknownFigureError(LookupError):
    """Raised where the law has changed a figure and the new one has not been found."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of law through time.

    `unit` is period, years (of age) or kroner; `count_from` says what a period runs from. `statute` is None
    where a regulation sets it. A `floor` is a time that data resting on the statute are kept at least.
    """

    name: str
    title: Text
    statute: str | None
    unit: str
    values: tuple[Value, ...]
    still_valid_on: date
    count_from: str = "date"
    floor: bool = False

    def entry(self, day: date) -> Value | None:
        """Return what is known of the figure on a day, if there was a rule."""
        return next((value for value in reversed(self.values) if value.since <= day), None)

    def on(self, day: date) -> Period | int | None:
        """Return the value in force on a day; None before the first and after the rule ended.

        Raises UnknownFigureError where it is not known what the figure was changed to.
        """
        entry = self.entry(day)
        if entry is not None and entry.unknown:
            message = f"{self.name} was changed on {entry.since}, and the new figure has not been found"
            raise UnknownFigureError(message)
        return None if entry is None else entry.value


@dataclass(frozen=True, slots=True)
class Floor:
    """The shortest time a statute allows data to be kept, and what it is counted from."""

    statute: str
    period: Period
    count_from: str


@dataclass(frozen=True, slots=True)
class Guidance:
    """What an authority advises: in words, where it says so, and the day that was last read."""

    name: str
    title: Text
    source: str
    read_on: date


@cache
def guidance() -> Mapping[str, Guidance]:
    """Return the guidance that the check warns by, by name."""
    entries = contents(_GUIDANCE)
    return {
        name: Guidance(name, _title(entry), entry["source"], entry["read_on"])
        for name, entry in entries.items()
    }


def _title(entry: Mapping[str, Any]) -> Text:
    return Text(*(entry["title"][lang] for lang in LANGUAGES))


@cache
def figures() -> Mapping[str, Figure]:
    """Return every figure by name."""
    folder = resources.files("hjemmel.declaration").joinpath("law")
    found = [
        _figure(contents(f"law/{entry.name}")) for entry in folder.iterdir() if entry.name.endswith(".yaml")
    ]
    return {figure.name: figure for figure in sorted(found, key=lambda figure: figure.name)}


@cache
def floors() -> Mapping[str, Floor]:
    """Return by statute the shortest time in force, as the last value known says."""
    return {
        figure.statute: Floor(figure.statute, last, figure.count_from)
        for figure in figures().values()
        if figure.floor and figure.statute and isinstance(last := figure.values[-1].value, Period)
    }


def _figure(entry: Mapping[str, Any]) -> Figure:
    return Figure(
        name=entry["law"],
        title=_title(entry),
        statute=entry.get("statute"),
        unit=entry["unit"],
        values=tuple(_value(since, content) for since, content in sorted(entry["values"].items())),
        still_valid_on=entry["still_valid_on"],
        count_from=entry.get("count_from", "date"),
        floor=entry.get("floor", False),
    )


def _value(since: date, content: Mapping[str, Any]) -> Value:
    value, unknown = content["value"], content["value"] == _UNKNOWN
    return Value(
        since=since,
        value=None if unknown else Period.parse(value) if isinstance(value, str) else value,
        reference=content["reference"],
        source=content.get("source"),
        believed=content.get("believed", False),
        unknown=unknown,
    )
