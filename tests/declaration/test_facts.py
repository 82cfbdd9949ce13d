"""Every fact of the five published statements is in its preset, and at its place in the printed statement."""

from collections import Counter
from functools import cache
from xml.etree import ElementTree as ET

import pytest

from hjemmel.declaration import Period, Text, presets, statement, vocabulary
from hjemmel.declaration.render.language import language
from tests.declaration.facts import ORGANISATION, Fact, facts, in_model, preset

KINDS = {"held", "why", "source", "sees", "gets", "how_long", "right", "other"}
NB = language("nb")


@cache
def printed(source: str) -> ET.Element:
    """The preset's statement in bokmål, planned activities too."""
    return ET.fromstring(statement(preset(source), preview=True))


def words(*elements: ET.Element) -> str:
    """The text of elements, in small letters, each piece set apart."""
    return " ".join(" ".join(" ".join(e.itertext()) for e in elements).split()).lower()


def section(fact: Fact) -> ET.Element:
    """The part of the statement a fact belongs in."""
    root = printed(fact.source)
    if fact.activity == ORGANISATION:
        return root
    return next(found for found in root.iter("section") if found.get("id") == fact.activity)


def telling(fact: Fact, rule: str) -> str:
    """What the statement says of a rule at its activity."""
    return words(*(found for found in section(fact).iter() if found.get("data-rule") == rule))


def test_the_table_is_of_five_sources_and_known_kinds() -> None:
    rows = facts()
    assert {fact.source for fact in rows} == set(presets())
    assert {fact.kind for fact in rows} == KINDS
    seen = Counter((fact.source, fact.activity, fact.kind, str(fact.value)) for fact in rows)
    assert [row for row, times in seen.items() if times > 1] == []
    for name in presets():
        told = {fact.activity for fact in rows if fact.source == name}
        declared = {activity.name for activity in preset(name).activities}
        assert told - {ORGANISATION} <= declared


@pytest.mark.parametrize("fact", facts(), ids=str)
def test_fact(fact: Fact) -> None:
    found = in_model(fact)
    text = words(section(fact))
    for said in expected(fact, found):
        assert said.lower() in text
    if found[0].startswith(f"{fact.activity}/"):
        for rule in found:
            assert telling(fact, rule), f"{rule} is not told"
        told = " ".join(telling(fact, rule) for rule in found)
        for said in by_rule(fact):
            assert said.lower() in told


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("held", "person.gender"),
        ("why", ["underholdning"]),
        ("why", ["medlemsregisteret", "kontingent"]),
        ("why", ["forsikring"]),
        ("source", "bank"),
        ("sees", {"office": "club_leader", "at": "club", "data": ["person.national_id"]}),
        ("sees", {"office": "club_leader", "at": "club", "data": ["person.name"], "exactly": True}),
        ("gets", {"to": "confederation", "when": "yearly"}),
        ("how_long", {"what": "membership", "for": "P5Y", "after": "membership.ended"}),
        ("other", {"note": "i all evighet"}),
        ("other", {"basis": "6.1.a"}),
    ],
)
def test_what_is_not_so_is_not_found(kind: str, value: object) -> None:
    with pytest.raises((AssertionError, KeyError)):
        in_model(Fact(0, "union", "membership", kind, value))


def expected(fact: Fact, found: list[str]) -> list[str]:
    """The words that must stand somewhere in the part: of data, and of what no rule is made of."""
    known, value = vocabulary(), fact.value
    if fact.activity == ORGANISATION:
        return [value["says"]] if "says" in value else []
    if isinstance(value, str):
        said = {"held": known.data.get(value), "source": known.sources.get(value)}.get(fact.kind)
        # A source begins with the "from" that is said once before all of them.
        return [said.nb.partition(" ")[2] if isinstance(said, Text) else said.one.nb] if said else []
    if isinstance(value, list):  # of a purpose: told where the purpose is
        return []
    named = [known.data[name].one.nb for name in value.get("data", ())]
    titles = [fact.declaration.controller(name).title for name in value.get("controllers", ())]
    return named + titles + (found if {"note", "outside"} & value.keys() else [])


def by_rule(fact: Fact) -> list[str]:
    """The words that must stand where the rule is told."""
    return _BY_RULE[fact.kind](fact) if fact.kind in _BY_RULE else []


def whom(fact: Fact) -> list[str]:
    """The recipient and the occasion."""
    recipient = fact.declaration.recipient(fact.value["to"])
    return [recipient.title.nb, vocabulary().occasions[fact.value["when"]].nb]


def rest(fact: Fact) -> list[str]:
    """The condition, or whose data they are."""
    known, value = vocabulary(), fact.value
    if "condition" in value:
        return [known.conditions[value["condition"]].text.nb]
    return [known.subjects[value["subject"]].many.nb] if set(value) == {"subject"} else []


def keeping(fact: Fact) -> list[str]:
    """The time, the event it counts from and the condition, in words."""
    value, known = fact.value, vocabulary()
    said = [known.events[value["after"]].nb] if "after" in value else []
    if "when" in value:
        said.append(known.conditions[value["when"]].text.nb)
    if "for" in value and (period := Period.parse(value["for"])):
        said.append(NB.period(period))
    if "review" in value:
        said.append(NB.often(Period.parse(value["review"])))
    return said


_BY_RULE = {
    "held": lambda fact: [vocabulary().data[fact.value].one.nb],
    "why": lambda fact: fact.value,
    "sees": lambda fact: [fact.declaration.office(fact.value["office"]).title.nb],
    "gets": whom,
    "how_long": keeping,
    "other": rest,
}
