"""Lines of the log in words: what was done, by which office, and what stood there before and after."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from hjemmel.declaration import Declaration, vocabulary
from hjemmel.faces.look import writing
from hjemmel.faces.look.language import inside, said
from hjemmel.kernel import catalog
from hjemmel.kernel.access.logged import Line
from hjemmel.kernel.units.queries import names

PER_PAGE = 50


@dataclass(frozen=True, kw_only=True)
class Told:
    """One line: when, what, who, why, and from what to what (None: not told)."""

    at: datetime
    what: str
    who: str
    why: str
    old: str | None
    new: str | None


@dataclass(frozen=True, kw_only=True)
class Page:
    """Some lines, and the number from which the older ones go on (None: there are none)."""

    lines: Sequence[Told]
    older: int | None


def page(
    read: Callable[[int | None, int], list[Line]],
    asked: str,
    declaration: Declaration,
    *,
    own: bool = False,
) -> Page:
    """Return the lines below the number `asked` for in the address, told to the person herself or another."""
    before = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else None
    found = read(before, PER_PAGE + 1)
    shown = found[:PER_PAGE]
    telling = _Telling(declaration, shown, own=own)
    return Page(
        lines=[telling.line(one) for one in shown], older=shown[-1].id if len(found) > PER_PAGE else None
    )


class _Telling:
    def __init__(self, declaration: Declaration, lines: Sequence[Line], *, own: bool) -> None:
        self.parties = {each.name: said(each.title) for each in declaration.recipients}
        self.offices = {office.name: said(office.title) for office in declaration.offices}
        self.own = own
        ids = [v for one in lines if _points_to_unit(one) for v in (one.old, one.new) if v and v.isdigit()]
        self.units = names(int(v) for v in ids)

    def line(self, one: Line) -> Told:
        changed = one.held and one.kind != "logged_in"
        old, new = (self.value(one, v) for v in (one.old, one.new)) if changed else (None, None)
        what = self.given(one) if one.kind == "disclosed" else _what(one)
        return Told(at=one.at, what=what, who=self.who(one), why=_why(one), old=old, new=new)

    def given(self, one: Line) -> str:
        """To whom data were given."""
        to = self.parties.get(one.field or "")
        return _("Given to %(recipient)s") % {"recipient": to or _("a recipient we no longer have")}

    def who(self, one: Line) -> str:
        """The office, or what else acted."""
        if one.who == "tenure":
            if one.office is None:
                return _("An office that is no longer registered")
            title = self.offices.get(one.office, one.office)
            return f"{title}, {one.unit}" if one.unit else title
        if one.who == "self" or one.kind == "logged_in":
            return _("Yourself") if self.own else _("The person herself")
        if one.who == "form":
            return _("A form on the web")
        if one.who == "job":
            return _("The register, by itself")
        return _("Whoever runs the register")

    def value(self, one: Line, value: str | None) -> str:
        """What stood there, in words."""
        if not value:
            return _("nothing")
        field = _field(one)
        if _points_to_unit(one):
            return (self.units.get(int(value)) if value.isdigit() else None) or _("a unit")
        if field is not None and field.choices:
            return str(dict(field.flatchoices).get(value, value))
        if one.datum == "person.phone":
            return writing.phone(value)
        return self.offices.get(value, value) if one.datum == "office.held" else _written(field, value)


def _written(field: Any, value: str) -> str:
    """A day as people write it, and anything else as it stood there."""
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        with suppress(ValueError):
            return writing.day(date.fromisoformat(value))
    return value


def _what(one: Line) -> str:
    thing = inside(_thing(one))
    sentences = {
        "created": _("Registered: %(thing)s"),
        "changed": _("Changed: %(thing)s"),
        "deleted": _("Deleted: %(thing)s"),
        "erased": _("Erased: %(thing)s"),
        "looked_up": _("Looked up: %(thing)s"),
        "logged_in": _("Logged in"),
    }
    return sentences.get(one.kind, _("Done: %(thing)s")) % {"thing": thing}


def _thing(one: Line) -> str:
    """What it was about: the datum, or what a row of the table holds."""
    words = vocabulary()
    if one.datum and one.datum in words.data:
        return said(words.data[one.datum].one)
    table = catalog.find(one.table_name)
    if table is None:
        return _("something")
    if table.record and table.record in words.records:
        return said(words.records[table.record].one)
    data = dict.fromkeys(table.data.values())
    return ", ".join(said(words.data[datum].one) for datum in data if datum in words.data)


def _why(one: Line) -> str:
    """The reason that the log has, for what went."""
    return {
        "rule": _("Its time was up"),
        "request": _("Somebody asked for it"),
        "order": _("By order"),
        "merge": _("Two entries of the same person were made one"),
        "import-undo": _("A list that was read in was taken back"),
        "import": _("A list was read in"),
        "rectification": _("A mistake was put right"),
    }.get(one.reason, "")


def _field(one: Line) -> Any:
    table = catalog.find(one.table_name)
    if table is None or one.field is None:
        return None
    return next((f for f in table.model._meta.local_concrete_fields if f.column == one.field), None)


def _points_to_unit(one: Line) -> bool:
    field = _field(one)
    return field is not None and field.is_relation and field.related_model._meta.label == "units.Unit"
