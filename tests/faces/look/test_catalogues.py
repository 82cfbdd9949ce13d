"""Every text of the product stands in a bokmål catalogue (those of the look in nynorsk too), and nothing
inline stands in a page."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

import hjemmel

SOURCE = Path(hjemmel.__file__).parent
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
_CALL = re.compile(r"""\b(?:gettext|_|ngettext)\(\s*u?(['"])(.*?)(?<!\\)\1""", re.DOTALL)


def _texts(folder: Path) -> set[str]:
    found = set()
    for file in folder.rglob("templates/**/*.html"):
        code = templatize(file.read_text(), origin=str(file))
        found |= {match[2].replace("\\n", "\n") for match in _CALL.finditer(code)}
    for file in folder.rglob("*.py"):
        for message in extract_from_file("python", file, keywords=_KEYWORDS):
            text = message[1]
            found.add(text if isinstance(text, str) else text[0])
    return {text for text in found if text}


_KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
}


def _ready(language: str) -> set[str]:
    ready = set()
    for file in SOURCE.rglob(f"locale/{language}/LC_MESSAGES/django.po"):
        with file.open("rb") as text:
            catalogue = read_po(text, locale=language)
        for message in catalogue:
            forms = message.string if isinstance(message.string, tuple) else (message.string,)
            if message.id and all(forms) and not message.fuzzy:
                ready.add(message.id if isinstance(message.id, str) else message.id[0])
    return ready


@pytest.mark.parametrize(("language", "folder"), [("nb", SOURCE), ("nn", SOURCE / "faces" / "look")])
def test_every_text_is_there(language, folder):
    assert sorted(_texts(folder) - _ready(language)) == []


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_no_page_has_style_or_script_of_its_own(file):
    text = file.read_text()
    assert re.findall(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=|javascript:", text) == []
    assert re.findall(r"(?:src|href)=[\"'](?:https?:)?//", text) == []
