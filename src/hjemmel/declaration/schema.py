"""JSON Schemas (draft 7) of a declaration's files, for editors: drawn from the keys that the readers go by.

They know shapes and the words of the vocabulary. What a name refers to, and whether it all holds together, is
for the check.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from hjemmel.declaration.law import figures
from hjemmel.declaration.read.keys import FILES, SHAPES, Key, Shape
from hjemmel.declaration.vocabulary import vocabulary

Schema = dict[str, Any]

NAME: Schema = {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"}
WORD: Schema = {"type": "string", "pattern": "\\S"}
DATE: Schema = {"type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}$"}
PERIOD: Schema = {
    "type": "string",
    "pattern": "^P(?=\\d)(\\d{1,3}Y)?(\\d{1,4}M)?(\\d{1,6}D)?$",
    "examples": ["P5Y", "P3M", "P30D"],
}
REVIEW: Schema = PERIOD | {"pattern": "^P(?=.*[1-9])(\\d{1,3}Y)?(\\d{1,4}M)?(\\d{1,6}D)?$"}
GROUP: Schema = {"type": "string", "pattern": "^[a-z_]+\\.\\*$"}
PLAIN: Mapping[str, Schema] = {"truth": {"type": "boolean"}, "date": DATE, "period": PERIOD, "review": REVIEW}


def schemas() -> dict[str, Schema]:
    """Return the schema of each kind of file, under the name it is kept by, such as `units.schema.json`."""
    return {f"{_stem(file)}.schema.json": schema(file) for file in FILES}


def schema(file: str) -> Schema:
    """Return the schema of a kind of file, as FILES names it."""
    shape, several = FILES[file]
    root = _names(_ref(shape)) if several else _ref(shape)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": f"Hjemmel: {file}",
        **root,
        "definitions": {name: _shape(SHAPES[name]) for name in sorted(_needed(shape))},
    }


def settings(prefix: str = "") -> dict[str, str]:
    """Return which schema is for which files, by globs, as YAML editors ask for it."""
    return {prefix + f"{_stem(file)}.schema.json": file.replace("…", "*") for file in FILES}


def _stem(file: str) -> str:
    return "activity" if file.startswith("activities/") else file.removesuffix(".yaml")


def _needed(start: str) -> set[str]:
    """Return the shapes that one leads to, itself among them."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [each for key in SHAPES[name].values() for each in _leads(key)]
    return found


def _leads(key: Key) -> Iterable[str]:
    inner = {"text": "text", "data": "condition", "then": "archive"}.get(key.kind)
    return [shape for shape in (key.shape, inner) if shape]


def _shape(shape: Shape) -> Schema:
    always = [name for name, key in shape.items() if key.need and not key.unless]
    found: Schema = {
        "type": "object",
        "additionalProperties": False,
        "required": always,
        "properties": {name: {"description": key.says, **_value(key)} for name, key in shape.items()},
    }
    for other in sorted({key.unless for key in shape.values() if key.unless}):
        rest = [name for name, key in shape.items() if key.unless == other]
        found["anyOf"] = [{"required": [other]}, {"required": rest}]
    return found


def _value(key: Key) -> Schema:
    if key.kind in PLAIN:
        return PLAIN[key.kind]
    made: Mapping[str, Schema] = {
        "name": _word(key, NAME),
        "word": _word(key, WORD),
        "choice": {"enum": list(key.of)},
        "text": {"anyOf": [WORD, _ref("text")]},
        "words": _one_or_several(_word(key, WORD)),
        "shape": _ref(key.shape),
        "shapes": {"type": "array", "items": _ref(key.shape)},
        "named": _names(_ref(key.shape)),
        "duties": _names({"anyOf": [_ref(key.shape), {"type": "array", "items": _ref(key.shape)}]}),
        "articles": _by_subject(),
        "then": {"anyOf": [{"enum": ["delete", "anonymise"]}, _ref("archive")]},
        "lasts": {"anyOf": [{"enum": ["session"]}, PERIOD]},
        "data": {"type": "array", "items": _datum(), "uniqueItems": True},
    }
    return made[key.kind]


def _word(key: Key, otherwise: Schema) -> Schema:
    words = list(key.of) or _words(key.words)
    if not words:
        return otherwise
    return {"anyOf": [{"enum": words}, GROUP]} if key.words == "data" else {"enum": words}


def _words(name: str) -> list[str]:
    """Return the words of a list of the vocabulary, or the figures of law that are ages."""
    if name == "ages":
        return sorted(figure.name for figure in figures().values() if figure.unit == "years")
    return sorted(getattr(vocabulary(), name)) if name else []


def _datum() -> Schema:
    data = _words("data")
    held = {"type": "object", "additionalProperties": False, "minProperties": 1, "maxProperties": 1}
    return {"anyOf": [{"enum": data}, held | {"properties": {name: _ref("condition") for name in data}}]}


def _by_subject() -> Schema:
    articles = _one_or_several({"enum": _words("articles")})
    properties = dict.fromkeys(_words("subjects"), articles)
    return {"type": "object", "additionalProperties": False, "minProperties": 1, "properties": properties}


def _one_or_several(item: Schema) -> Schema:
    return {"anyOf": [item, {"type": "array", "items": item, "minItems": 1, "uniqueItems": True}]}


def _names(value: Schema) -> Schema:
    pattern = NAME["pattern"]
    return {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": False,
        "patternProperties": {pattern: value},
    }


def _ref(shape: str) -> Schema:
    """Return what leads to a shape. A plain `$ref` would hide the description beside it in this draft."""
    return {"allOf": [{"$ref": f"#/definitions/{shape}"}]}
