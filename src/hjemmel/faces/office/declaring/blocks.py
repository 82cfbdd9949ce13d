"""An activity, and the organisation, as lists of what the statement says with a way to change each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hjemmel.declaration import Activity, Declaration, Text
from hjemmel.declaration.edit import Spot, label
from hjemmel.declaration.period import Period
from hjemmel.declaration.read.keys import SHAPES, Key
from hjemmel.faces.look import writing
from hjemmel.faces.look.language import capital, code, said
from hjemmel.faces.office.declaring.desk import Desk, Told, findings
from hjemmel.faces.office.declaring.options import HEADINGS, Around, options


@dataclass(frozen=True)
class Item:
    """One thing that is declared: how it is told, where it is changed, and what the check finds there."""

    text: str
    url: str
    name: str
    rule: str = ""
    found: list[Told] = field(default_factory=list)


@dataclass(frozen=True)
class Block:
    """What is declared under one heading, and where one adds to it."""

    title: str
    items: Sequence[Item]
    add: str = ""


# What an activity's page shows, in the order of the statement: headings with keys, or one key that lists.
ACTIVITY = (
    ("title", "controllers", "measures"), ("subjects", "sources"), ("data",), "purposes", "basis",
    ("logged",), ("notes",), "duties", "recipients", "keep", "kept_in", "assessments", "reasons",
)  # fmt: skip
ORGANISATION = (
    ("title", "about", "reveals", "languages", "changed"),
    ("answers", "daily", "requests", "answer_within", "undo"),
    ("backups", "backup_keys"),
    ("contact",), ("mail",), "controllers", "measures", "cookies", ("arrangement", "automatic", "children"),
    ("paragraphs",),
)  # fmt: skip


def activity_blocks(desk: Desk, activity: Activity) -> Iterator[Block]:
    """The blocks of an activity's page."""
    spot = Spot.of(f"activities/{activity.name}")
    rules = desk.study.sentences(activity)
    for wanted in ACTIVITY:
        if isinstance(wanted, str):
            yield _listed(desk, spot.inside(wanted), label(spot.shape, wanted), rules)
        else:
            rule = f"{activity.name}/{wanted[0]}"
            yield _keys(desk, spot, wanted, rules.get(rule, ""), rule)


def organisation_blocks(desk: Desk) -> Iterator[Block]:
    """The blocks of the organisation's page."""
    spot = Spot.of("organisation")
    for wanted in ORGANISATION:
        if isinstance(wanted, str):
            yield _listed(desk, spot.inside(wanted), label(spot.shape, wanted), {})
        else:
            yield _keys(desk, spot, wanted, "", "")
    for name in ("offices", "units", "recipients"):
        yield _listed(desk, Spot.of(name), str(HEADINGS[name]), {})


def _keys(desk: Desk, spot: Spot, keys: tuple[str, ...], sentence: str, rule: str) -> Block:
    """Keys that are changed together: the sentence they make, or what each holds."""
    held, around = desk.held(spot) or {}, desk.around(spot)
    told = {key: words for key in keys if (words := _words(spot, key, held, around))}
    shown = list(told.values())
    if len(keys) > 1:
        names = {key: said(label(spot.shape, key)) for key in told}
        shown = [words if words == names[key] else f"{names[key]}: {words}" for key, words in told.items()]
    text = sentence or "\n".join(shown) or _("Not given")
    title = said(label(spot.shape, keys[0]))
    found = findings((f for key in keys for f in desk.study.at(spot, key)), desk.study)
    item = Item(text, reverse("declaring_change", args=[f"{spot.address}/{keys[0]}"]), title, rule, found)
    return Block(title, [item])


def _words(spot: Spot, key: str, held: Any, around: Around | None) -> str:
    """What a key holds, in words."""
    value = held.get(key)
    if value is None or around is None:
        return ""
    if value is True:  # beside other values a bare yes says nothing
        return said(label(spot.shape, key))
    return _worded(value, spot.keys[key], around)


def _worded(value: Any, key: Key, around: Around) -> str:
    """A value in words, and what stands inside it one after the other."""
    if key.kind == "text":
        return _text(value)
    if isinstance(value, dict):
        inner = SHAPES.get(key.shape, {})
        each = (_worded(v, inner[n], around) if n in inner else _text(v) for n, v in value.items())
        return ", ".join(filter(None, each)).replace("., ", ". ")
    if key.of or key.own or key.words:
        titles = dict(options(key, around))
        return ", ".join(titles.get(str(word), str(word)) for word in _each(value))
    return _plainly(value, key.kind)


def _plainly(value: Any, kind: str) -> str:
    """A day, a time, a truth or a word, as it is written."""
    if isinstance(value, date):
        return writing.day(value)
    if kind in {"period", "review", "lasts"}:
        try:
            return Period.parse(str(value)).in_words(code())
        except ValueError:
            return str(value)
    return _("yes") if value is True else str(value)


def _each(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return said(Text(*(str(value.get(lang, "")) for lang in ("nb", "nn", "en"))))
    return str(value)


def _listed(desk: Desk, spot: Spot, title: Text | str, rules: dict[str, str]) -> Block:
    """What a list or a mapping of names holds, one by one."""
    held = desk.held(spot) or {}
    entries = enumerate(held, 1) if isinstance(held, list) else held.items()
    items: list[Item] = []
    for name, value in entries:
        for at, each in enumerate(_each(value), 1):
            place = spot.inside(str(name))
            place = place.inside(str(at)) if isinstance(value, list) else place
            rule = _rule(spot, str(name), at, each, items)
            text = rules.get(rule, "") or _shortly(desk, place, str(name), each)
            url = reverse("declaring_change", args=[place.address])
            items.append(
                Item(
                    text,
                    url,
                    _name(desk, spot, str(name), each),
                    rule,
                    findings(desk.study.at(place), desk.study),
                )
            )
    return Block(
        said(title) if isinstance(title, Text) else title,
        items,
        reverse("declaring_add", args=[spot.address]),
    )


KINDS = {"keep": "keep", "duties": "duty", "purposes": "purpose", "recipients": "recipient"}


def _rule(spot: Spot, name: str, at: int, value: Any, before: list[Item]) -> str:
    """The id of the rule that an entry of an activity makes."""
    kind = KINDS.get(str(spot.path[-1])) if spot.activity and spot.path else None
    if kind is None:
        return ""
    if kind == "recipient":
        first = f"{spot.activity}/{kind}/{value.get('to')}" if isinstance(value, dict) else ""
        same = sum(item.rule == first or item.rule.startswith(f"{first}/") for item in before)
        return first if not same else f"{first}/{same + 1}"
    rule = f"{spot.activity}/{kind}/{name}"
    return rule if at == 1 else f"{rule}/{at}"


def _name(desk: Desk, spot: Spot, name: str, value: Any) -> str:
    """What an entry is called, where it is to be told from the others."""
    if spot.lists == "duties":
        return called(desk, name)
    title = value.get("title") if isinstance(value, dict) else None
    return _text(title) if title else name


def called(desk: Desk, office: str) -> str:
    """What an office is called; its name where it is not declared."""
    offices = desk.declaration.offices if desk.declaration else ()
    return next((said(each.title) for each in offices if each.name == office), office)


def _shortly(desk: Desk, spot: Spot, name: str, value: Any) -> str:
    """An entry that no rule tells: its keys in words, one after the other."""
    around = desk.around(spot)
    if not isinstance(value, dict) or around is None:
        return name
    words = [_words(spot, key, value, around) for key in spot.keys if key in value]
    return capital(" · ".join(filter(None, words)))


def titles(declaration: Declaration | None, files: dict[str, str]) -> list[tuple[str, str, bool | None]]:
    """The activities: name, title, and whether planned; by their files where they cannot be read."""
    if declaration is not None:
        return [(a.name, said(a.title), a.planned) for a in declaration.activities]
    names = (
        f.removeprefix("activities/").removesuffix(".yaml") for f in files if f.startswith("activities/")
    )
    return [(name, name, None) for name in sorted(names)]
