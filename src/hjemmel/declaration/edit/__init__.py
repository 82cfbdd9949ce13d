"""Changing a declaration piece by piece: where a piece stands, what may stand there, and writing it back."""

from hjemmel.declaration.edit.access import widened
from hjemmel.declaration.edit.activities import with_activity, without_activity
from hjemmel.declaration.edit.labels import choice, label, words_help
from hjemmel.declaration.edit.lines import Line, lines
from hjemmel.declaration.edit.rewrite import UnreadableError, add, put, remove, value_at
from hjemmel.declaration.edit.spots import Spot

__all__ = [
    "Line",
    "Spot",
    "UnreadableError",
    "add",
    "choice",
    "label",
    "lines",
    "put",
    "remove",
    "value_at",
    "widened",
    "with_activity",
    "without_activity",
    "words_help",
]
