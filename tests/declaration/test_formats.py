"""The same text as HTML, Markdown and PDF."""

import re
from datetime import date
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from pypdf import PdfReader
from pypdf.generic import BooleanObject

from hjemmel.declaration import Text, load, load_texts, presets
from hjemmel.declaration.model import LANGUAGES
from hjemmel.declaration.render import compose, html
from hjemmel.declaration.render.blocks import Block, Document, Section, Told, items, paragraph, plain, told
from hjemmel.declaration.render.markdown import markdown
from hjemmel.declaration.render.pdf import pdf
from tests.declaration.sampling import SAMPLES, sample
from tests.declaration.test_statement_parts import with_organisation

AWKWARD = Text(
    "# *Stjerner* | <b>#1</b> [lenke](https://example.org) \\ `kode` & 'sitat' \"sitat\" $x$ @y _z_"
)


def awkward() -> Document:
    return compose(with_organisation(load("mission"), about=AWKWARD, automatic=AWKWARD), preview=True)


def cells(blocks: tuple[Block, ...]) -> list[str]:
    """Return all that a text says, paragraph by paragraph and cell by cell, headings too."""
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Section):
            found += [block.title, *cells(block.blocks)]
        elif isinstance(block, Told):
            found += cells(block.blocks)
        elif words := getattr(block, "words", None):
            found.append(plain(words))
        else:
            found += [plain(cell) for row in getattr(block, "rows", ()) for cell in row.cells]
    return found


def without_space(text: str) -> str:
    return re.sub(r"[\s\u00ad\u2060]", "", text)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", presets())
def test_a_pdf_says_all_that_the_text_says_and_is_tagged(name: str, lang: str) -> None:
    document = compose(load(name), lang)
    reader = PdfReader(BytesIO(pdf(document)))
    root = reader.trailer["/Root"].get_object()
    assert root["/Lang"] == lang
    assert root["/MarkInfo"]["/Marked"] == BooleanObject(True)
    assert "/StructTreeRoot" in root
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    assert reader.metadata is not None
    assert reader.metadata.title == document.title
    pages = [page.extract_text() for page in reader.pages]
    said = "".join(without_space(page) for page in pages)
    for number in range(1, len(pages) + 1):
        said = said.replace(without_space(f"{document.title} {number} / {len(pages)}"), "", 1)
    missing = [cell for cell in cells((*document.head, *document.body)) if without_space(cell) not in said]
    assert missing == []


def test_a_pdf_uses_no_font_of_the_machine_and_is_the_same_each_time() -> None:
    document = compose(load_texts(sample(SAMPLES / "passing" / "as-it-is.yaml").texts))
    made = pdf(document)
    assert made == pdf(document)
    fonts = {
        str(font.get_object()["/BaseFont"]).partition("+")[2]
        for page in PdfReader(BytesIO(made)).pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    assert fonts == {"LibertinusSerif-Regular-Identity-H", "LibertinusSerif-Bold-Identity-H"}


def test_nothing_that_is_said_is_taken_for_markup() -> None:
    document = awkward()
    assert AWKWARD.nb in ET.fromstring(html.article(document, "statement")).itertext()
    reader = PdfReader(BytesIO(pdf(document)))
    assert without_space(AWKWARD.nb) in without_space("".join(page.extract_text() for page in reader.pages))
    line = next(each for each in markdown(document).splitlines() if "Stjerner" in each)
    assert line.startswith(r"\# \*Stjerner\* \| \<b\>#1\</b\> \[lenke\](https://example.org) \\ \`kode\` &")


def test_markdown_of_a_small_text() -> None:
    document = Document(
        lang="nb",
        title="Tittel",
        author="Vi",
        day=date(2026, 3, 14),
        contents="Innhold",
        head=(paragraph("1. mars.", kind="about"),),
        body=(Section("a", "Del", (items("ett", "to"), Section("b", "Under", (paragraph("- nei"),)))),),
    )
    assert markdown(document) == (
        "# Tittel\n\n1\\. mars.\n\n## Innhold\n\n- [Del](#a)\n  - [Under](#b)\n\n"
        '## <a id="a"></a>Del\n\n- ett\n- to\n\n### <a id="b"></a>Under\n\n\\- nei\n'
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_markdown_says_all_that_the_text_says(lang: str) -> None:
    document = compose(load("mission"), lang)
    said = re.sub(r"\\(.)", r"\1", markdown(document)).replace("**", "")
    links = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", said)
    assert [cell for cell in cells((*document.head, *document.body)) if cell not in links] == []


def test_a_page_of_its_own_fetches_nothing() -> None:
    page = html.page(compose(load("mission"), "en"), "statement")
    assert page.startswith('<!doctype html>\n<html lang="en"><head><meta charset="utf-8">')
    assert re.findall(r"<(?:link|script|img)|url\(|@import", page) == []


def test_rules_are_found_in_every_kind_of_block() -> None:
    document = compose(load("mission"))
    rules = re.findall(r'data-rule="([^"]*)"', html.article(document, "statement"))
    assert [rule for rule, _ in told(document.body)] == rules
