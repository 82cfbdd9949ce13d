"""Every file under a preset here holds stories with dates: who was what, what was changed when, and what is
still held on which day once the night's sweep has run. `kept` and `gone` must account for everything that was
ever written, and `rules` are the keep rules that did it.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from ruamel.yaml import YAML

from hjemmel.declaration import Keep
from hjemmel.kernel import clock
from tests.scenarios.story import ERASED, KINDS, Story, begun, kind_of
from tests.scenarios.world import PRESETS, World, begin, declared

pytestmark = [
    pytest.mark.requirement("RET-01"),
    pytest.mark.requirement("RET-02"),
    pytest.mark.requirement("RET-03"),
    pytest.mark.requirement("RET-04"),
    pytest.mark.requirement("RET-07"),
]
HERE = Path(__file__).parent
TOLD = [
    (preset, f"{preset}/{file.stem}: {story['scenario']}", story)
    for preset in PRESETS
    for file in sorted((HERE / preset).glob("*.yaml"))
    for story in YAML(typ="safe").load_all(file.read_text("utf-8"))
]
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def worlds(django_db_setup, django_db_blocker) -> Iterator[Callable[[str], World]]:
    """One register after the other, each for all the stories of its preset: to make one takes longest."""
    there: dict[str, World] = {}
    with ExitStack() as open_:

        def of(preset: str) -> World:
            if preset not in there:
                open_.close()
                there.clear()
                open_.enter_context(django_db_blocker.unblock())
                open_.enter_context(transaction.atomic())
                open_.callback(transaction.set_rollback, True)
                there[preset] = begin(preset)
            return there[preset]

        yield of


@pytest.fixture
def world(request, worlds) -> Iterator[World]:
    """The register of a preset; what a story does there is taken back."""
    there = worlds(request.param)
    with transaction.atomic():
        yield there
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("world", "story"), [pytest.param(preset, s, id=name) for preset, name, s in TOLD], indirect=["world"]
)
def test_what_is_kept_and_gone(world: World, story: dict[str, Any]):
    lives = Story(world)
    facts = [*_facts(story)]
    rules: set[str] = set()
    for day in _days(facts, story["on"]):
        with clock.at(day):
            for who, what in facts:
                if begun(what) == day:
                    lives.begin(who, what)
            for who, what in facts:
                if kind_of(what) != "held since" and what.get(KINDS[kind_of(what)][1]) == day:
                    lives.end(who, what)
            page = dict(story["on"].get(day, {}))
            for step in page.pop("then", []):
                for who, what in step.items():
                    lives.do(who, what)
        if day in story["on"]:
            rules |= lives.night(day)
        with clock.at(day):
            for who, said in page.items():
                lives.expect(who, said)
    # A line of the log about a record goes with it or in its own time, whichever comes first.
    told = set(story.get("rules", []))
    assert told <= rules <= {*told, "change_log/keep/1"}


def _days(facts: list[tuple[str, dict[str, Any]]], on: dict[date, Any]) -> list[date]:
    """Every day on which something happens."""
    ends = {what.get(KINDS[kind_of(what)][1]) for _, what in facts if kind_of(what) != "held since"}
    return sorted({*on, *(begun(what) for _, what in facts), *(day for day in ends if day)})


KEPT = [(preset, a.name, keep) for preset in PRESETS for a in declared(preset).active for keep in a.keep]
ENDING = [(preset, name, keep) for preset, name, keep in KEPT if keep.period is not None]
BEGINS = ("created", "received", "written")  # events that are a record's beginning


@cache
def _ends(preset: str, rule: str) -> list[tuple[date, date, set[date]]]:
    """The event and the end of the rule, and the days that are looked at, in every story of the preset where
    the rule let something go.
    """
    (keep,) = (k for p, _, k in KEPT if (p, k.id) == (preset, rule))
    assert keep.period is not None
    told = [story for p, _, story in TOLD if p == preset and rule in story.get("rules", [])]
    return [(on, keep.period.add_to(on), {*s["on"]}) for s in told for on in _events(keep, s)]


def _events(keep: Keep, story: dict[str, Any]) -> Iterator[date]:
    """The days on which what the rule counts from happens in a story."""
    if keep.what == "log_value":
        yield from (day for day, page in story["on"].items() if "changes" in str(page.get("then")))
        return
    of = {"staged row": "import_row", "office": "tenure"}
    for fact in story["given"]:
        for what in fact.values():
            name, end, _ = KINDS[kind_of(what)]
            begins = str(keep.after).endswith(BEGINS)
            day = begun(what) if begins else what.get(end)
            if of.get(name, name) == keep.what and day:
                yield day + DAY if name == "office" else day


@pytest.mark.parametrize(("preset", "keep"), [pytest.param(p, k, id=f"{p}/{k.id}") for p, _, k in ENDING])
def test_every_rule_is_told_the_day_before_on_the_day_and_the_day_after(preset: str, keep: Keep):
    ends = [end for _, end, looked in _ends(preset, keep.id) if {end - DAY, end, end + DAY} <= looked]
    assert ends, f"no story of {preset} looks at {keep.id} one day before, on and after its end"


@pytest.mark.parametrize(("preset", "keep"), [pytest.param(p, k, id=f"{p}/{k.id}") for p, _, k in ENDING])
def test_every_rule_is_told_of_the_leap_day_or_the_end_of_a_month(preset: str, keep: Keep):
    found = [
        (on, end)
        for on, end, looked in _ends(preset, keep.id)
        if {end - DAY, end} <= looked and (_leaps(on) or _leaps(end) or _turns(on, end))
    ]
    assert found, f"no story of {preset} tells how {keep.id} meets 29 February, or a month too short"


def _leaps(day: date) -> bool:
    return (day.month, day.day) == (2, 29)


def _turns(on: date, end: date) -> bool:
    """Whether the end is clipped to the last day of its month."""
    return end.day < on.day and (end + DAY).day == 1


def test_every_rule_that_heeds_a_request_is_told_with_one():
    heeded = {(preset, name) for preset, name, keep in KEPT if keep.at_request == "delete"}
    told = {
        tuple(name.partition(":")[0].split("/"))
        for _, name, story in TOLD
        if ERASED in str(story["on"]) and "request" in story["rules"]
    }
    assert heeded
    assert heeded <= told


@pytest.mark.parametrize("preset", PRESETS)
def test_somebody_with_another_relation_stays_for_that_one(preset: str):
    """Each preset tells of a person of two kinds: one goes, and the other keeps what it needs."""
    assert any(
        len(kinds - {"hold", "account"}) > 1 and "gone" in str(story["on"])
        for p, _, story in TOLD
        if p == preset
        for kinds in _kinds(story)
    )


def _kinds(story: dict[str, Any]) -> list[set[str]]:
    """The kinds of what each person of a story is."""
    found: dict[str, set[str]] = {}
    for fact in story["given"]:
        for who, what in fact.items():
            found.setdefault(who, set()).add(KINDS[kind_of(what)][0])
    return [*found.values()]


def test_what_nothing_ends_is_told_to_stay():
    """Rules without a time wait for somebody's review: a story looks after them decades later."""
    open_ended = {(preset, name) for preset, name, keep in KEPT if keep.period is None}
    told = {
        (preset, *name.partition(":")[0].split("/")[1:])
        for preset, name, story in TOLD
        if max(story["on"]) > max(_days([*_facts(story)], {})) + 20 * 365 * DAY
    }
    assert open_ended
    assert open_ended <= told


def _facts(story: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for fact in story["given"]:
        yield from fact.items()
