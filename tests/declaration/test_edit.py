"""Changing a piece of a declaration: the rest of its text stays as somebody wrote it."""

from dataclasses import replace
from difflib import ndiff

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hjemmel.declaration import load_texts, presets, texts_of
from hjemmel.declaration.edit import (
    Spot,
    UnreadableError,
    add,
    choice,
    label,
    lines,
    put,
    remove,
    value_at,
    widened,
    words_help,
)
from hjemmel.declaration.load import sketch
from hjemmel.declaration.model import LANGUAGES
from hjemmel.declaration.read.keys import SHAPES

FILE = "activities/membership.yaml"
TEXTS = texts_of("mission")
TEXT = TEXTS[FILE]


def changed(before: str, after: str) -> list[str]:
    return [line for line in ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-"]


def test_a_changed_period_changes_its_line_and_no_other():
    after = put(TEXT, Spot.of("activities/membership/keep/2"), {"for": "P3Y"})
    assert changed(TEXT, after) == ["-     for: P5Y", "+     for: P3Y"]


def test_a_list_in_several_lines_stays_so_where_something_else_changes():
    after = put(TEXT, Spot.of("activities/membership/duties/register_keeper"), {"sees": None})
    assert len(changed(TEXT, after)) == 2
    assert "\n       person.municipality, person.email" in after


def test_comments_stay():
    text = TEXTS["organisation.yaml"]
    after = put(text, Spot.of("organisation/contact"), {"phone": None, "web": "https://example.org/x"})
    assert after.startswith("# An invented mission society")
    assert "# Being a member, holding" in after
    assert changed(text, after) == ['-   phone: "+47 680 50 100"', '+   web: "https://example.org/x"']


def test_a_new_key_goes_where_the_language_has_it():
    after = put(TEXT, Spot.of("activities/membership/keep/1"), {"count_from": "year_end"})
    assert "after: membership.ended, count_from: year_end, then: delete" in after


@pytest.mark.parametrize(
    ("address", "name", "values"),
    [
        ("activities/membership/keep", "", {"what": "membership", "for": "P1Y", "then": "delete"}),
        ("activities/membership/kept_in", "", {"outside": {"nb": "Perm: én"}, "review": "P1Y"}),
        ("activities/membership/duties", "treasurer", {"may": ["read"]}),
        ("activities/membership/duties", "register_keeper", {"may": ["read"]}),
        ("activities/membership/duties", "chapter_leader", {"may": ["read"]}),
        ("offices", "deputy", {"title": {"nb": "Nestleder"}, "at": ["central"]}),
        ("organisation/cookies", "stats", {"title": "s", "consent": True}),
    ],
)
def test_what_is_added_can_be_taken_away_again(address, name, values):
    spot = Spot.of(address)
    text = TEXTS[spot.file]
    after = add(text, spot, values, name)
    held = value_at(after, spot.path)
    number = len(held) if isinstance(held, list) else None
    place = (*spot.path, name or number - 1)
    entry = value_at(after, place)
    if isinstance(entry, list):
        place, entry = (*place, len(entry) - 1), entry[-1]
    assert entry == values
    assert value_at(remove(after, place), ()) == value_at(text, ())


@pytest.mark.parametrize("preset", presets())
def test_nothing_changed_leaves_every_text_as_it_was(preset):
    for file, text in texts_of(preset).items():
        spot = Spot.of(file.removesuffix(".yaml"))
        values = value_at(text, ())
        assert put(text, spot, values) == text, file


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60).filter(str.strip))
def test_whatever_is_typed_is_read_back(typed):
    after = put(TEXT, Spot.of("activities/membership/keep/2"), {"because": {"nb": typed}})
    assert value_at(after, ("keep", 1, "because")) == {"nb": typed}
    assert len(changed(TEXT, after)) == 2


@pytest.mark.parametrize("text", ["a: [", "- a", "", "a: b"])
def test_where_there_is_nothing_to_change_it_is_said(text):
    with pytest.raises(UnreadableError):
        put(text, Spot.of("activities/membership/keep/2"), {"for": "P1Y"})


@pytest.mark.parametrize(
    "address", ["nowhere", "activities", "activities/a/b", "activities/a/keep/0", "activities/a/keep/x",
                "organisation/title", "activities/a/keep/9999", "", "units/a/b"],
)  # fmt: skip
def test_there_is_no_spot_where_the_language_has_none(address):
    with pytest.raises(LookupError):
        Spot.of(address)


def test_an_address_leads_back_to_itself():
    for address in ("activities/a/keep/2", "activities/a/duties/x/2", "activities/a/duties/x", "offices/b",
                    "organisation/controllers/c/agreement", "organisation", "recipients"):  # fmt: skip
        assert Spot.of(address).address == address
    assert Spot.of("activities/a/keep/2").place == "keep.1"


def test_every_key_and_choice_has_its_words():
    for shape, keys in SHAPES.items():
        if shape in {"text", "condition", "archive"}:
            continue
        for name, key in keys.items():
            said = [label(shape, name), *(choice(word) for word in key.of)]
            told = words_help(shape, name)
            for text in [*said, told] if told else said:
                assert all(getattr(text, lang) for lang in LANGUAGES)


def test_a_draft_is_read_with_its_errors_and_its_lines_told_where_they_can_be():
    broken = {
        **TEXTS,
        FILE: TEXT.replace("to: grant_authority", "to: nobody"),
    }
    declaration, findings = sketch(broken)
    assert declaration is not None
    assert any(f.level == "error" for f in findings)
    assert lines(declaration) is None
    fine = lines(load_texts(TEXTS))
    assert fine
    assert any(line.rule == "membership/keep/2" for line in fine)


UNION = load_texts(TEXTS)


def with_duty(**fields):
    activity = UNION.activity("membership")
    (duty,) = (d for d in activity.duties if d.office == "region_leader")
    duties = tuple(replace(d, **fields) if d is duty else d for d in activity.duties)
    after = replace(activity, duties=duties)
    return replace(UNION, activities=tuple(after if a is activity else a for a in UNION.activities))


@pytest.mark.parametrize(
    "fields",
    [
        {"may": frozenset({"read", "change"})},
        {"sees": "ended"},
        {"data": None},
        {"purposes": None},
    ],
)
def test_an_office_that_would_reach_more_is_named(fields):
    assert widened(UNION, with_duty(**fields)) == {"region_leader"}
    assert widened(with_duty(**fields), UNION) == frozenset()


def test_whoever_becomes_responsible_reaches_more():
    after = replace(UNION, organisation=replace(UNION.organisation, daily="treasurer"))
    assert widened(UNION, after) == {"treasurer"}


def test_a_planned_activity_gives_nobody_anything():
    activities = tuple(replace(a, planned=True) for a in UNION.activities)
    assert widened(UNION, replace(UNION, activities=activities)) == frozenset()
    assert "treasurer" in widened(
        UNION, replace(UNION, activities=tuple(replace(a, planned=False) for a in UNION.activities))
    )
