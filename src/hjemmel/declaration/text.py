"""Strict YAML into a tree that knows where everything stands.

Anchors, aliases, tags and double keys are refused: what a board adopts must read the same to a person and to
the program. Values stay what YAML 1.2 makes of them; the shape is judged by the readers.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import accumulate
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import CollectionEndEvent, CollectionStartEvent
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from hjemmel.declaration.findings import WORD, Finding, Place, Report
from hjemmel.declaration.problems import problem

DEEPEST = 20  # a declaration needs six
_STEP = {"[": 1, "{": 1, "]": -1, "}": -1}
_STEPS = re.compile(r"^ {20}|(?:- ){20}", re.MULTILINE)
Scalar = str | int | float | bool | date | None
_KINDS = {dict: "mapping", list: "list", str: "text", bool: "truth", date: "date", type(None): "nothing"}
_MAKE: dict[str, Callable[[str], Scalar]] = {
    "timestamp": date.fromisoformat,
    "int": int,
    "float": float,
    "bool": lambda text: text.lower() == "true",
    "null": lambda _: None,
}


@dataclass(frozen=True, slots=True)
class Node:
    """A value and its place: a scalar, a list of nodes, or a mapping of nodes with the place of each key."""

    place: Place
    value: "Scalar | list[Node] | dict[str, Node]"
    keys: dict[str, Place] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """What the value is: mapping, list, text, number, truth, date or nothing."""
        return _KINDS.get(type(self.value), "number")


def parse(text: str, file: str, report: Report) -> Node | None:
    """Read YAML text. Returns None, with a finding noted, where the text is not one YAML document."""
    root, found = _parsed(text, file)
    report.findings += found
    return root


@lru_cache(maxsize=512)
def _parsed(text: str, file: str) -> tuple[Node | None, tuple[Finding, ...]]:
    """Read a text once: whoever edits one file has the others read already. Nobody changes a tree."""
    report = Report()
    root = _compose(text, file, report)
    return root, tuple(report.findings)


def _compose(text: str, file: str, report: Report) -> Node | None:
    if (mark := _too_deep(text)) is not None:
        report.add("H001", Place(file, mark.line + 1, mark.column + 1, ""), problem=WORD + "deep")
        return None
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1, "") if mark else Place(file, 1, 1, "")
        report.add("H001", place, problem=problem(error.problem or ""))
        return None
    except YAMLError:  # a character that YAML does not allow, at no line
        report.add("H001", Place(file, 1, 1, ""), problem=WORD + "character")
        return None
    if root is None:
        report.add("H001", Place(file, 1, 1, ""), problem=WORD + "empty")
        return None
    return _node(root, file, "", report, set())


def _too_deep(text: str) -> Any:
    """Return where more lies inside one another than any declaration needs, before it is composed."""
    brackets = accumulate(_STEP[sign] for sign in text if sign in _STEP)
    if max(brackets, default=0) <= DEEPEST and not _STEPS.search(text):
        return None  # no reading of it lies that deep
    depth = 0
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
            if depth > DEEPEST:
                return event.start_mark
    except YAMLError:
        return None  # told where it is composed
    return None


def _node(raw: Any, file: str, path: str, report: Report, seen: set[int]) -> Node:
    place = Place(file, raw.start_mark.line + 1, raw.start_mark.column + 1, path)
    if id(raw) in seen or raw.anchor:
        report.add("H010", place)
        return Node(place, None)
    seen.add(id(raw))
    if isinstance(raw, MappingNode):
        return _mapping(raw, place, report, seen)
    if isinstance(raw, SequenceNode):
        items = [_node(item, file, _under(path, index), report, seen) for index, item in enumerate(raw.value)]
        return Node(place, items)
    return Node(place, _scalar(raw, place, report))


def _mapping(raw: MappingNode, place: Place, report: Report, seen: set[int]) -> Node:
    values: dict[str, Node] = {}
    keys: dict[str, Place] = {}
    for key, value in raw.value:
        name = str(key.value)
        here = Place(place.file, key.start_mark.line + 1, key.start_mark.column + 1, _under(place.path, name))
        if not isinstance(key, ScalarNode) or str(key.tag).startswith("!"):
            report.add("H010", here)
        elif name in values:
            report.add("H002", here, key=name, line=keys[name].line)
        else:
            keys[name] = here
            values[name] = _node(value, place.file, here.path, report, seen)
    return Node(place, values, keys)


def _scalar(raw: ScalarNode, place: Place, report: Report) -> Scalar:
    tag = str(raw.tag).removeprefix("tag:yaml.org,2002:")
    text = str(raw.value)
    if tag.startswith("!"):
        report.add("H010", place)
        return None
    try:
        return _MAKE.get(tag, str)(text)
    except ValueError:
        return text


def _under(path: str, key: object) -> str:
    return f"{path}.{key}" if path else str(key)


class Places:
    """Where each value of a set of files stands, found by file and path such as `keep.0.after`."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, str], Place] = {}
        self._items: dict[tuple[str, str, str], Place] = {}

    def learn(self, root: Node) -> None:
        """Remember the place of every value under `root`; list items and keys also by what they say."""
        for node in _walk(root):
            self._places.setdefault((node.place.file, node.place.path), node.place)
            if isinstance(node.value, list):
                for item in node.value:
                    said = [item.value] if isinstance(item.value, str) else list(item.keys)
                    for word in said:
                        self._items.setdefault((node.place.file, node.place.path, word), item.place)
            for key in node.keys.values():
                self._places[key.file, key.path] = key

    def find(self, file: str, path: str = "", item: str = "") -> Place:
        """Return the place of a path, or of `item` in the list at that path; else the nearest above it."""
        if (file, path, item) in self._items:
            return self._items[file, path, item]
        above = path
        while above and (file, above) not in self._places:
            above = above.rpartition(".")[0]
        found = self._places.get((file, above))
        return Place(file, found.line, found.column, path) if found else Place(file, 0, 0, path)


def _walk(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node.value, dict):
        for child in node.value.values():
            yield from _walk(child)
    elif isinstance(node.value, list):
        for child in node.value:
            yield from _walk(child)
