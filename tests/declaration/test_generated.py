from dataclasses import replace
from xml.etree import ElementTree as ET

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hjemmel.declaration import (
    Declaration,
    dump,
    keep_sentence,
    load_texts,
    rules,
    sentences,
    statement,
    who_sees,
)
from hjemmel.declaration.load import judge
from hjemmel.declaration.model import LANGUAGES
from tests.declaration.generated import declarations

drawn = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@drawn
@given(declarations())
def test_what_is_written_is_read_back_as_the_same_declaration(declaration: Declaration) -> None:
    assert load_texts(dump(declaration)) == declaration


@drawn
@given(declarations(), st.sampled_from(LANGUAGES))
def test_every_enforced_rule_is_told_once_in_the_statement_and_nothing_else(
    declaration: Declaration, lang: str
) -> None:
    enforced = [rule.id for rule in rules(declaration)]
    assert len(set(enforced)) == len(enforced)
    root = ET.fromstring(statement(declaration, lang))
    told = [element.get("data-rule") for element in root.iter() if element.get("data-rule")]
    assert sorted(told) == sorted(enforced)
    assert sorted(sentences(declaration, lang)) == sorted(enforced)


@drawn
@given(declarations())
def test_preview_tells_planned_activities_too(declaration: Declaration) -> None:
    root = ET.fromstring(statement(declaration, preview=True))
    anchors = {element.get("id") for element in root.iter("section")}
    assert {activity.name for activity in declaration.activities} <= anchors
    plain = {element.get("id") for element in ET.fromstring(statement(declaration)).iter("section")}
    assert {activity.name for activity in declaration.planned}.isdisjoint(plain)


@drawn
@given(declarations())
def test_every_keep_rule_makes_a_sentence(declaration: Declaration) -> None:
    for activity in declaration.activities:
        for keep in activity.keep:
            assert keep_sentence(declaration, keep).strip().endswith(".")


@drawn
@given(declarations())
def test_who_sees_agrees_with_the_duties(declaration: Declaration) -> None:
    for activity in declaration.active:
        for datum in activity.names:
            expected = {d.office for d in activity.duties if d.data is None or datum in d.data}
            assert {sight.office for sight in who_sees(declaration, datum, activity.name)} == expected


@drawn
@given(declarations())
def test_a_datum_no_rule_keeps_is_found(declaration: Declaration) -> None:
    activity = replace(declaration.activities[0], planned=False)
    gone = activity.names[0]
    keep = tuple(
        replace(rule, data=frozenset(activity.subset(rule.data)) - {gone})
        for rule in activity.keep
        if set(activity.subset(rule.data)) != {gone}
    )
    changed = replace(declaration, activities=(replace(activity, keep=keep), *declaration.activities[1:]))
    if keep:
        found = {f.code: f for f in judge(dump(changed))[1] if f.code == "H050" and f"«{gone}»" in f.message}
        assert list(found) == ["H050"]
