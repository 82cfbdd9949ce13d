"""What is told of a change from one declaration to another.

Against a naive reading of both: whatever is not told must be the same for every datum, office and recipient.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hjemmel.declaration import Activity, Declaration, load, load_texts, presets, texts_of, vocabulary
from hjemmel.declaration.diff import DIRECTIONS, KINDS, Change, changes
from hjemmel.declaration.model import LANGUAGES, Organisation
from hjemmel.declaration.order import due
from hjemmel.declaration.read import digest
from hjemmel.declaration.tongues import tongue
from tests.declaration.generated import declarations

WORDS = vocabulary()
BACK = {"wider": "narrower", "narrower": "wider", "begun": "ended", "ended": "begun"}
LIKE = settings(
    max_examples=20,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # making two declarations small takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def holes(phrases: object, path: str = "") -> Iterator[tuple[str, frozenset[str]]]:
    if isinstance(phrases, dict):
        for name, entry in phrases.items():
            yield from holes(entry, f"{path}.{name}")
    else:
        yield path, frozenset(re.findall(r"{(\w+)}", str(phrases)))


def test_every_language_has_the_same_sentences() -> None:
    texts = {lang: dict(holes(tongue("diff", lang).at("diff"))) for lang in LANGUAGES}
    assert texts["nn"] == texts["nb"]
    assert texts["en"] == texts["nb"]


def test_titles_inside_a_sentence_begin_small() -> None:
    old = load("mission")
    organisation = replace(old.organisation, answers="region_leader", daily="region_leader")
    told = [change.words for change in changes(old, replace(old, organisation=organisation))]
    assert any("det regionlederen som" in words.nb for words in told)
    assert any("det regionleiaren som" in words.nn for words in told)
    for words in told:
        assert not re.search(r"[a-zæøå,] (Region|General|Medlem|The )", f"{words.nb} {words.nn} {words.en}")


@cache
def preset(name: str) -> Declaration:
    return load(name)


@st.composite
def edited(draw: st.DrawFn) -> tuple[Declaration, Declaration]:
    """Draw a declaration, and the same with some of its parts put in from another."""
    one, other = draw(declarations()), draw(declarations())
    organisation = [f.name for f in fields(Organisation)]
    taken = draw(st.sets(st.sampled_from(organisation), max_size=2))
    given = {name: getattr(other.organisation, name) for name in taken}
    parts = [f.name for f in fields(Activity) if f.name != "name"]
    swapped = draw(st.sets(st.sampled_from(parts), max_size=3))
    first = {name: getattr(other.activities[0], name) for name in swapped}
    changed = replace(
        one,
        organisation=replace(one.organisation, **given),
        activities=(replace(one.activities[0], **first), *one.activities[1:], *other.activities[-1:]),
    )
    known = {a.name: a for a in (*other.activities, *changed.activities)}  # archives somebody moves data to
    wanted = {a.name: a for a in (*changed.activities, *known.values())}
    changed = replace(changed, activities=tuple(wanted.values()))
    some = st.sets(st.sampled_from(["unit_kinds", "offices", "recipients"]))
    changed = replace(changed, **{name: getattr(other, name) for name in draw(some)})
    return replace(one, digest=digest(one)), replace(changed, digest=digest(changed))


pairs = st.tuples(declarations(), declarations()) | edited()


@LIKE
@given(declarations())
def test_nothing_changes_from_a_declaration_to_itself(declaration: Declaration) -> None:
    assert changes(declaration, declaration) == ()


@LIKE
@given(pairs)
def test_nothing_that_differs_is_silent(pair: tuple[Declaration, Declaration]) -> None:
    old, new = pair
    found = changes(old, new)
    assert bool(found) == (old.digest != new.digest)
    assert {change.kind for change in found} <= set(KINDS)
    assert {change.direction for change in found} <= set(DIRECTIONS)


@LIKE
@given(pairs)
def test_the_way_back_is_narrower_where_the_way_there_was_wider(
    pair: tuple[Declaration, Declaration],
) -> None:
    there, back = changes(*pair), changes(*reversed(pair))
    assert Counter((c.activity, c.kind, c.direction) for c in there) == Counter(
        (c.activity, BACK.get(c.kind, c.kind), BACK.get(c.direction, c.direction)) for c in back
    )
    assert Counter((c.old, c.new) for c in there) == Counter((c.new, c.old) for c in back)


@LIKE
@given(pairs, st.sampled_from(LANGUAGES))
def test_every_change_is_a_sentence_without_names_of_fields(
    pair: tuple[Declaration, Declaration], lang: str
) -> None:
    for change in changes(*pair):
        said = change.words.of(lang)
        assert said.strip()
        assert said[:1] == said[:1].upper()
    for a, b in (("union", "mission"), ("youth", "interest"), ("courses", "union")):
        for change in changes(preset(a), preset(b)):
            said = re.sub(r"https?://\S+|\S+@\S+", "", change.words.of(lang))
            assert not re.search(r"[{}_]|\b(person|membership|contact|account)\.\w", said), said


def sight(activity: Activity, data: set[str], purposes: set[str]) -> dict[str, set[tuple[str, ...]]]:
    """Return by office what its holders may do with which data, for which purpose, how far and of whom."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for duty in activity.duties:
        for datum in data & set(activity.subset(duty.data)):
            for purpose in purposes & {p.name for p in activity.purposes}:
                if duty.purposes is None or purpose in duty.purposes:
                    found.setdefault(duty.office, set()).update(
                        (datum, purpose, verb, duty.sees, duty.reach) for verb in duty.may
                    )
    return found


def held(activity: Activity, datum: str, events: dict[str, date], holding: set[str]) -> Iterator[object]:
    """Yield when each record lets go of a datum, by a naive reading."""
    for record in sorted({keep.what for keep in activity.keep}):
        ends = [
            (due(keep, events) or date.max, keep.after)
            for keep in activity.keep
            if keep.what == record and datum in activity.subset(keep.data)
            if keep.when is None or keep.when in holding
        ]
        yield record, max((end for end, _ in ends), default=None)


@LIKE
@given(pairs, st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.data())
def test_what_is_not_told_is_the_same(
    pair: tuple[Declaration, Declaration], start: date, data: st.DataObject
) -> None:
    old, new = pair
    found = changes(old, new)
    events = {
        name: start + timedelta(days=data.draw(st.integers(0, 4000)))
        for record in WORDS.records.values()
        for name in record.events
    }
    holding = data.draw(st.sets(st.sampled_from(sorted(WORDS.conditions))))
    for one in old.active:
        other = next((a for a in new.active if a.name == one.name), None)
        mine = [change for change in found if change.activity == one.name]
        if other is None:
            assert "ended" in {change.kind for change in mine}
            continue
        common = set(one.names) & set(other.names)
        told = {d for c in mine if c.kind == "datum" for d in c.data}
        assert set(one.names) ^ set(other.names) <= told
        offices = {change.office for change in mine if change.kind == "access"}
        uses = {p.name for p in one.purposes} & {p.name for p in other.purposes}
        before, after = (sight(a, common, uses) for a in (one, other))
        assert {o for o in {*before, *after} if before.get(o) != after.get(o)} <= offices
        timed = {datum for change in mine if change.kind == "time" for datum in change.data}
        for datum in common - timed:
            assert list(held(one, datum, events, holding)) == list(held(other, datum, events, holding))
        given = [
            {(g.to, d, g.when) for g in a.recipients for d in common & set(a.subset(g.data))}
            for a in (one, other)
        ]
        assert given[0] == given[1] or "recipient" in {change.kind for change in mine}


def union(**edits: tuple[str, str]) -> Declaration:
    """Return the preset `union` with parts of its files put otherwise."""
    texts = texts_of("union")
    for name, (before, after) in edits.items():
        file = f"activities/{name.partition('__')[0]}.yaml"
        assert texts[file].count(before) == 1, before
        texts[file] = texts[file].replace(before, after)
    return load_texts(texts)


SHORTER = ("    for: P3Y\n", "    for: P1Y\n")
GIVEN = (
    "    when: on_joining\n    basis: {article: 6.1.b}\n",
    "    when: on_joining\n    basis: {article: 6.1.b}\n"
    "  - {to: printer, data: [person.name, person.postal_address], when: each_issue,"
    " basis: {article: 6.1.b}}\n",
)
WIDENED = ("membership.leaving]}\nkeep:", "membership.leaving, person.employer]}\nkeep:")


def told(old: Declaration, new: Declaration, lang: str = "nb") -> list[tuple[str, str, str]]:
    return [(change.kind, change.direction, change.words.of(lang)) for change in changes(old, new)]


@pytest.mark.parametrize(
    ("lang", "sentences"),
    [
        (
            "nb",
            [
                "Medlemmer: Klubblederen ser også arbeidsgiver.",
                "Medlemmer: Bjørkeli Trykk AS får navn og postadresse for hver utsending.",
                "Medlemmer: dette slettes etter 1 år, før 3 år, regnet fra medlemskapet er avsluttet: ",
            ],
        ),
        (
            "nn",
            [
                "Medlemer: Klubbleiaren ser også arbeidsgjevar.",
                "Medlemer: Bjørkeli Trykk AS får namn og postadresse for kvar utsending.",
                "Medlemer: dette blir sletta etter 1 år, før 3 år, rekna frå medlemskapen er avslutta: ",
            ],
        ),
        (
            "en",
            [
                "Members: The club leader also sees employer.",
                "Members: Bjørkeli Trykk AS gets name and postal address for each issue.",
                "Members: this will be deleted after 1 year (until now 3 years), counted from when the"
                " membership has ended: ",
            ],
        ),
    ],
)
def test_three_changes_of_a_union_are_named(lang: str, sentences: list[str]) -> None:
    new = union(membership__1=SHORTER, membership__2=GIVEN, membership__3=WIDENED)
    found = told(union(), new, lang)
    assert [(kind, direction) for kind, direction, _ in found] == [
        ("access", "wider"),
        ("recipient", "wider"),
        ("time", "narrower"),
    ]
    for (_, _, said), sentence in zip(found, sentences, strict=True):
        assert said.startswith(sentence)


def test_a_date_of_change_is_told_only_alone() -> None:
    organisation = preset("union").organisation
    later = replace(preset("union"), organisation=replace(organisation, changed=date(2026, 11, 23)))
    assert told(preset("union"), replace(later, digest="x")) == [
        ("wording", "other", "Datoen for siste endring er 23. november 2026, før 16. november 2026.")
    ]


def test_a_rule_that_is_split_tells_only_the_datum_that_goes_sooner() -> None:
    texts = texts_of("union")
    rule = texts["activities/membership.yaml"].split("keep:\n")[1].split("  - what: membership\n")[1]
    rule = "  - what: membership\n" + rule.split("notes:")[0]
    phone = (
        "  - {what: membership, data: [person.phone], for: P1Y, after: membership.ended, then: delete,"
        " at_request: delete}\n"
    )
    rest = rule.replace(
        "person.*",
        "person.name, person.birth_date, person.postal_address, person.email,"
        " person.national_id, person.employer",
    )
    assert told(union(), union(membership=(rule, phone + rest))) == [
        (
            "time",
            "narrower",
            "Medlemmer: telefonnummer slettes etter 1 år, før 3 år, regnet fra medlemskapet er avsluttet.",
        )
    ]


def test_another_way_of_writing_the_same_is_said_to_be_that() -> None:
    months = (SHORTER[0], "    for: P36M\n")
    assert told(union(), union(membership=months)) == [
        ("wording", "other", "Medlemskap: skrevet på en annen måte, med samme innhold.")
    ]


def test_an_activity_that_begins_is_told_with_whom_and_what() -> None:
    (old, *rest) = preset("youth").activities
    without = replace(preset("youth"), activities=tuple(rest), digest="x")
    begun: list[Change] = [c for c in changes(without, preset("youth")) if c.kind == "begun"]
    assert [(c.activity, c.direction, c.subjects) for c in begun] == [(old.name, "wider", old.subjects)]
    assert [(c.kind, c.direction) for c in changes(preset("youth"), without) if c.activity == old.name] == [
        ("ended", "narrower")
    ]


def test_every_preset_compares_with_every_other() -> None:
    for one in presets():
        for other in presets():
            assert bool(changes(preset(one), preset(other))) == (one != other)
