"""HTML out of a text, and a small writer of HTML that escapes all it did not write itself."""

from html import escape
from importlib import resources

from hjemmel.declaration.render.blocks import (
    Block,
    Break,
    Day,
    Document,
    Items,
    Link,
    Marked,
    Pairs,
    Paragraph,
    Piece,
    Row,
    Section,
    Strong,
    Table,
    Told,
    Words,
    inside,
)

VOID = frozenset({"meta"})


class Html(str):
    """Text that already is HTML."""

    __slots__ = ()


def tag(element: str, /, *children: str, **attributes: str | None) -> Html:
    """Return an element. Plain text is escaped; `class_` and `data_rule` become class and data-rule."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if element in VOID:
        return Html(f"<{element}{given}>")
    return Html(f"<{element}{given}>{join(*children)}</{element}>")


def join(*children: str) -> Html:
    """Return children one after another, plain text escaped."""
    return Html("".join(child if isinstance(child, Html) else escape(child) for child in children))


def article(document: Document, kind: str) -> Html:
    """Return a text as an article of the class `kind`, with its table of contents."""
    return tag(
        "article",
        tag("header", tag("h1", document.title), *(_block(block, kind, 2) for block in document.head)),
        _contents(document, kind),
        *(_block(block, kind, 2) for block in document.body),
        class_=kind,
        lang=document.lang,
    )


def page(document: Document, kind: str) -> str:
    """Return a text as a whole page that needs nothing beside it, for a file of its own."""
    style = resources.files("hjemmel.declaration.render").joinpath("page.css").read_text("utf-8")
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", document.title),
        tag("style", Html(style)),
    )
    body = tag("body", tag("main", article(document, kind)))
    return "<!doctype html>\n" + tag("html", head, body, lang=document.lang) + "\n"


def _contents(document: Document, kind: str) -> Html:
    def entries(sections: tuple[Section, ...], depth: int) -> Html:
        found = []
        for section in sections:
            below = inside(section) if depth > 1 else ()
            deeper = entries(below, depth - 1) if below else Html()
            found.append(tag("li", tag("a", section.title, href=f"#{section.anchor}"), deeper))
        return tag("ol", *found)

    anchor = f"{kind}-contents"
    title = tag("h2", document.contents, id=anchor)
    return tag("nav", title, entries(document.sections(), 2), aria_labelledby=anchor)


def _block(block: Block, kind: str, level: int) -> Html:
    match block:
        case Section():
            title = tag(f"h{level}", block.title)
            return tag("section", title, *(_block(b, kind, level + 1) for b in block.blocks), id=block.anchor)
        case Told():
            return tag("div", *(_block(b, kind, level) for b in block.blocks), data_rule=block.rule)
        case Paragraph():
            look = f"{kind}-{block.kind}" if block.kind else None
            return tag("p", _words(block.words), class_=look, data_rule=block.rule)
        case Items():
            rows = (tag("li", _words(row.cells[0]), data_rule=row.rule) for row in block.rows)
            return tag("ul", *rows)
        case Pairs():
            pairs = (tag("dt", _words(r.cells[0])) + tag("dd", _words(r.cells[1])) for r in block.rows)
            return tag("dl", *map(Html, pairs))
        case Table():
            return _table(block)


def _table(table: Table) -> Html:
    head = tag("thead", tag("tr", *(tag("th", title, scope="col") for title in table.head)))
    return tag("table", head, tag("tbody", *(_row(row, table.head) for row in table.rows)), class_="ds-table")


def _row(row: Row, head: tuple[str, ...]) -> Html:
    """Return a row whose cells name their column, for narrow screens that show each row as a block."""
    first = tag("th", _words(row.cells[0]), scope="row", data_label=head[0])
    rest = (
        tag("td", _words(cell), data_label=title) for cell, title in zip(row.cells[1:], head[1:], strict=True)
    )
    return tag("tr", first, *rest, data_rule=row.rule)


def _words(words: Words) -> Html:
    """Return words in a row, or as a list where they stand on several lines."""
    if Break() not in words:
        return join(*(_piece(piece) for piece in words))
    lines: list[list[Piece]] = [[]]
    for piece in words:
        if isinstance(piece, Break):
            lines.append([])
        else:
            lines[-1].append(piece)
    return tag("ul", *(tag("li", *map(_piece, line)) for line in lines))


def _piece(piece: Piece) -> str:
    match piece:
        case Marked():
            return tag("span", piece.text, data_rule=piece.rule)
        case Break():
            return piece.text
        case Link():
            return tag("a", piece.text, href=piece.to)
        case Strong():
            return tag("strong", piece.text)
        case Day():
            return tag("time", piece.text, datetime=piece.day.isoformat())
        case _:
            return piece
