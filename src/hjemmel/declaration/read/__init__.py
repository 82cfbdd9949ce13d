"""From the texts of a declaration to its model: shapes here, meaning in `check`.

A declaration is organisation.yaml, units.yaml, offices.yaml, recipients.yaml (if there are any) and one file
per activity under activities/. organisation.yaml names the activities in the order they are published.
"""

import dataclasses
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import is_dataclass, replace
from typing import TypeVar

from hjemmel.declaration.findings import Report
from hjemmel.declaration.model import Activity, Declaration
from hjemmel.declaration.read import organisation as shapes
from hjemmel.declaration.read.activity import activity
from hjemmel.declaration.read.fields import nowhere
from hjemmel.declaration.text import Node, Places, parse

FILES = ("organisation.yaml", "units.yaml", "offices.yaml", "recipients.yaml")
MOST_LINES = 60
_Read = TypeVar("_Read")


def read(texts: Mapping[str, str], report: Report) -> tuple[Declaration | None, Places]:
    """Read the texts by file name. Returns None for the declaration where its shape is at fault."""
    places = Places()
    trees: dict[str, Node] = {}
    for file, text in sorted(texts.items()):
        if file not in FILES and not _is_activity(file):
            report.add("H015", nowhere(file), (*FILES, "activities/….yaml"), name=file)
            continue
        if (tree := parse(text, file, report)) is not None:
            places.learn(tree)
            trees[file] = tree
        if _is_activity(file) and (lines := len(text.splitlines())) >= MOST_LINES:
            report.add("H014", nowhere(file), lines=lines, most=MOST_LINES)
    top = _one(trees, texts, "organisation.yaml", shapes.organisation, report)
    kinds = _one(trees, texts, "units.yaml", shapes.unit_kinds, report)
    offices = _one(trees, texts, "offices.yaml", shapes.offices, report)
    given = "recipients.yaml" in texts
    recipients = _one(trees, texts, "recipients.yaml", shapes.recipients, report) if given else ()
    there = tuple(_activity_in(file) for file in trees if _is_activity(file))
    order = top.activities if top else there
    activities = _activities(trees, texts, order, places, report)
    if report.failed or top is None or kinds is None or offices is None or recipients is None:
        return None, places
    found = Declaration(top.organisation, kinds, offices, recipients, activities)
    return replace(found, digest=digest(found)), places


def digest(declaration: Declaration) -> str:
    """Return the SHA-256 (hex) of a declaration's content: comments and layout of its text do not count.

    Nor does what is not said: a key that the language gets later leaves declarations without it as they were.
    """
    content = _content(replace(declaration, digest=""))
    canonical = json.dumps(content, default=str, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _content(value: object) -> object:
    if is_dataclass(value):
        said = {
            field.name: (getattr(value, field.name), field.default) for field in dataclasses.fields(value)
        }
        return {name: _content(given) for name, (given, default) in said.items() if given != default}
    if isinstance(value, frozenset):
        return sorted(value)
    return [_content(item) for item in value] if isinstance(value, tuple) else value


def _is_activity(file: str) -> bool:
    return file.startswith("activities/") and file.endswith(".yaml") and file.count("/") == 1


def _activity_in(file: str) -> str:
    return file.removeprefix("activities/").removesuffix(".yaml")


def _one(
    trees: Mapping[str, Node],
    texts: Mapping[str, str],
    file: str,
    reader: Callable[[Node, Report], _Read],
    report: Report,
) -> _Read | None:
    if file in trees:
        return reader(trees[file], report)
    if file not in texts:
        report.add("H008", nowhere(file), name=file)
    return None


def _activities(
    trees: Mapping[str, Node],
    texts: Mapping[str, str],
    order: tuple[str, ...],
    places: Places,
    report: Report,
) -> tuple[Activity, ...]:
    found: dict[str, Activity] = {}
    for file, tree in trees.items():
        if _is_activity(file):
            name = _activity_in(file)
            found[name] = activity(tree, report)
            if found[name].name not in {"", name}:
                report.add("H009", places.find(file, "activity"), file=name, name=found[name].name)
            if name not in order:
                report.add("H016", nowhere(file), name=name)
    for name in order:
        file = f"activities/{name}.yaml"
        if file not in texts:
            report.add("H008", places.find("organisation.yaml", "activities", name), name=file)
    return tuple(found[name] for name in order if name in found)
