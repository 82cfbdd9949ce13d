"""The languages of the statement with more sentences beside the statement's own."""

from dataclasses import replace
from functools import cache

from hjemmel.declaration.own import contents
from hjemmel.declaration.render.language import Language, language


@cache
def tongue(name: str, code: str) -> Language:
    """Return a language of the statement with the sentences of texts/NAME.CODE.yaml under `name`. Raises
    LookupError for a language the statement is not written in.
    """
    words = language(code)
    content = contents(f"texts/{name}.{code}.yaml")
    return replace(words, phrases={**words.phrases, name: content})
