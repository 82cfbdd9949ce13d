"""What lets an office reach more people: a duty, and the rules that say whose records are held."""

from dataclasses import replace

import pytest

from hjemmel.declaration import load_texts, texts_of
from hjemmel.declaration.edit import widened
from hjemmel.declaration.period import Period

MISSION = load_texts(texts_of("mission"))
OFFICES = MISSION.activity("offices")


def with_rule(**fields):
    """The mission, whose activity of offices keeps something more."""
    more = replace(OFFICES.keep[-1], id="offices/keep/more", **fields)
    activity = replace(OFFICES, keep=(*OFFICES.keep, more))
    return replace(MISSION, activities=tuple(activity if a is OFFICES else a for a in MISSION.activities))


def test_a_rule_that_holds_other_peoples_records_shows_them_to_all_who_see_the_activity():
    offices = {duty.office for duty in OFFICES.duties if duty.may}
    assert widened(MISSION, with_rule(what="membership", after="membership.ended")) == offices


def test_so_does_one_that_holds_a_datum_for_a_record_that_did_not_hold_it():
    kept = {name for keep in OFFICES.keep for name in OFFICES.subset(keep.data)}
    some = frozenset({min(kept)})
    less = replace(OFFICES, keep=tuple(replace(keep, data=frozenset(kept - some)) for keep in OFFICES.keep))
    before = replace(MISSION, activities=tuple(less if a is OFFICES else a for a in MISSION.activities))
    assert widened(before, MISSION)
    assert not widened(MISSION, before)


@pytest.mark.parametrize("fields", [{"period": Period(years=9)}, {"review": Period(years=1)}])
def test_how_long_it_holds_lets_nobody_reach_more(fields):
    assert widened(MISSION, with_rule(**fields)) == frozenset()


def test_a_condition_that_is_dropped_does_and_one_that_comes_does_not():
    free = load_texts(texts_of("mission"))
    tied = replace(OFFICES, keep=tuple(replace(keep, when="contact.active") for keep in OFFICES.keep))
    under = replace(free, activities=tuple(tied if a.name == "offices" else a for a in free.activities))
    assert widened(under, free)
    assert not widened(free, under)
