"""From the declaration to words: the statement, and the single sentences other pages show."""

from hjemmel.declaration.render.keeping import keep_sentence
from hjemmel.declaration.render.language import languages
from hjemmel.declaration.render.sentences import sentences
from hjemmel.declaration.render.sight import Sight, who_sees
from hjemmel.declaration.render.statement import document, statement

__all__ = ["Sight", "document", "keep_sentence", "languages", "sentences", "statement", "who_sees"]
