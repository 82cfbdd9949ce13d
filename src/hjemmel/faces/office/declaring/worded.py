"""What the check finds, in the words of the forms: keys by label, and things by what they are called."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from hjemmel.declaration import Declaration, Finding, Period, Text, vocabulary
from hjemmel.declaration.edit import choice, label
from hjemmel.declaration.findings import explained
from hjemmel.declaration.model import MAY
from hjemmel.declaration.read.keys import FILES, SHAPES
from hjemmel.faces.look.language import code, said
from hjemmel.faces.office.declaring.options import HEADINGS

# In a text of the catalogue: a key in quotes, alone or with a value; and a file of the declaration.
KEY = re.compile(r"([«“])([a-z_.]+)(?:: (\w+|{\w+}))?([»”])")
FILE = re.compile(r"\b(organisation|offices|units|recipients)\.yaml\b")
OF_FILES = ("H00", "H01")  # what is wrong with the files themselves names them as they are
INNERMOST = {("H049", "basis")}  # where a key is meant as the entry has it, and not the activity
UNKNOWN_KEY = "H003"
CHOICES = {word for shape in SHAPES.values() for key in shape.values() for word in key.of} - {"archive"}
NOT_LABELLED = {"", "text", "condition", "archive"}
# What the holes of the texts name; the first that knows the word says what it is called.
HOLES: Mapping[str, tuple[str, ...]] = {
    "office": ("offices",),
    "offices": ("offices",),
    "activity": ("activities",),
    "archive": ("activities",),
    "owner": ("records", "activities"),
    "record": ("records",),
    "event": ("events",),
    "datum": ("data",),
    "data": ("data",),
    "subject": ("subjects",),
    "subjects": ("subjects",),
    "to": ("recipients",),
    "value": ("articles", "data", "sources", "subjects"),
    "may": ("may",),
    "when": ("conditions",),
    "condition": ("conditions",),
    "name": ("recipients", "data", "records", "events"),
}
ALLOWED = ("offices", "recipients", "activities", "unit_kinds", "data", "records", "events", "conditions",
           "articles", "statutes", "subjects", "sources", "occasions", "channels", "special",
           "words")  # fmt: skip
Worded = tuple[str, str, str]


class Words:
    """What things are called where a declaration can be read; without one only the language's own words."""

    def __init__(self, declaration: Declaration | None) -> None:
        kinds = {*ALLOWED, *(kind for kinds in HOLES.values() for kind in kinds)}
        self._called = {kind: dict(_called(kind, declaration)) for kind in kinds}

    def of(self, finding: Finding) -> Worded:
        """Return what is wrong, what is allowed, and what to do."""
        shapes = list(_shapes(finding))
        values = {hole: self._value(hole, value) for hole, value in finding.values}
        if "key" in values:
            key = values["key"].rpartition(".")[2]
            values["key"] = _label(key, reversed(shapes)) or values["key"]
        message, do = replace(finding, values=tuple(values.items())).said(code())
        plainly = {text: self._plainly(text, finding.code, values, shapes) for text in (message, do)}
        return plainly[message], ", ".join(self._allowed(finding, shapes)), plainly[do]

    def _value(self, hole: str, value: str) -> str:
        named = [self._called[kind] for kind in HOLES.get(hole, ())]
        return ", ".join(_first(word, named) or word for word in value.split(", "))

    def _allowed(self, finding: Finding, shapes: list[str]) -> list[str]:
        """What is allowed, as the first kind of thing calls it that knows it all."""
        words = finding.allowed
        if finding.code == UNKNOWN_KEY:
            return [_label(word, reversed(shapes)) or word for word in words]
        held = (self._called[kind] for kind in ALLOWED)
        known = next((names for names in held if names.keys() >= set(words)), {})
        return [known.get(word, word) for word in words]

    def _plainly(self, text: str, finding: str, values: Mapping[str, str], shapes: list[str]) -> str:
        """A text with the keys, words and files it names said as they are headed."""
        for quoted in KEY.finditer(" ".join(explained(finding, code()))):
            before, key, value, after = (part and part.format_map(values) for part in quoted.groups())
            inner = (finding, key) in INNERMOST
            title = _label(key, reversed(shapes) if inner else shapes)
            title = title or _first(key, [self._called[kind] for kind in ("may", "data", "events")])
            if key == "archive":
                title, value = said(choice(key)).format(title=value), ""
            if title:
                worth = f": {_worth(value)}" if value and value != "true" else ""
                text = text.replace(quoted[0].format_map(values), f"{before}{title}{worth}{after}")
        if finding.startswith(OF_FILES):
            return text
        return FILE.sub(lambda found: _("“%(heading)s”") % {"heading": HEADINGS[found[1]]}, text)


def _first(word: str, named: Iterable[Mapping[str, str]]) -> str:
    return next((names[word] for names in named if word in names), "")


def _worth(word: str) -> str:
    try:
        return Period.parse(word).in_words(code())
    except ValueError:
        return said(choice(word)) if word in CHOICES else word


def _label(key: str, shapes: Iterable[str]) -> str:
    """What a key is called in the first of the mappings that has it, or wherever the language has it."""
    where = next((shape for shape in (*shapes, "activity", *SHAPES) if key in SHAPES[shape]), "")
    return "" if where in NOT_LABELLED else said(label(where, key))


def _shapes(finding: Finding) -> Iterator[str]:
    """The mappings that a finding lies in, the outermost first."""
    file = "activities/….yaml" if finding.file.startswith("activities/") else finding.file
    if file not in FILES:
        return
    shape, named = FILES[file]
    yield shape
    for step in finding.path.split(".")[1 if named else 0 :]:
        if step in SHAPES[shape] and SHAPES[shape][step].shape:
            shape = SHAPES[shape][step].shape
            yield shape


def _called(kind: str, declaration: Declaration | None) -> Iterator[tuple[str, str]]:
    """What things of a kind are called, by name."""
    if kind in {"may", "words"}:
        yield from ((word, said(choice(word))) for word in (MAY if kind == "may" else CHOICES))
    elif kind in {"offices", "activities", "recipients", "unit_kinds"}:
        yield from ((each.name, said(each.title)) for each in getattr(declaration, kind, ()))
    else:
        held: Mapping[str, object] = getattr(vocabulary(), kind)
        for name, each in held.items():
            found = (getattr(each, field, None) for field in ("cite", "one", "many", "text", "title"))
            word = each if isinstance(each, Text) else next(filter(None, found), None)
            if isinstance(word, Text):
                yield name, said(word)
