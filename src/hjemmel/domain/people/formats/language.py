"""The language a person wants to be written to in, as a two-letter ISO 639-1 code."""

from functools import cache
from typing import Final

from babel import Locale

from hjemmel.domain.people.formats.invalid import Invalid

_OWN: Final = {
    "norsk": "nb",
    "no": "nb",
    "bm": "nb",
    "nob": "nb",
    "nno": "nn",
    "eng": "en",
    "samisk": "se",
    "sme": "se",
}


class InvalidLanguage(Invalid):
    """Raised when a language is not known; `code` is "language.unknown"."""


def parse(text: str) -> str:
    """Return the code of a language written by name (Norwegian or English) or by code; "norsk" is bokmål.

    Raises InvalidLanguage.
    """
    word = " ".join(text.casefold().split()).replace("_", "-")
    code = _OWN.get(word) or _codes().get(word) or _codes().get(word.split("-")[0])
    if not code:
        raise InvalidLanguage("language.unknown")
    return _OWN.get(code, code)


@cache
def _codes() -> dict[str, str]:
    """Return names and two-letter codes of languages, each with its code."""
    found: dict[str, str] = {}
    for locale in ("en", "nn", "nb"):
        for code, name in Locale.parse(locale).languages.items():
            if code.isalpha() and len(code) == 2:
                found[name.casefold().removeprefix("norsk ")] = code
                found[name.casefold()] = code
                found[code] = code
    return found
