"""No gap and no overlap over the timeline: whoever holds a datum, one rule at a time decides how long."""

from datetime import date, timedelta
from itertools import pairwise, product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hjemmel.declaration import Activity, Declaration, Keep, Period, vocabulary
from hjemmel.declaration.check.keep import at_least
from hjemmel.declaration.order import Stretch, due, timeline
from tests.declaration.generated import declarations

WORDS = vocabulary()
drawn = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
days = st.dates(date(1990, 1, 1), date(2060, 12, 31))
periods = st.builds(Period, st.integers(0, 3), st.integers(0, 25), st.integers(0, 400))


@st.composite
def lives(draw: st.DrawFn) -> dict[str, date]:
    """Draw what has happened to the records of a person: they start, and some have ended."""
    events: dict[str, date] = {}
    for record in WORDS.records.values():
        if draw(st.booleans()):
            since = draw(days)
            events[record.starts] = since
            for event in sorted(record.events.keys() - {record.starts}):
                if draw(st.booleans()):
                    events[event] = since + timedelta(days=draw(st.integers(0, 9000)))
    return events


def conditions(truth: bool) -> frozenset[str]:  # noqa: FBT001 - all that have no opposite hold, or none
    """Return conditions that hold together: of opposites the first, of the others all or none."""
    held: set[str] = set()
    for condition in WORDS.conditions.values():
        if condition.opposite is None:
            held |= {condition.name} if truth else set()
        elif condition.opposite not in held:
            held.add(condition.name)
    return frozenset(held)


def holds(activity: Activity, rule: Keep, datum: str, held: frozenset[str]) -> bool:
    return datum in activity.subset(rule.data) and (rule.when is None or rule.when in held)


@drawn
@given(declarations(), lives(), st.booleans())
def test_from_the_first_day_to_the_last_one_rule_at_a_time_decides(
    declaration: Declaration,
    life: dict[str, date],
    truth: bool,  # noqa: FBT001 - drawn
) -> None:
    held = conditions(truth)
    for activity in declaration.active:
        for datum in activity.names:
            line = timeline(activity, datum, life, held)
            for one, following in pairwise(line):
                assert one.until is not None
                assert one.until <= following.since
            for stretch in line:
                assert stretch.until is None or stretch.since < stretch.until
                agrees(activity, datum, life, held, stretch)


def agrees(
    activity: Activity, datum: str, life: dict[str, date], held: frozenset[str], stretch: Stretch
) -> None:
    """Ask the rules themselves on the first and last day of a stretch: the one named is the longest there."""
    last = stretch.until - timedelta(days=1) if stretch.until else date.max
    for day in (stretch.since, last):
        live = {
            rule.id: due(rule, life) or date.max
            for rule in activity.keep
            if holds(activity, rule, datum, held)
            and life.get(WORDS.records[rule.what].starts, date.max) <= day
            and day < (due(rule, life) or date.max)
        }
        if day < date.max:
            assert live[stretch.rule] == max(live.values())


@drawn
@given(declarations(), lives(), st.booleans())
def test_no_day_of_a_record_is_without_a_rule_until_its_last_rule_is_due(
    declaration: Declaration,
    life: dict[str, date],
    truth: bool,  # noqa: FBT001 - drawn
) -> None:
    held = conditions(truth)
    for activity in declaration.active:
        for datum in activity.names:
            line = timeline(activity, datum, life, held)
            for rule in activity.keep:
                since = life.get(WORDS.records[rule.what].starts)
                until = due(rule, life) or date.max
                if since is None or not holds(activity, rule, datum, held) or until <= since:
                    continue
                for day in (since, since + (until - since) // 2, until - timedelta(days=1)):
                    assert any(s.since <= day < (s.until or date.max) for s in line)


@drawn
@given(declarations())
def test_a_checked_declaration_leaves_no_case_open(declaration: Declaration) -> None:
    """Whatever conditions hold, a datum that is to be held has a rule: H050 and H054 are never silent."""
    for activity in declaration.active:
        for use in activity.data:
            asked = sorted({rule.when for rule in activity.keep if rule.when} | {use.only_when or ""} - {""})
            for values in product([True, False], repeat=len(asked)):
                held = dict(zip(asked, values, strict=True))
                opposites = [(name, WORDS.conditions[name].opposite) for name in asked]
                if any(other in held and held[name] == held[other] for name, other in opposites if other):
                    continue
                if use.only_when and not held[use.only_when]:
                    continue
                holding = frozenset(name for name in asked if held[name])
                assert any(holds(activity, rule, use.datum, holding) for rule in activity.keep)


@given(periods, periods, days)
def test_at_least_means_on_every_day(one: Period, other: Period, day: date) -> None:
    if at_least(one, other):
        assert one.add_to(day) >= other.add_to(day)
