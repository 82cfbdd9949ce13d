"""What makes a text no YAML, in words of our own: the parser speaks English, and to programmers."""

from hjemmel.declaration.findings import WORD

# What the parser says, or a part of it, and our word for it in texts/kinds.yaml.
_SAID = (
    ("could not find expected ':'", "no_colon"),
    ("mapping values are not allowed here", "colon"),
    ("mapping keys are not allowed here", "colon"),
    ("found unexpected ':'", "colon"),
    ("sequence entries are not allowed here", "dash"),
    ("expected <block end>", "indent"),
    ("expected ',' or ']'", "list_open"),
    ("expected ',' or '}'", "mapping_open"),
    ("expected the node content", "no_value"),
    ("that cannot start any token", "sign"),
    ("found unexpected end of stream", "quote_open"),
    ("found unknown escape character", "escape"),
    ("found undefined alias", "alias"),
    ("but found another document", "documents"),
    ("found non-comment content after document end", "documents"),
)


def problem(said: str) -> str:
    """Return our word for what the parser says; a general one for what it seldom says."""
    return WORD + next((word for part, word in _SAID if part in said), "unreadable")
