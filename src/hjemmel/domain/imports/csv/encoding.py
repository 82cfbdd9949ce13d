"""Which encoding a file is in: UTF-8 with or without a mark, UTF-16, else Windows-1252.

The whole file is read once, because the first æ may stand in the last line.
"""

import codecs
from pathlib import Path
from typing import Final, TextIO

from hjemmel.domain.imports.csv.reasons import UnusableFile

_CHUNK: Final = 1 << 20
_HEAD: Final = 4096
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHER_FORMATS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b")


def detect(path: Path) -> str:
    """Return the Python name of the file's encoding.

    A file that is mostly sound UTF-8 with a few broken bytes stays UTF-8: its broken rows are refused one by
    one, rather than every æøå of the others turned into signs. Raises UnusableFile for what is not text.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head.strip():
        raise UnusableFile("file.empty")
    if head.startswith(_OTHER_FORMATS):
        raise UnusableFile("file.not_csv")
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if wide := _utf16_without_mark(head):
        return wide
    return "utf-8" if _is_utf8(path) or _is_damaged_utf8(path) else "cp1252"


def known(name: str) -> str:
    """Return the Python name of an encoding given by a person. Raises UnusableFile."""
    try:
        python_name = codecs.lookup(name).name
        "æ".encode(python_name)
    except (LookupError, UnicodeError):
        raise UnusableFile("file.encoding", where=name) from None
    return "utf-8-sig" if python_name == "utf-8" else python_name


def open_text(path: Path, encoding: str) -> TextIO:
    """Return the file as text with its line ends kept; bytes that say nothing become U+FFFD."""
    return path.open(encoding=encoding, errors="replace", newline="")


def _utf16_without_mark(head: bytes) -> str:
    """ASCII in UTF-16 has a NUL for every other byte: return which half, or ""."""
    first, second = head[0::2].count(0), head[1::2].count(0)
    if second > len(head) // 4 and first == 0:
        return "utf-16-le"
    if first > len(head) // 4 and second == 0:
        return "utf-16-be"
    return ""


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _is_damaged_utf8(path: Path) -> bool:
    """Return whether sound characters outside ASCII are more than the broken ones."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    sound = broken = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            text = decoder.decode(chunk)
            lost = text.count("\ufffd")
            broken += lost
            sound += len(text) - len(text.encode("ascii", "ignore")) - lost
    return sound > broken
