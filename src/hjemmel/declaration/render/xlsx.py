"""The record as a workbook: a sheet about the record, one as controller, and one as processor."""

from datetime import datetime, time
from io import BytesIO
from textwrap import wrap

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from hjemmel.declaration.render.language import Language, language
from hjemmel.declaration.render.record import CONTROLLER, OPTIONAL, PROCESSOR, Entry, Record

ORANGE, GREEN = PatternFill("solid", fgColor="F8D9B0"), PatternFill("solid", fgColor="D6E9D0")
WIDTHS = (24, 32, 44, 60, 80, 110)  # characters: a column is as narrow as its longest cell lets it be
LINE, HIGHEST = 15, 405  # points; Excel draws no row higher than 409
MANY = 20  # lines of a cell, so that most rows can be read on one screen
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def xlsx(record: Record) -> bytes:
    """Return the record as an XLSX file. What starts like a formula is text there too."""
    words = language(record.lang)
    book = Workbook()
    book.remove(book.worksheets[0])
    _about(book.create_sheet(words.say("record.about")), words, record)
    _sheet(book, words, "controller", ("activity", "controllers", *CONTROLLER), record.controller)
    _sheet(book, words, "processor", ("controllers", "activity", "agreement", *PROCESSOR), record.processor)
    book.properties.title, book.properties.creator = record.title, record.author
    book.properties.language = record.lang
    book.properties.created = book.properties.modified = datetime.combine(record.day, time())
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _sheet(
    book: Workbook, words: Language, role: str, columns: tuple[str, ...], entries: tuple[Entry, ...]
) -> None:
    sheet = book.create_sheet(words.say(f"record.{role}").partition(" (")[0])
    rows = [_texts(columns, entry) for entry in entries]
    if not rows:
        rows = [[words.say("record.nothing"), *[""] * (len(columns) - 1)]]
    widths = [_width([row[number] for row in rows]) for number in range(len(columns))]
    for number, name in enumerate(columns, start=1):
        cell = _put(sheet, 1, number, words.say(f"record.columns.{name}"))
        cell.font = Font(bold=True)
        cell.fill = GREEN if name in OPTIONAL else ORANGE
        sheet.column_dimensions[get_column_letter(number)].width = widths[number - 1]
    for row, texts in enumerate(rows, start=2):
        for number, text in enumerate(texts, start=1):
            _put(sheet, row, number, text)
        lines = max(_lines(text, width) for text, width in zip(texts, widths, strict=True))
        sheet.row_dimensions[row].height = min(LINE * lines, HIGHEST)
    sheet.freeze_panes = "B2" if role == "controller" else "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(rows) + 1}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0


def _texts(columns: tuple[str, ...], entry: Entry) -> list[str]:
    """Return what stands in the cells of a row, a line for each thing that is told."""
    return [
        entry.title if name == "activity" else "\n".join(line.text for line in entry.cells.get(name, ()))
        for name in columns
    ]


def _width(texts: list[str]) -> int:
    """Return the least width of a column at which none of its cells has too many lines."""
    return next((width for width in WIDTHS if all(_lines(t, width) <= MANY for t in texts)), WIDTHS[-1])


def _lines(text: str, width: int) -> int:
    """Return how many lines a text takes, words kept whole."""
    return sum(max(1, len(wrap(line, width))) for line in text.split("\n"))


def _put(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)  # noqa: S101 - merged cells are written before they are merged
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"  # or openpyxl takes what starts with = for a formula
    cell.quotePrefix = text.startswith(FORMULA)  # and so that no other program does when it is edited
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _about(sheet: Worksheet, words: Language, record: Record) -> None:
    """Write who keeps the record and which version it is, and what the colours of the columns mean."""
    _put(sheet, 1, 1, record.title).font = Font(bold=True, size=14)
    _put(sheet, 2, 1, words.say("record.intro"))
    for row in (1, 2):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=2)
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = LINE * 2, LINE * 3
    for number, (term, value) in enumerate(record.facts, start=4):
        _put(sheet, number, 1, term).font = Font(bold=True)
        _put(sheet, number, 2, value)
        sheet.row_dimensions[number].height = LINE * max(_lines(term, WIDTHS[1]), _lines(value, WIDTHS[3]))
    after = len(record.facts) + 5
    for number, (path, fill) in enumerate((("required", ORANGE), ("optional", GREEN)), start=after):
        _put(sheet, number, 1, "").fill = fill
        _put(sheet, number, 2, words.say(f"record.{path}"))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = WIDTHS[1], WIDTHS[3]
