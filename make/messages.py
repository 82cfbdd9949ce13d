"""Compile the text catalogues that changed: Django reads .mo files, the repository holds .po files."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

for source in Path("src/hjemmel").glob("**/locale/*/LC_MESSAGES/*.po"):
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
        continue
    with source.open("rb") as text:
        catalogue = read_po(text)
    with target.open("wb") as compiled:
        write_mo(compiled, catalogue)
