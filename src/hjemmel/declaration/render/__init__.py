"""From the declaration to words: the statement, and the single sentences other pages show.

`compose` gives the statement before it is written in a format; `pdf` lies in a module of its own, because
what sets it is large.
"""

from hjemmel.declaration.render.keeping import keep_sentence
from hjemmel.declaration.render.language import languages
from hjemmel.declaration.render.sentences import sentences
from hjemmel.declaration.render.sight import Sight, who_sees
from hjemmel.declaration.render.statement import as_markdown, compose, document, statement

__all__ = [
    "Sight",
    "as_markdown",
    "compose",
    "document",
    "keep_sentence",
    "languages",
    "sentences",
    "statement",
    "who_sees",
]
