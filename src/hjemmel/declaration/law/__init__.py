"""Figures set by law, dated: each value from its day until the next, with the provision that set it.

A value of nothing from a day means that the rule ended. `still_valid_on` is the day the last value was last
looked up; nothing here decides anything about dates after it by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from ruamel.yaml import YAML

from hjemmel.declaration.model import LANGUAGES, Text
from hjemmel.declaration.period import Period

_GUIDANCE = "law/guidance/guidance.yaml"


@dataclass(frozen=True, slots=True)
class Value:
    """A figure from a day on, and where it is laid down (the identifier Lovdata uses)."""

    since: date
    value: Period | int | None
    reference: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of law through time. `unit` is period or years; `count_from` says what a period runs from."""

    name: str
    title: Text
    statute: str
    unit: str
    values: tuple[Value, ...]
    still_valid_on: date
    count_from: str = "date"

    def on(self, day: date) -> Period | int | None:
        """Return the value in force on a day; None before the first and after the rule ended."""
        return next((value.value for value in reversed(self.values) if value.since <= day), None)


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
    source = resources.files("hjemmel.declaration").joinpath(_GUIDANCE).read_text("utf-8")
    entries: Mapping[str, Any] = YAML(typ="safe", pure=True).load(source)
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
    found = [_figure(entry.read_text("utf-8")) for entry in folder.iterdir() if entry.name.endswith(".yaml")]
    return {figure.name: figure for figure in sorted(found, key=lambda figure: figure.name)}


@cache
def floors() -> Mapping[str, Floor]:
    """Return by statute the shortest time in force, as the last value known says."""
    return {
        figure.statute: Floor(figure.statute, last, figure.count_from)
        for figure in figures().values()
        if isinstance(last := figure.values[-1].value, Period)
    }


def _figure(text: str) -> Figure:
    entry: Mapping[str, Any] = YAML(typ="safe", pure=True).load(text)
    return Figure(
        name=entry["law"],
        title=_title(entry),
        statute=entry["statute"],
        unit=entry["unit"],
        values=tuple(
            Value(since, _value(content["value"]), content["reference"])
            for since, content in sorted(entry["values"].items())
        ),
        still_valid_on=entry["still_valid_on"],
        count_from=entry.get("count_from", "date"),
    )


def _value(value: str | int | None) -> Period | int | None:
    return Period.parse(value) if isinstance(value, str) else value
