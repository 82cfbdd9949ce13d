"""The statement line by line, so that one can show which lines an edit changes."""

from collections.abc import Iterator
from dataclasses import dataclass

from hjemmel.declaration.model import Declaration
from hjemmel.declaration.render import compose
from hjemmel.declaration.render.blocks import Block, Paragraph, Section, Told, plain


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, an entry or a row as the statement prints it, with its section and the rule it tells."""

    section: str
    text: str
    rule: str | None = None


def lines(declaration: Declaration, lang: str = "nb") -> list[Line] | None:
    """Return the statement's lines, planned activities too; None where it names what is not declared, so
    that it cannot be printed.
    """
    try:
        text = compose(declaration, lang, preview=True, version="-")
    except LookupError:
        return None
    return [*_lines(text.head, text.title), *_lines(text.body, text.title)]


def _lines(blocks: tuple[Block, ...], section: str, rule: str | None = None) -> Iterator[Line]:
    for block in blocks:
        if isinstance(block, Section):
            yield from _lines(block.blocks, block.title)
        elif isinstance(block, Told):
            yield from _lines(block.blocks, section, block.rule)
        elif isinstance(block, Paragraph):
            yield Line(section, plain(block.words), block.rule or rule)
        else:
            for row in block.rows:
                yield Line(section, " – ".join(map(plain, row.cells)), row.rule or rule)
