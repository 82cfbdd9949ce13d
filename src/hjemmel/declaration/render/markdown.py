"""Markdown out of a text, in the common form that web publishing systems take."""

import re
from collections.abc import Iterator

from hjemmel.declaration.render.blocks import (
    Block,
    Break,
    Document,
    Items,
    Link,
    Pairs,
    Paragraph,
    Section,
    Strong,
    Table,
    Told,
    Words,
    inside,
)

# What would otherwise be read as markup, wherever it stands; and at the start of a line.
_ALWAYS = re.compile(r"([\\`*_\[\]<>|~])")
_FIRST = re.compile(r"^(\s*\d*)([#+\-=.)])(?=\s|$)")


def markdown(document: Document) -> str:
    """Return a text as Markdown. Sections carry their anchors, so that links to them hold."""
    parts = [f"# {_plain(document.title)}", *_blocks(document.head, 2), f"## {_plain(document.contents)}"]
    parts += ["\n".join(_contents(document.sections(), 0)), *_blocks(document.body, 2)]
    return "\n\n".join(parts) + "\n"


def _contents(sections: tuple[Section, ...], depth: int) -> Iterator[str]:
    for section in sections:
        yield f"{'  ' * depth}- [{_plain(section.title)}](#{section.anchor})"
        if depth == 0:
            yield from _contents(inside(section), 1)


def _blocks(blocks: tuple[Block, ...], level: int) -> Iterator[str]:
    for block in blocks:
        match block:
            case Section():
                yield f'{"#" * level} <a id="{block.anchor}"></a>{_plain(block.title)}'
                yield from _blocks(block.blocks, level + 1)
            case Told():
                yield from _blocks(block.blocks, level)
            case Paragraph():
                said = _FIRST.sub(r"\1\\\2", _words(block.words))
                yield f"*{said}*" if block.kind == "preview" else said
            case Items():
                yield "\n".join(f"- {_words(row.cells[0])}" for row in block.rows)
            case Pairs():
                yield "\n".join(f"- {_words(r.cells[0])}: {_words(r.cells[1])}" for r in block.rows)
            case Table():
                yield _table(block)


def _table(table: Table) -> str:
    lines = [_line(tuple(_plain(title) for title in table.head)), _line(("---",) * len(table.head))]
    return "\n".join(lines + [_line(tuple(map(_words, row.cells))) for row in table.rows])


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _words(words: Words) -> str:
    found = []
    for piece in words:
        match piece:
            case Link():
                found.append(f"[{_plain(piece.text)}]({_address(piece.to)})")
            case Strong():
                found.append(f"**{_plain(piece.text)}**")
            case Break():
                found.append("<br>")
            case str():
                found.append(_plain(piece))
            case _:
                found.append(_plain(piece.text))
    return "".join(found)


def _plain(text: str) -> str:
    """Return words that no Markdown reader takes for markup, on one line."""
    return _ALWAYS.sub(r"\\\1", " ".join(text.split("\n")))


def _address(address: str) -> str:
    return address.replace(" ", "%20").replace("(", "%28").replace(")", "%29")
