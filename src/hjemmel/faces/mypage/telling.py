"""What My page says of each datum: its value, where it is from, why it is here, who sees it, until when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hjemmel.declaration import Declaration, vocabulary
from hjemmel.declaration.render import sentences
from hjemmel.domain.people.enums import Source
from hjemmel.domain.people.queries import Hjemmel, Viewer
from hjemmel.faces.look import keeping
from hjemmel.faces.look.language import capital, inside, said
from hjemmel.faces.look.pages import Kind, Link


@dataclass(frozen=True, kw_only=True)
class Held:
    """One thing held about the reader: which datum it is, the value, and where it came from."""

    datum: str
    value: Any
    label: str = ""
    kind: Kind = "text"
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Reasons:
    """Why something is held, who sees it, until when. `until` is the day it goes; where that day is not
    known, `after` says what must have happened first (all of it).
    """

    why: tuple[Link, ...]
    seen_by: tuple[str, ...]
    until: date | None
    after: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Row:
    """What is held for the same reasons, seen by the same people and gone at the same time, said once."""

    things: Sequence[Held]
    reasons: Reasons


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of the page: a table of what is held, under one heading."""

    name: str
    title: str
    rows: Sequence[Row] = ()


@dataclass(frozen=True, kw_only=True)
class Activity:
    """Why one activity holds the reader: since when, at which units, and for what, each with its basis."""

    name: str
    title: str
    since: date | None
    units: Sequence[str] = ()
    purposes: Sequence[str] = field(default_factory=tuple)


def source(code: str | None) -> str:
    """Where a datum came from, as one says it to whoever it is about; nothing where it is not known."""
    yours = {
        Source.SELF_WEB: _("yourself, on the web"),
        Source.SELF_PAPER: _("yourself, on paper"),
        Source.SELF_EMAIL: _("yourself, by e-mail"),
        Source.SELF_PHONE: _("yourself, by phone"),
        Source.SELF_IN_PERSON: _("yourself, face to face"),
    }
    return yours.get(Source(code), str(Source(code).label)) if code else ""


class Telling:
    """The grounds and viewers of one person, ready to be asked about each datum."""

    def __init__(self, declaration: Declaration, grounds: list[Hjemmel], viewers: list[Viewer]) -> None:
        self.declaration = declaration
        self.grounds = grounds
        self.viewers = viewers

    def part(self, name: str, title: str, held: Iterable[Held], *, record_id: int | None = None) -> Part:
        """Return a part with what is there of `held`; `record_id` is whose grounds to tell."""
        rows: dict[Reasons, list[Held]] = {}
        for one in held:
            if one.value not in (None, ""):
                label = one.label or capital(said(vocabulary().data[one.datum].one))
                rows.setdefault(self.reasons(one, record_id), []).append(replace(one, label=label))
        found = [Row(things=things, reasons=reasons) for reasons, things in rows.items()]
        return Part(name=name, title=title, rows=found)

    def reasons(self, held: Held, record_id: int | None) -> Reasons:
        """Return why one datum is held, who sees it and until when."""
        grounds = [g for g in self.grounds if held.datum in g.data]
        grounds = [g for g in grounds if g.record_id == record_id] or grounds
        titles = dict.fromkeys((g.activity, g.activity_title) for g in grounds)
        until, after = self._until(grounds)
        return Reasons(
            why=tuple(Link(label=t, url=f"{reverse('statement')}#{activity}") for activity, t in titles),
            seen_by=tuple(self._seen_by(held.datum)),
            until=until,
            after=tuple(after),
        )

    def activities(self) -> list[Activity]:
        """Return every activity that holds the reader, in the order of the statement."""
        told = sentences(self.declaration)
        names = dict.fromkeys(g.activity for g in self.grounds)
        return [self._activity(name, told) for name in names]

    def _activity(self, name: str, told: dict[str, str]) -> Activity:
        mine = [g for g in self.grounds if g.activity == name]
        declared = self.declaration.activity(name)
        return Activity(
            name=name,
            title=mine[0].activity_title,
            since=min((g.since for g in mine if g.since), default=None),
            units=list(dict.fromkeys(g.unit_name for g in mine if g.unit_name)),
            purposes=[told[f"{name}/purpose/{purpose.name}"] for purpose in declared.purposes],
        )

    def _until(self, grounds: list[Hjemmel]) -> tuple[date | None, list[str]]:
        open_ = [g for g in grounds if g.until is None]
        if not open_:
            return max((g.until for g in grounds if g.until), default=None), []
        after = []
        for record in dict.fromkeys(g.record for g in open_):
            rules = (keeping.rule(self.declaration, g.rule) for g in open_ if g.record == record)
            longest = keeping.longest(rule for rule in rules if rule)
            if longest:
                after.append(keeping.goes(longest))
        return None, after

    def _seen_by(self, datum: str) -> list[str]:
        """One line a unit: its name, and the offices there that see the datum."""
        units: dict[str, dict[str, None]] = {}
        for viewer in self.viewers:
            if datum in viewer.data:
                units.setdefault(viewer.unit_name, {})[inside(viewer.office_title)] = None
        return [
            _("%(unit)s: %(offices)s") % {"unit": unit, "offices": ", ".join(offices)}
            for unit, offices in units.items()
        ]
