"""The functions that the web may call: the one list, by which it is given rights and verify looks for more.

Everything else in the database is closed to it. A new one is looked at before it is entered: does it tell
anything of a subject that the actor does not see, by value, by count or by error?
"""

_calls: dict[str, str] = {}


def calls(*signatures: str, because: str) -> None:
    """Enter functions that the web may call, as `schema.name(types)`, and why that tells nobody too much."""
    _calls.update(dict.fromkeys(signatures, because))


def called() -> list[str]:
    """The signatures of all of them."""
    return sorted(_calls)
