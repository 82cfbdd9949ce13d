"""The words of the language: data, subjects, sources, articles, statutes, records with their events.

What may be named in a declaration, and what each is called in bokmål, nynorsk and English. The YAML beside
this file is ours, not the organisation's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from hjemmel.declaration.model import LANGUAGES, Text
from hjemmel.declaration.own import contents

_EEA = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IS IE IT LV LI LT LU MT NL NO PL PT RO SK SI ES SE"
EEA = frozenset(_EEA.split())


@dataclass(frozen=True, slots=True)
class Datum:
    """A datum: what it is called (`one`, as held) and (`the`, as deleted), and what kind of datum it is."""

    name: str
    one: Text
    the: Text
    special: bool
    sealed: bool
    ties: bool
    secret: bool

    @property
    def unlogged(self) -> bool:
        """Whether the change log says only that it changed, and never what it was."""
        return self.sealed or self.secret


@dataclass(frozen=True, slots=True)
class Subject:
    """A category of data subjects, in singular and plural."""

    name: str
    one: Text
    many: Text


@dataclass(frozen=True, slots=True)
class Record:
    """A kind of record: its names, its events in words, and which of them open and close the relation.

    `of` are the categories of subjects that it makes somebody one of; none where it may concern anybody.
    """

    name: str
    one: Text
    the: Text
    starts: str
    ends: str | None
    events: Mapping[str, Text]
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition in words, and the condition that holds when it does not, where there is one."""

    name: str
    text: Text
    opposite: str | None


@dataclass(frozen=True, slots=True)
class Article:
    """A legal basis: what it amounts to, and how it is cited."""

    name: str
    ground: Text
    cite: Text


@dataclass(frozen=True, slots=True)
class Statute:
    """A statute: its short name and the identifier Lovdata gives it."""

    name: str
    title: Text
    eli: str


@dataclass(frozen=True, slots=True)
class Variant:
    """Other words, for what is held of no others than `subjects`. `data` and `records` are [one, the]."""

    name: str
    subjects: frozenset[str]
    data: Mapping[str, tuple[Text, Text]]
    records: Mapping[str, tuple[Text, Text]]
    events: Mapping[str, Text]
    groups: Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All words, each by name."""

    data: Mapping[str, Datum]
    subjects: Mapping[str, Subject]
    sources: Mapping[str, Text]
    articles: Mapping[str, Article]
    statutes: Mapping[str, Statute]
    records: Mapping[str, Record]
    conditions: Mapping[str, Condition]
    special: Mapping[str, Text]
    occasions: Mapping[str, Text]
    channels: Mapping[str, Text]
    variants: tuple[Variant, ...]

    @property
    def events(self) -> Mapping[str, Text]:
        """Every event in words."""
        return {name: text for record in self.records.values() for name, text in record.events.items()}

    def record_of(self, event: str) -> str:
        """Return the name of the record an event happens to. Raises KeyError."""
        for record in self.records.values():
            if event in record.events:
                return record.name
        raise KeyError(event)


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary that comes with the program."""
    return Vocabulary(
        data={name: _datum(name, entry) for name, entry in _file("data").items()},
        subjects={name: Subject(name, *_pair(entry)) for name, entry in _file("subjects").items()},
        sources={name: _text(entry) for name, entry in _file("sources").items()},
        articles={
            name: Article(name, _text(entry["ground"]), _text(entry["cite"]))
            for name, entry in _file("articles").items()
        },
        statutes={
            name: Statute(name, _text(entry["name"]), str(entry["eli"]))
            for name, entry in _file("statutes").items()
        },
        records={name: _record(name, entry) for name, entry in _file("records").items()},
        conditions={
            name: Condition(name, _text(entry), entry.get("opposite"))
            for name, entry in _file("conditions").items()
        },
        special={name: _text(entry) for name, entry in _file("special").items()},
        occasions={name: _text(entry) for name, entry in _file("occasions").items()},
        channels={name: _text(entry) for name, entry in _file("channels").items()},
        variants=tuple(_variant(name, entry) for name, entry in _file("variants").items()),
    )


def _file(name: str) -> Mapping[str, Any]:
    return contents(f"vocabulary/{name}.yaml")


def _text(entry: Mapping[str, str]) -> Text:
    return Text(*(entry[lang] for lang in LANGUAGES))


def _pair(entry: Mapping[str, tuple[str, str]]) -> tuple[Text, Text]:
    first, second = (Text(*(entry[lang][index] for lang in LANGUAGES)) for index in (0, 1))
    return first, second


def _datum(name: str, entry: Mapping[str, Any]) -> Datum:
    one, the = _pair(entry)
    flags = {flag: bool(entry.get(flag, False)) for flag in ("special", "sealed", "ties", "secret")}
    return Datum(name, one, the, **flags)


def _variant(name: str, entry: Mapping[str, Any]) -> Variant:
    records = entry["records"]
    return Variant(
        name=name,
        subjects=frozenset(entry["subjects"]),
        data={datum: _pair(words) for datum, words in entry["data"].items()},
        records={record: _pair(said["name"]) for record, said in records.items()},
        events={event: _text(w) for said in records.values() for event, w in said["events"].items()},
        groups={group: _text(words) for group, words in entry["groups"].items()},
    )


def _record(name: str, entry: Mapping[str, Any]) -> Record:
    events = {event: _text(words) for event, words in entry["events"].items()}
    return Record(
        name, *_pair(entry["name"]), entry["starts"], entry.get("ends"), events, tuple(entry.get("of", ()))
    )
