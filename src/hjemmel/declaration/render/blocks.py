"""What a printed text is made of, before it becomes HTML, Markdown or PDF.

`rule` is the id of the enforceable rule a block tells; the HTML carries it as `data-rule`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from hjemmel.declaration.addresses import is_web


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address, or to an anchor (`#...`) of the same text."""

    text: str
    to: str


def outward(text: str, to: str) -> Link | str:
    """Words that lead to a page whose address was typed in: the words alone where it is no such address."""
    return Link(text, to) if is_web(to) else text


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that stand out: what an entry of a list is about."""

    text: str


@dataclass(frozen=True, slots=True)
class Day:
    """A date in words, and the date itself."""

    text: str
    day: date


@dataclass(frozen=True, slots=True)
class Marked:
    """Words that tell a rule inside a cell that tells several."""

    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a line inside a cell."""

    text: str = "\n"


Piece: TypeAlias = str | Link | Strong | Day | Marked | Break
Words: TypeAlias = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. `kind` is what it is for, where it looks its own way: about, version, preview, law."""

    words: Words
    rule: str | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """An entry of a list (one cell) or a row of a table."""

    cells: tuple[Words, ...]
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Items:
    """A list without numbers."""

    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table. The first cell of each row is its heading."""

    head: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Terms and what belongs to them, such as how to reach somebody."""

    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """Several blocks that together tell one rule."""

    rule: str
    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part under a heading of its own. Its depth says how large the heading is."""

    anchor: str
    title: str
    blocks: tuple["Block", ...]


Block: TypeAlias = Paragraph | Items | Table | Pairs | Told | Section


@dataclass(frozen=True, slots=True)
class Document:
    """A whole text: what stands above its table of contents, and the rest. `day` is when it last changed."""

    lang: str
    title: str
    author: str
    day: date
    contents: str
    head: tuple[Block, ...] = ()
    body: tuple[Block, ...] = field(default=())

    def sections(self) -> tuple[Section, ...]:
        """Return the parts, the first level of the table of contents."""
        return tuple(block for block in self.body if isinstance(block, Section))


def paragraph(*words: Piece, rule: str | None = None, kind: str = "") -> Paragraph:
    """Return a paragraph of these words."""
    return Paragraph(words, rule, kind)


def items(*rows: Row | str) -> Items:
    """Return a list; plain words make an entry of their own."""
    return Items(tuple(Row(((row,),)) if isinstance(row, str) else row for row in rows))


def inside(section: Section) -> tuple[Section, ...]:
    """Return the sections right under one, the second level of the table of contents."""
    return tuple(block for block in section.blocks if isinstance(block, Section))


def plain(words: Words) -> str:
    """Return words without what they lead to or stand out by."""
    return "".join(piece if isinstance(piece, str) else piece.text for piece in words)


def told(blocks: tuple[Block, ...]) -> Iterator[tuple[str, str]]:
    """Yield each rule that is told in blocks of its own with the words that tell it."""
    for block in blocks:
        if isinstance(block, Section):
            yield from told(block.blocks)
        elif isinstance(block, Told):
            yield block.rule, " ".join(_texts(block.blocks))
        elif isinstance(block, Paragraph):
            if block.rule:
                yield block.rule, plain(block.words)
        else:
            for row in block.rows:
                if row.rule:
                    yield row.rule, " ".join(plain(cell) for cell in row.cells)


def _texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield plain(block.words)
        elif isinstance(block, Section | Told):
            yield from _texts(block.blocks)
        else:
            yield from (plain(cell) for row in block.rows for cell in row.cells)
