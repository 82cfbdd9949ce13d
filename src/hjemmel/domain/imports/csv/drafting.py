"""One row's cells made into a draft, or into all its problems."""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any, Final, Literal

from hjemmel.domain.imports.csv.draft import Draft, Problem, Row
from hjemmel.domain.imports.csv.headings import Field
from hjemmel.domain.imports.csv.layout import Layout
from hjemmel.domain.imports.csv.reasons import ROW
from hjemmel.domain.people.formats import (
    bank_account,
    dates,
    email,
    gender,
    language,
    name,
    national_id,
    phone,
    postal,
)
from hjemmel.domain.people.formats.invalid import Invalid
from hjemmel.domain.people.formats.name import Name
from hjemmel.domain.people.formats.postal import Address

MAX_CELL: Final = 1000
MAX_TEXT: Final = 200
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
# U+FFFD, and UTF-8 read as Windows-1252 once too often (Ã¸ for ø).
_BROKEN: Final = re.compile("\ufffd|Ã[¦¸¥˜…†©¤¶¼]")
_SUSPECT: Final = re.compile(f"{_CONTROL.pattern}|{_BROKEN.pattern}")
_ESCAPED: Final = re.compile(r"'(?=\s*[=+\-@＝＋－＠])")
_BLANKS: Final = frozenset({"-", "--", "null", "NULL", "Null", "(null)", "n/a", "N/A", "#N/A"})
_MEMBER_NUMBER: Final = re.compile(r"[0-9]{1,12}")
_UNIQUE: Final = frozenset({Field.NATIONAL_ID, Field.BANK_ACCOUNT, Field.MEMBER_NUMBER})
_REMEMBERED: Final = 50_000
_ADDRESS_FIELDS: Final = {
    "postal.postcode": (Field.POSTCODE, Field.PLACE),
    "postal.country": (Field.COUNTRY,),
}


class InvalidCell(Invalid):
    """Raised when a cell that has no format of its own cannot be held."""

    reasons = ROW


class Drafter:
    """Makes drafts by one layout."""

    def __init__(self, layout: Layout, *, allow: Literal["real", "synthetic"], today: date) -> None:
        self._map = layout.map
        self._labels = [column.label for column in layout.columns]
        self._used = [c.index for c in layout.columns if c.field and c.field is not Field.IGNORE]
        self._at = {field: [column.index for column in layout.of(field)] for field in Field}
        parsers: dict[Field, Callable[[str], Any]] = {
            Field.BIRTH_DATE: lambda text: dates.parse_birth(text, today=today),
            Field.NATIONAL_ID: lambda text: national_id.parse(text, allow=allow),
            Field.BANK_ACCOUNT: bank_account.parse,
            Field.GENDER: gender.parse,
            Field.JOINED_ON: dates.parse,
            Field.LEFT_ON: dates.parse,
            Field.LANGUAGE: language.parse,
            Field.MEMBER_NUMBER: _member_number,
            Field.MEMBER_TYPE: _free_text,
            Field.UNIT: _free_text,
            Field.EMPLOYER: _free_text,
        }
        # What lists repeat (units, types, dates) is parsed once; the memory goes with the drafter.
        self._single = [
            (index, field.value, parse if field in _UNIQUE else lru_cache(_REMEMBERED)(parse))
            for field, parse in parsers.items()
            for index in self._at[field]
        ]
        names = (Field.FULL_NAME, Field.GIVEN_NAME, Field.MIDDLE_NAME, Field.FAMILY_NAME)
        self._names = tuple(self._first(field) for field in names)
        self._place = tuple(self._first(field) for field in (Field.POSTCODE, Field.PLACE, Field.COUNTRY))
        self._lines, self._emails = self._at[Field.ADDRESS], self._at[Field.EMAIL]
        self._phones = self._at[Field.PHONE]

    def row(self, line: int, cells: list[str]) -> Row:
        """Return the row as a draft, or with every problem it has."""
        problems: list[Problem] = []
        whole = "\t".join(cells)
        if _SUSPECT.search(whole) or len(whole) > MAX_CELL:
            problems += self._broken(line, cells)
            if problems:
                return Row(line, cells, None, tuple(problems))
        # One empty text more stands for every column that the file does not have (index -1).
        texts = list(map(str.strip, cells))
        texts.append("")
        if "'" in whole:
            texts = [_ESCAPED.sub("", text, count=1).strip() for text in texts]
        draft = self._draft(line, texts, problems)
        return Row(line, cells, None if problems else draft, tuple(problems))

    def _draft(self, line: int, texts: list[str], problems: list[Problem]) -> Draft | None:
        values: dict[str, Any] = {}
        for index, field, parse in self._single:
            text = texts[index]
            if text and text not in _BLANKS:
                try:
                    values[field] = parse(text)
                except Invalid as refused:
                    problems.append(_invalid(line, self._labels[index], refused))
        self._compare(line, values, problems)
        person = self._name(line, texts, problems)
        address = self._address(line, texts, problems)
        emails = self._several(line, self._emails, texts, problems, _email)
        phones = self._several(line, self._phones, texts, problems, _phone)
        if problems or person is None:
            return None
        if unit := values.get("unit"):
            values["unit"] = self._map.units.get(unit, unit)
        if kind := values.get("member_type"):
            values["member_type"] = self._map.member_types.get(kind, kind)
        return Draft(line=line, name=person, address=address, emails=emails, phones=phones, **values)

    def _compare(self, line: int, values: dict[str, Any], problems: list[Problem]) -> None:
        """Refuse values that are right one by one and cannot be true together."""
        born, joined, left = values.get("birth_date"), values.get("joined_on"), values.get("left_on")
        number = values.get("national_id")
        if number and born and not number.agrees_with(born):
            problems.append(
                self._of(line, "national_id.other_birth_date", Field.NATIONAL_ID, Field.BIRTH_DATE)
            )
        if joined and left and left < joined:
            problems.append(self._of(line, "dates.left_before_joined", Field.LEFT_ON, Field.JOINED_ON))
        if born and joined and joined < born:
            problems.append(self._of(line, "dates.joined_before_born", Field.JOINED_ON, Field.BIRTH_DATE))

    def _name(self, line: int, texts: list[str], problems: list[Problem]) -> Name | None:
        """Return the name from its parts; a whole name fills in the parts that have no column."""
        whole, given, middle, family = (texts[index] for index in self._names)
        middle = "" if middle in _BLANKS else middle
        try:
            if whole and not (given and family):
                return _from_whole(whole, given, middle, family)
            return name.parse(given=given, middle=middle, family=family)
        except Invalid as refused:
            label = self._label(Field.GIVEN_NAME, Field.MIDDLE_NAME, Field.FAMILY_NAME, Field.FULL_NAME)
            problems.append(_invalid(line, label, refused))
            return None

    def _address(self, line: int, texts: list[str], problems: list[Problem]) -> Address | None:
        told = [text if (text := texts[index]) not in _BLANKS else "" for index in self._place]
        lines = [text for index in self._lines if (text := texts[index]) and text not in _BLANKS]
        try:
            return postal.parse(lines, postcode=told[0], place=told[1], country=told[2])
        except Invalid as refused:
            label = self._label(*_ADDRESS_FIELDS.get(refused.code, (Field.ADDRESS, Field.PLACE)))
            problems.append(_invalid(line, label, refused))
            return None

    def _several(
        self,
        line: int,
        indexes: list[int],
        texts: list[str],
        problems: list[Problem],
        parse: Callable[[str, dict[str, Any]], None],
    ) -> tuple[Any, ...]:
        """Return what one or more cells hold, each value once."""
        found: dict[str, Any] = {}
        for index in indexes:
            text = texts[index]
            if text and text not in _BLANKS:
                try:
                    parse(text, found)
                except Invalid as refused:
                    problems.append(_invalid(line, self._labels[index], refused))
        return tuple(found.values())

    def _broken(self, line: int, cells: list[str]) -> list[Problem]:
        """Return the values that are too long, hold control characters or were destroyed by an encoding."""
        found = []
        for index in self._used:
            if len(cells[index]) > MAX_CELL:
                found.append(Problem(line, self._labels[index], "cell.too_long", *ROW["cell.too_long"]))
            elif _SUSPECT.search(cells[index]):
                code = f"cell.{'control_character' if _CONTROL.search(cells[index]) else 'unreadable'}"
                found.append(Problem(line, self._labels[index], code, *ROW[code]))
        return found

    def _of(self, line: int, code: str, *fields: Field) -> Problem:
        return Problem(line, self._label(*fields), code, *ROW[code])

    def _label(self, *fields: Field) -> str:
        """Return the headings of the fields' first columns; those the file does not have are left out."""
        return " + ".join(self._labels[self._at[field][0]] for field in fields if self._at[field])

    def _first(self, field: Field) -> int:
        return self._at[field][0] if self._at[field] else -1


def _invalid(line: int, label: str, refused: Invalid) -> Problem:
    return Problem(line, label, refused.code, refused.message, refused.allowed, refused.do)


def _from_whole(whole: str, given: str, middle: str, family: str) -> Name:
    if not (given or family):
        return name.split(whole)
    if given and whole.startswith(f"{given} "):
        return name.parse(given=given, middle=middle, family=whole.removeprefix(given))
    if family and whole.endswith(f" {family}"):
        return name.parse(given=whole.removesuffix(family), middle=middle, family=family)
    return name.parse(given=given or whole, middle=middle, family=family or whole)


def _email(text: str, found: dict[str, Any]) -> None:
    for part in email.split(text):
        address = email.parse(part)
        found.setdefault(address.key, address)


def _phone(text: str, found: dict[str, Any]) -> None:
    for part in phone.split(text):
        number = phone.parse(part)
        found.setdefault(number.e164, number)


def _member_number(text: str) -> int:
    digits = text.replace(" ", "").replace("\u00a0", "")
    if not _MEMBER_NUMBER.fullmatch(digits):
        raise InvalidCell("member_number.not_a_number")
    return int(digits)


def _free_text(text: str) -> str:
    tidy = " ".join(text.split())
    if len(tidy) > MAX_TEXT:
        raise InvalidCell("text.too_long")
    return tidy
