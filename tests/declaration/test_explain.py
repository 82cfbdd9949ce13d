import re
from functools import cache

import pytest

from hjemmel.declaration import Declaration, load_texts, presets, texts_of, vocabulary
from hjemmel.declaration.explain import ASPECTS, UnknownDatumError, explain, meeting
from hjemmel.declaration.model import LANGUAGES
from hjemmel.declaration.tongues import tongue


@cache
def declared(name: str) -> tuple[dict[str, str], Declaration]:
    texts = texts_of(name)
    return texts, load_texts(texts)


def test_a_datum_is_explained_rule_by_rule_with_the_line_of_each() -> None:
    texts, declaration = declared("union")
    told = explain(texts, declaration, "person.employer")
    membership = next(reason for reason in told.reasons if reason.activity == "membership")
    kept = [(line.rule, line.place) for line in membership.lines["keeps"]]
    assert [rule for rule, _ in kept] == ["membership/keep/1", "membership/keep/2"]
    for rule, place in kept:
        file, _, number = place.partition(":")
        line = texts[file].splitlines()[int(number) - 1]
        assert "what: membership" in line, (rule, line)
    assert "sletter vi opplysningen om hvem som vervet medlemmet" in membership.lines["keeps"][0].words
    assert told.decides == "membership/keep/2"
    assert "membership/keep/1" in told.over
    seen = {line.rule for line in membership.lines["sees"]}
    assert seen == {"membership/duty/register_keeper", "membership/duty/privacy_officer"}


@pytest.mark.parametrize("name", presets())
def test_every_datum_of_every_preset_is_explained_by_what_has_it(name: str) -> None:
    texts, declaration = declared(name)
    for datum in vocabulary().data:
        told = explain(texts, declaration, datum)
        having = [activity for activity in declaration.activities if datum in activity.names]
        assert [reason.activity for reason in told.reasons] == [activity.name for activity in having]
        assert bool(told.decides) == any(not activity.planned for activity in having)
        for reason, activity in zip(told.reasons, having, strict=True):
            rules = {line.rule for lines in reason.lines.values() for line in lines}
            assert {d.id for d in activity.duties if datum in activity.subset(d.data)} <= rules
            assert {k.id for k in activity.keep if datum in activity.subset(k.data)} <= rules
            for lines in reason.lines.values():
                for line in lines:
                    assert re.fullmatch(rf"activities/{activity.name}\.yaml:[1-9]\d*", line.place), line


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_said_in_every_language(lang: str) -> None:
    told = explain(*declared("mission"), "person.email", lang)
    assert told.because
    assert set(tongue("explain", lang).at("explain.aspects")) == set(ASPECTS)
    for reason in told.reasons:
        for lines in reason.lines.values():
            assert all("{" not in line.words and line.words.endswith(".") for line in lines)


def test_a_floor_of_law_is_named_before_a_rule_that_ends_the_same_day() -> None:
    _, declaration = declared("mission")
    outcome = meeting([a for a in declaration.activities if "gift.amount" in a.names], "gift.amount")
    assert outcome is not None
    assert (outcome.wins.kind, outcome.wins.name) == ("floor", "bokforingsloven.13")
    assert {claim.kind for claim in outcome.over} == {"rule"}


@pytest.mark.parametrize(
    ("asked", "near"),
    [("person.mail", "person.email"), ("email", "person.email"), ("membership.numer", "membership.number")],
)
def test_what_is_no_datum_is_refused_with_what_may_be_meant(asked: str, near: str) -> None:
    with pytest.raises(UnknownDatumError) as refused:
        explain(*declared("union"), asked)
    assert near in refused.value.near
