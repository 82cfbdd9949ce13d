"""LIX: words a sentence, plus the percentage of words of more than six letters (Björnsson 1968).

Under 30 is very easy, 30-40 easy, 40-50 medium (newspapers), 50-60 hard (official texts), over 60 very hard.
A full stop, question mark, exclamation mark or colon ends a sentence, and so does the end of a paragraph,
heading, entry of a list or cell of a table. Running text is ours without headings and tables, whose short
pieces read easier than they are. Times: composing alone, and each format, the best of three.
"""

import argparse
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from hjemmel.declaration import load, presets
from hjemmel.declaration.render import compose, html, languages
from hjemmel.declaration.render.blocks import Block, Document, Paragraph, Section, Table, Told, plain
from hjemmel.declaration.render.markdown import markdown
from hjemmel.declaration.render.pdf import pdf

WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
END = re.compile(r"[.!?:](?=\s|$)|\n")
LONG = 6


def lix(lines: list[str]) -> tuple[int, int, int, int]:
    """Return words, words a sentence, percentage of long words, and LIX, of paragraphs."""
    words = [word for line in lines for word in WORD.findall(line)]
    sentences = sum(1 for part in END.split("\n".join(lines)) if WORD.search(part))
    length, long = len(words) / sentences, 100 * sum(len(word) > LONG for word in words) / len(words)
    return len(words), round(length), round(long), round(length + long)


def said(blocks: tuple[Block, ...], *, running: bool = False) -> Iterator[str]:
    """Yield each paragraph, heading, entry and cell; no heading and cell where `running` text counts."""
    for block in blocks:
        if isinstance(block, Section):
            yield "" if running else block.title
            yield from said(block.blocks, running=running)
        elif isinstance(block, Told):
            yield from said(block.blocks, running=running)
        elif isinstance(block, Paragraph):
            yield plain(block.words)
        elif not (running and isinstance(block, Table)):
            yield from (plain(cell) for row in block.rows for cell in row.cells)


def best(work: Callable[[], object]) -> str:
    """Return the shortest of three times, in milliseconds."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return f"{1000 * min(times):.0f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="others' statements, as plain text")
    args = parser.parse_args()
    print("| Text | Words | Words a sentence | Long words | LIX | LIX, running text |")
    print("|---|--:|--:|--:|--:|--:|")
    for path in args.files:
        row(path.stem, [line for line in path.read_text("utf-8").splitlines() if line.strip()])
    for name in presets():
        declaration = load(name)
        for lang in languages():
            ours(f"{name}, {lang}", compose(declaration, lang))
        ours(f"{name}, nb, with all that is planned", compose(declaration, preview=True))
    print("\n| Preset, with all that is planned | compose | HTML | Markdown | PDF |\n|---|--:|--:|--:|--:|")
    for name in presets():
        declaration = load(name)
        document = compose(declaration, preview=True)
        work: tuple[Callable[[], object], ...] = (
            lambda d=declaration: compose(d, preview=True),
            lambda d=document: html.page(d, "statement"),
            lambda d=document: markdown(d),
            lambda d=document: pdf(d),
        )
        print(f"| {name} | " + " | ".join(f"{best(each)} ms" for each in work) + " |")


def ours(name: str, document: Document) -> None:
    blocks = (*document.head, *document.body)
    row(name, list(said(blocks)), str(lix(list(said(blocks, running=True)))[-1]))


def row(name: str, lines: list[str], running: str = "") -> None:
    words, length, long, found = lix(lines)
    print(f"| {name} | {words} | {length} | {long} % | {found} | {running} |")


main()
