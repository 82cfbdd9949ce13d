"""What the keys and words of the language are called in a form, in three languages."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from hjemmel.declaration.model import LANGUAGES, Text
from hjemmel.declaration.own import contents


def label(shape: str, key: str) -> Text:
    """Return what a key is called. Raises KeyError where the catalogue lacks it."""
    return _text(_catalogue("keys")[shape][key])


def words_help(shape: str, key: str) -> Text | None:
    """Return a line of help for a key, if there is one."""
    found = _catalogue("keys")[shape][key].get("help")
    return _text(found) if found else None


def choice(word: str) -> Text:
    """Return what a word of a closed list is called. Raises KeyError where the catalogue lacks it."""
    return _text(_catalogue("choices")[word])


@cache
def _catalogue(name: str) -> Mapping[str, Any]:
    return contents(f"texts/{name}.yaml")


def _text(entry: Mapping[str, str]) -> Text:
    return Text(*(entry[lang] for lang in LANGUAGES))
