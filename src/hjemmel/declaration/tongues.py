"""The languages of the statement with more sentences beside the statement's own."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import Any

from ruamel.yaml import YAML

from hjemmel.declaration.render.language import Language, language


@cache
def tongue(name: str, code: str) -> Language:
    """Return a language of the statement with the sentences of texts/NAME.CODE.yaml under `name`. Raises
    LookupError for a language the statement is not written in.
    """
    words = language(code)
    source = resources.files("hjemmel.declaration").joinpath(f"texts/{name}.{code}.yaml")
    content: Mapping[str, Any] = YAML(typ="safe", pure=True).load(source.read_text("utf-8"))
    return replace(words, phrases={**words.phrases, name: content})
