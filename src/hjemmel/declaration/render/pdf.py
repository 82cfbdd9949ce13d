"""PDF out of a text: tagged for screen readers (PDF/UA-1), nothing fetched, no font of the machine used."""

import json
from importlib import resources
from typing import Any

import typst

from hjemmel.declaration.render.blocks import (
    Block,
    Break,
    Day,
    Document,
    Link,
    Marked,
    Paragraph,
    Piece,
    Section,
    Strong,
    Table,
    Told,
    Words,
    plain,
)

LINE = 100  # characters a line of a table holds
LONGEST = 60  # of a cell: what is longer is broken anyhow


def pdf(document: Document) -> bytes:
    """Return a text as a PDF on A4. The same text gives the same bytes."""
    source = resources.files("hjemmel.declaration.render").joinpath("statement.typ").read_bytes()
    made = typst.compile(
        source,
        format="pdf",
        sys_inputs={"doc": json.dumps(_document(document), ensure_ascii=False)},
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
    )
    if not isinstance(made, bytes):
        message = "the text was set as several files"
        raise TypeError(message)
    return made


def _document(document: Document) -> dict[str, Any]:
    day = document.day
    return {
        "lang": document.lang,
        "title": document.title,
        "author": document.author,
        "day": [day.year, day.month, day.day],
        "contents": document.contents,
        "head": [_block(block) for block in document.head],
        "body": [_block(block) for block in document.body],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Section():
            blocks = [_block(each) for each in block.blocks]
            return {"kind": "section", "title": block.title, "anchor": block.anchor, "blocks": blocks}
        case Told():
            return {"kind": "told", "blocks": [_block(each) for each in block.blocks]}
        case Paragraph():
            return {"kind": "paragraph", "words": _words(block.words), "look": block.kind}
        case _:
            rows = [[_words(cell) for cell in row.cells] for row in block.rows]
            laid = {"head": block.head, "columns": _columns(block)} if isinstance(block, Table) else {}
            return {"kind": type(block).__name__.lower(), "rows": rows, **laid}


def _columns(table: Table) -> list[int]:
    """Return how wide each column is beside the others.

    Each has room for its longest word, and of the rest of the line a share by what it holds.
    """
    columns = [
        [head, *(plain(row.cells[number]) for row in table.rows)] for number, head in enumerate(table.head)
    ]
    least = [max(len(word) for cell in cells for word in [*cell.split(), ""]) + 3 for cells in columns]
    most = [min(max(map(len, cells)), LONGEST) for cells in columns]
    wanted = [max(long - short, 0) for long, short in zip(most, least, strict=True)]
    left = max(LINE - sum(least), 0)
    return [short + left * want // max(sum(wanted), 1) for short, want in zip(least, wanted, strict=True)]


def _words(words: Words) -> list[Any]:
    return [_piece(piece) for piece in words]


def _piece(piece: Piece) -> Any:
    match piece:
        case Link():
            return {"text": piece.text, "to": piece.to}
        case Strong():
            return {"text": piece.text}
        case Day():
            return {"text": piece.text, "day": piece.day.isoformat()}
        case Marked() | Break():
            return piece.text
        case _:
            return piece
