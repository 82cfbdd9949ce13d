"""A small writer of HTML: everything is escaped unless it was written by the writer itself."""

from html import escape

VOID = frozenset({"meta"})


class Html(str):
    """Text that already is HTML."""

    __slots__ = ()


def tag(name: str, /, *children: str, **attributes: str | None) -> Html:
    """Return an element. Plain text is escaped; `class_` and `data_rule` become class and data-rule."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in VOID:
        return Html(f"<{name}{given}>")
    return Html(f"<{name}{given}>{join(*children)}</{name}>")


def join(*children: str) -> Html:
    """Return children one after another, plain text escaped."""
    return Html("".join(child if isinstance(child, Html) else escape(child) for child in children))
