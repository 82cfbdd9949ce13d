"""Reading one mapping of the language, key by key, noting everything that is wrong with its shape.

A reader never stops at the first fault: what cannot be read becomes an empty value and a finding, so that
whoever wrote the file gets the whole list at once. Names of things are checked later, not here.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import TypeVar

from hjemmel.declaration.findings import WORD, Place, Report
from hjemmel.declaration.model import LANGUAGES, Text
from hjemmel.declaration.period import Period
from hjemmel.declaration.read.keys import SHAPES
from hjemmel.declaration.text import Node

SESSION = "session"
LONGEST = Period(years=150)  # longer than anybody lives: a slip of the pen, not a rule
_ANY_DAY = date(2000, 1, 1)
_NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_Read = TypeVar("_Read")


def expect(node: Node, kind: str, report: Report) -> bool:
    """Return whether the node is of the kind, noting H005 where it is not."""
    if node.kind == kind:
        return True
    report.add("H005", node.place, wanted=WORD + kind, found=WORD + node.kind)
    return False


class Fields:
    """The keys of a mapping. Unknown keys and missing ones are noted when it is made."""

    def __init__(self, node: Node, report: Report, shape: str) -> None:
        self.place = node.place
        self.report = report
        self._shape = SHAPES[shape]
        self._keys = node.keys
        self._values: dict[str, Node] = {}
        if not expect(node, "mapping", report) or not isinstance(node.value, dict):
            return
        self._values = {key: value for key, value in node.value.items() if key in self._shape}
        for key in node.keys:
            if key not in self._shape:
                report.add("H003", node.keys[key], self._shape, key=key)
        for wanted, known in self._shape.items():
            if known.need and wanted not in node.keys and known.unless not in node.keys:
                report.add("H004", node.place, key=wanted)

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def node(self, key: str) -> Node | None:
        """Return the node under a key, if it is there."""
        return self._values.get(key)

    def _value(self, key: str, *kinds: str) -> Node | None:
        """Return the node under a key. Raises TypeError where the language has the key as another kind."""
        if self._shape[key].kind not in kinds:
            message = f"“{key}” is {self._shape[key].kind} in the language, and read as {', '.join(kinds)}"
            raise TypeError(message)
        return self._values.get(key)

    def each(self, key: str) -> Iterator[Node]:
        """Yield the items of the list under a key."""
        node = self._value(key, "shapes", "data")
        if node and expect(node, "list", self.report) and isinstance(node.value, list):
            yield from node.value

    def entries(self, key: str) -> Iterator[tuple[str, Node]]:
        """Yield the names and nodes of the mapping under a key."""
        node = self._value(key, "named", "duties", "articles")
        if node is not None:
            yield from entries(node, self.report)

    def read(self, key: str, reader: Callable[[Node, Report], _Read], default: _Read) -> _Read:
        """Return what `reader` makes of the mapping under a key, or the default."""
        node = self._value(key, "shape", "then")
        return default if node is None else reader(node, self.report)

    def word(self, key: str) -> str:
        """Return a text that is not empty."""
        node = self._value(key, "word")
        return "" if node is None else word(node, self.report)

    def name(self, key: str) -> str:
        """Return a name: small letters, digits, underscores."""
        node = self._value(key, "name")
        return "" if node is None else name(node, self.report)

    def text(self, key: str) -> Text:
        """Return words in the three languages."""
        node = self._value(key, "text")
        return Text("") if node is None else text(node, self.report)

    def text_or_none(self, key: str) -> Text | None:
        """Return words in the three languages, if they are given."""
        return self.text(key) if key in self else None

    def choice(self, key: str, default: str) -> str:
        """Return one of the words to choose from."""
        node = self._value(key, "choice")
        return default if node is None else choice(node, self.report, self._shape[key].of)

    def words(self, key: str) -> tuple[str, ...]:
        """Return a list of texts without repetition. A single text is a list of one."""
        node = self._value(key, "words")
        if node is None:
            return ()
        found, allowed = words(node, self.report), self._shape[key].of
        for said in found:
            if allowed and said not in allowed:
                self.report.add("H006", node.place, allowed, value=said)
        return found

    def subset(self, key: str) -> frozenset[str] | None:
        """Return a list as a set, or None where the key is not given."""
        return frozenset(self.words(key)) if key in self else None

    def truth(self, key: str, *, default: bool = False) -> bool:
        """Return true or false."""
        node = self._value(key, "truth")
        if node is None or not expect(node, "truth", self.report):
            return default
        return bool(node.value)

    def period(self, key: str) -> Period | None:
        """Return a period, if it is given."""
        node = self._value(key, "period", "review")
        return None if node is None else period(node, self.report)

    def lasts(self, key: str) -> Period | None:
        """Return how long something stays in a browser; None for until that is closed."""
        node = self._value(key, "lasts")
        return None if node is None or node.value == SESSION else period(node, self.report)

    def review(self, key: str = "review") -> Period | None:
        """Return the time between reviews, if it is given. It lasts a day at least."""
        found = self.period(key)
        node = self._values.get(key)
        if found is not None and not found and node is not None:
            self.report.add("H017", node.place)
        return found

    def day(self, key: str) -> date:
        """Return a date."""
        node = self._value(key, "date")
        if node is None or not expect(node, "date", self.report):
            return date.min
        return node.value if isinstance(node.value, date) else date.min


def entries(node: Node, report: Report) -> Iterator[tuple[str, Node]]:
    """Yield the names and nodes of a mapping whose keys are names of the declarer's own."""
    if not expect(node, "mapping", report) or not isinstance(node.value, dict):
        return
    if not node.value:
        report.add("H011", node.place, key=node.place.path or node.place.file)
    for key, value in node.value.items():
        if not _NAME.fullmatch(key):
            report.add("H012", node.keys[key], value=key)
        yield key, value


def word(node: Node, report: Report) -> str:
    """Read a text that is not empty."""
    if not expect(node, "text", report):
        return ""
    said = str(node.value).strip()
    if not said:
        report.add("H011", node.place, key=node.place.path)
    return said


def name(node: Node, report: Report) -> str:
    """Read a name: small letters, digits, underscores."""
    said = word(node, report)
    if said and not _NAME.fullmatch(said):
        report.add("H012", node.place, value=said)
    return said


def text(node: Node, report: Report) -> Text:
    """Read words in the three languages: a mapping with nb at least, or one text that is the same in all."""
    if node.kind == "text":
        said = word(node, report)
        return Text(said, said, said)
    fields = Fields(node, report, "text")
    return Text(*(fields.word(lang) for lang in LANGUAGES))


def choice(node: Node, report: Report, allowed: tuple[str, ...]) -> str:
    """Read one of the allowed words."""
    said = word(node, report)
    if said and said not in allowed:
        report.add("H006", node.place, allowed, value=said)
    return said


def words(node: Node, report: Report) -> tuple[str, ...]:
    """Read a list of texts without repetition, or a single text as a list of one."""
    if node.kind == "text":
        return (word(node, report),)
    if not expect(node, "list", report) or not isinstance(node.value, list):
        return ()
    if not node.value:
        report.add("H011", node.place, key=node.place.path)
    found: list[str] = []
    for item in node.value:
        said = word(item, report)
        if said in found:
            report.add("H013", item.place, value=said)
        found.append(said)
    return tuple(found)


def period(node: Node, report: Report) -> Period | None:
    """Read an ISO 8601 duration of years, months and days."""
    said = word(node, report)
    if not said:
        return None
    try:
        found = Period.parse(said)
    except ValueError:
        report.add("H007", node.place, value=said)
        return None
    if found.add_to(_ANY_DAY) > LONGEST.add_to(_ANY_DAY):
        report.add("H019", node.place, value=said, longest=LONGEST)
    return found


def nowhere(file: str) -> Place:
    """Return the place of a whole file."""
    return Place(file, 0, 0, "")
