"""The privacy statement: part one for all of it, part two activity by activity, in a fixed order.

Every sentence that a rule enforces stands in a block that names the rule.
"""

from datetime import date

from hjemmel.declaration.model import Declaration
from hjemmel.declaration.render import html
from hjemmel.declaration.render.blocks import Block, Day, Document, Words, paragraph
from hjemmel.declaration.render.language import Language, language
from hjemmel.declaration.render.part_one import own, part_one
from hjemmel.declaration.render.part_two import part_two
from hjemmel.declaration.render.suiting import suited


def compose(
    declaration: Declaration,
    lang: str = "nb",
    *,
    preview: bool = False,
    changed: date | None = None,
    version: str | None = None,
) -> Document:
    """Return the statement, to be written as HTML, Markdown or PDF. Planned activities stand in it only as a
    `preview`.

    `changed` and `version` are those of the version in force; without them, the declared date and the first
    eight digits of the digest. Raises LookupError for a language the statement is not written in.
    """
    words = suited(language(lang), declaration)
    organisation = declaration.organisation
    activities = declaration.activities if preview else declaration.active
    day = changed or organisation.changed
    head: list[Block] = [
        paragraph(words.of(organisation.about), kind="about"),
        paragraph(*_dated(words, day, version or declaration.digest[:8]), kind="version"),
        *own(words, declaration, "opening"),
    ]
    if preview:
        head.append(paragraph(words.say("preview"), kind="preview"))
    return Document(
        lang=lang,
        title=words.say("title", organisation=words.of(organisation.title)),
        author=words.of(organisation.title),
        day=day,
        contents=words.say("contents"),
        head=tuple(head),
        body=(
            part_one(words, declaration, activities),
            part_two(words, declaration, activities),
            *own(words, declaration, "closing"),
        ),
    )


def statement(
    declaration: Declaration,
    lang: str = "nb",
    *,
    preview: bool = False,
    changed: date | None = None,
    version: str | None = None,
) -> str:
    """Return the statement as an HTML article, to stand in a page. Otherwise as `compose`."""
    return html.article(
        compose(declaration, lang, preview=preview, changed=changed, version=version), "statement"
    )


def document(declaration: Declaration, lang: str = "nb", *, preview: bool = False) -> str:
    """Return the statement as a whole HTML page, for a file of its own."""
    return html.page(compose(declaration, lang, preview=preview), "statement")


def _dated(words: Language, day: date, version: str) -> Words:
    before, _, after = str(words.at("changed")).partition("{date}")
    return (before, Day(words.day(day), day), after, " · ", words.say("version", version=version))
