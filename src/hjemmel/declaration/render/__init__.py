"""From the declaration to words: the statement, and the single sentences other pages show.

`compose` gives the statement before it is written in a format. The formats are modules: `html`, `markdown`
and `pdf`; the last is not imported here, because what sets it is large.
"""

from hjemmel.declaration.render.keeping import keep_sentence
from hjemmel.declaration.render.language import languages
from hjemmel.declaration.render.sentences import sentences
from hjemmel.declaration.render.sight import Sight, who_sees
from hjemmel.declaration.render.statement import compose, document, statement

__all__ = [
    "Sight",
    "compose",
    "document",
    "keep_sentence",
    "languages",
    "sentences",
    "statement",
    "who_sees",
]
