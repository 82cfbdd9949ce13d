"""Changes that are only a matter of words: titles, explanations, and the organisation's own paragraphs."""

from collections.abc import Mapping

from hjemmel.declaration.diff.change import Fill, nothing
from hjemmel.declaration.model import Text
from hjemmel.declaration.render.language import Language


def contrast(
    path: str, old: Text | str | None, new: Text | str | None, more: Fill = nothing
) -> tuple[str, Fill]:
    """Return the path of a sentence that says what came, went or was put otherwise, and what fills it.

    Under `path` stand `added`, `removed` and `changed`. Words that differ in one language alone are shown as
    they stand there, with the language in front.
    """

    def fill(words: Language) -> Mapping[str, str]:
        return {"old": _of(words, old, new), "new": _of(words, new, old), **more(words)}

    way = "added" if not _given(old) else "removed" if not _given(new) else "changed"
    return f"{path}.{way}", fill


def _given(text: Text | str | None) -> bool:
    return bool(text)


def _of(words: Language, text: Text | str | None, other: Text | str | None) -> str:
    if not isinstance(text, Text):
        return text or ""
    if not isinstance(other, Text) or words.of(text) != words.of(other):
        return words.of(text)
    for lang in ("nb", "nn", "en"):
        if text.of(lang) != other.of(lang):
            return f"{text.of(lang)} ({lang})"
    return words.of(text)
