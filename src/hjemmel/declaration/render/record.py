"""The record of processing activities (GDPR art. 30), in the columns that Datatilsynet asks for.

One entry an activity: as controller (no. 1), and, where somebody else is controller, as processor (no. 2).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from hjemmel.declaration.model import Activity, Controller, Declaration
from hjemmel.declaration.render import recording
from hjemmel.declaration.render.blocks import (
    Block,
    Break,
    Document,
    Marked,
    Piece,
    Row,
    Section,
    Table,
    Words,
    paragraph,
)
from hjemmel.declaration.render.language import Language, language
from hjemmel.declaration.render.recording import Line
from hjemmel.declaration.render.suiting import suited

Column: TypeAlias = Callable[[Language, Declaration, Activity], Iterable[Line]]
CONTROLLER: Mapping[str, Column] = {
    "purposes": recording.purposes,
    "subjects": recording.subjects,
    "data": recording.data,
    "recipients": recording.recipients,
    "transfers": recording.transfers,
    "deletion": recording.deletion,
    "measures": recording.measures,
    "basis": recording.basis,
    "sources": recording.sources,
    "access": recording.access,
    "assessments": recording.assessments,
    "reasons": recording.reasons,
}
PROCESSOR: Mapping[str, Column] = {
    "processing": recording.purposes,
    "transfers": recording.transfers,
    "measures": recording.measures,
    "helpers": recording.helpers,
    "deletion": recording.deletion,
}
OPTIONAL = frozenset({"basis", "sources", "access", "assessments", "reasons", "helpers", "agreement"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One activity: its anchor, its title, and the lines of each column by the column's key."""

    anchor: str
    title: str
    cells: Mapping[str, tuple[Line, ...]]


@dataclass(frozen=True, slots=True)
class Record:
    """The whole record in one language. `facts` are who keeps it and its version, as term and value."""

    lang: str
    title: str
    author: str
    day: date
    facts: tuple[tuple[str, str], ...]
    controller: tuple[Entry, ...]
    processor: tuple[Entry, ...]


def record(
    declaration: Declaration,
    lang: str = "nb",
    *,
    preview: bool = False,
    changed: date | None = None,
    version: str | None = None,
) -> Record:
    """Return the record. Planned activities stand in it only as a `preview`, marked as planned.

    `changed` and `version` are those of the version in force; without them, the declared date and the first
    eight digits of the digest. Raises LookupError for a language it is not written in.
    """
    words = suited(language(lang), declaration)
    organisation = declaration.organisation
    day = changed or organisation.changed
    activities = declaration.activities if preview else declaration.active
    title = words.of(organisation.title)
    return Record(
        lang=lang,
        title=words.say("record.title", organisation=title),
        author=title,
        day=day,
        facts=tuple(recording.facts(words, declaration, words.day(day), version or declaration.digest[:8])),
        controller=tuple(_ours(words, declaration, a) for a in activities if not declaration.for_others(a)),
        processor=tuple(
            _theirs(words, declaration, activity, controller)
            for controller in organisation.controllers
            for activity in activities
            if controller.agreement is not None and controller.name in activity.controllers
        ),
    )


def _ours(words: Language, declaration: Declaration, activity: Activity) -> Entry:
    controllers = [declaration.controller(name) for name in activity.controllers]
    return Entry(
        activity.name,
        _title(words, activity),
        {
            "controllers": tuple(recording.party(words, each) for each in controllers),
            **{name: tuple(column(words, declaration, activity)) for name, column in CONTROLLER.items()},
        },
    )


def _theirs(words: Language, declaration: Declaration, activity: Activity, controller: Controller) -> Entry:
    return Entry(
        f"{controller.name}-{activity.name}",
        _title(words, activity),
        {
            "controllers": (recording.party(words, controller),),
            **{name: tuple(column(words, declaration, activity)) for name, column in PROCESSOR.items()},
            "agreement": tuple(recording.agreement(words, controller)),
        },
    )


def _title(words: Language, activity: Activity) -> str:
    title = words.of(activity.title)
    return words.say("record.planned", title=title) if activity.planned else title


def document(found: Record) -> Document:
    """Return the record as a text, to be written as HTML: a table an activity, column below column."""
    words = language(found.lang)
    head = tuple(words.at("record.head"))
    facts = Table(head, tuple(Row(((term,), (value,))) for term, value in found.facts))
    body: list[Block] = [
        Section("record-controller", words.say("record.controller"), _sections(words, found.controller)),
        Section(
            "record-processor",
            words.say("record.processor"),
            _sections(words, found.processor) or (paragraph(words.say("record.nothing")),),
        ),
    ]
    return Document(
        lang=found.lang,
        title=found.title,
        author=found.author,
        day=found.day,
        contents=words.say("contents"),
        head=(paragraph(words.say("record.intro"), kind="about"), facts),
        body=tuple(body),
    )


def _sections(words: Language, entries: tuple[Entry, ...]) -> tuple[Block, ...]:
    head = tuple(words.at("record.head"))
    return tuple(
        Section(
            entry.anchor,
            entry.title,
            (
                Table(
                    head,
                    tuple(
                        Row(((words.say(f"record.columns.{name}"),), _lines(lines)))
                        for name, lines in entry.cells.items()
                        if lines
                    ),
                ),
            ),
        )
        for entry in entries
    )


def _lines(lines: tuple[Line, ...]) -> Words:
    """Return lines as one cell, each marked with the rule it tells."""
    said: list[Piece] = []
    for line in lines:
        said += [Break()] if said else []
        said.append(Marked(line.text, line.rule) if line.rule else line.text)
    return tuple(said)
