"""Map files: what a person says about a CSV file where guessing is not enough. YAML, or JSON, which is YAML.

columns: {Født: birth_date, "#7": ignore, Merknad: ignore}    heading, or # and the column's number
encoding: windows-1252
delimiter: ";"
units: {Oslo vest: Oslo}                 unit names of the file to those of the register
member_types: {Hovedmedlem: ordinary}
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from hjemmel.domain.imports.csv.headings import Field
from hjemmel.domain.imports.csv.reasons import UnusableFile

_DICTS: Final = ("columns", "units", "member_types")
_TEXTS: Final = ("encoding", "delimiter")


@dataclass(frozen=True, slots=True, kw_only=True)
class MapFile:
    """The content of a map file; everything may be left out."""

    columns: Mapping[str, Field] = field(default_factory=dict)
    encoding: str = ""
    delimiter: str = ""
    units: Mapping[str, str] = field(default_factory=dict)
    member_types: Mapping[str, str] = field(default_factory=dict)


NOTHING: Final = MapFile()


def load_map(path: Path) -> MapFile:
    """Return the map in a file. Unknown and double keys are refused. Raises UnusableFile."""
    try:
        tree = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8-sig"))
    except (YAMLError, UnicodeDecodeError):
        raise UnusableFile("map.unreadable", where=path.name) from None
    if not isinstance(tree, dict):
        raise UnusableFile("map.unreadable", where=path.name)
    for key in tree:
        if key not in (*_DICTS, *_TEXTS):
            raise UnusableFile("map.unknown_key", where=str(key))
    pairs = {key: _pairs(tree, key) for key in _DICTS}
    texts = {key: _text(tree, key) for key in _TEXTS}
    if len(texts["delimiter"]) > 1:
        raise UnusableFile("map.value", where="delimiter")
    return MapFile(
        columns={heading: _field(word, heading) for heading, word in pairs["columns"].items()},
        units=pairs["units"],
        member_types=pairs["member_types"],
        encoding=texts["encoding"],
        delimiter=texts["delimiter"],
    )


def as_map_text(columns: Mapping[str, Field]) -> str:
    """Return a map file that says what was guessed, for a person to correct. Headings, no values."""
    lines = [f"  {json.dumps(heading, ensure_ascii=False)}: {word}\n" for heading, word in columns.items()]
    return "columns:\n" + "".join(lines) if lines else "columns: {}\n"


def _pairs(tree: Mapping[object, object], key: str) -> dict[str, str]:
    value = tree.get(key) or {}
    if not isinstance(value, dict) or any(isinstance(x, dict | list) or x is None for x in value.values()):
        raise UnusableFile("map.value", where=key)
    return {str(name): str(meaning) for name, meaning in value.items()}


def _text(tree: Mapping[object, object], key: str) -> str:
    value = tree.get(key) or ""
    if not isinstance(value, str):
        raise UnusableFile("map.value", where=key)
    return value


def _field(word: str, heading: str) -> Field:
    try:
        return Field(word)
    except ValueError:
        raise UnusableFile("map.unknown_field", where=f"{heading}: {word}") from None
