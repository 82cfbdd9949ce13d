"""The order when rules meet: per datum, and never per person.

A hold stands before a floor set by statute, a floor before what the person asks for, and that before the
longest declared rule that is live. This is the one place that says so; the check, the statement's sentences
and whoever explains a datum ask here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from hjemmel.declaration.model import MONTH, Activity, Keep, Organisation
from hjemmel.declaration.vocabulary import vocabulary

RANKS = ("hold", "floor", "request", "rule")
# What leaves least behind, first: it decides where two rules end on the same day.
LEAVES = ("delete", "anonymise", "archive")


@dataclass(frozen=True, slots=True)
class Claim:
    """That a datum is to be held through the day before `until`, or until further (None).

    `kind` is one of RANKS. `name` says whose claim it is: a rule's id, a statute, the number of a case. The
    claim of a request is that nothing be held from its day on.
    """

    kind: str
    name: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """When a datum is due (None: not yet known), whose claim decides that, and which ones it decides over."""

    until: date | None
    wins: Claim
    over: tuple[Claim, ...]


def settle(claims: Iterable[Claim]) -> Outcome:
    """Return what comes of claims on one datum. Raises ValueError where there is none."""
    given = tuple(claims)
    if not given:
        message = "nothing claims the datum"
        raise ValueError(message)
    asked = [claim for claim in given if claim.kind == "request"]
    rules = [claim for claim in given if claim.kind == "rule"]
    earlier = min(asked, key=_end) if asked else None
    longest = max(rules, key=_end) if rules else None
    wins = longest if earlier is None or (longest and _end(longest) <= _end(earlier)) else earlier
    for kind in ("floor", "hold"):
        last = max((claim for claim in given if claim.kind == kind), key=_end, default=None)
        if last and (wins is None or _end(last) >= _end(wins)):
            wins = last
    if wins is None:
        message = f"no claim is of a kind among {', '.join(RANKS)}"
        raise ValueError(message)
    return Outcome(wins.until, wins, tuple(claim for claim in given if claim is not wins))


def _end(claim: Claim) -> date:
    return claim.until or date.max


def answer_by(organisation: Organisation, received: date) -> date:
    """Return the day a request is to be answered by: what was promised, or a month if that is earlier.

    Source: GDPR art. 12 no. 3. A promise of 30 days is the longer of the two from the end of January on.
    """
    return min(organisation.answer_within.add_to(received), MONTH.add_to(received))


@dataclass(frozen=True, slots=True)
class Stretch:
    """From a day through the day before another (None: no end yet), one rule decides over a datum."""

    since: date
    until: date | None
    rule: str


def timeline(
    activity: Activity, datum: str, events: Mapping[str, date], conditions: frozenset[str] = frozenset()
) -> tuple[Stretch, ...]:
    """Return who decides over a datum of one person, day by day, by the rules of one activity.

    `events` are what has happened to her records and when, one record of a kind; `conditions` those that
    hold.
    """
    live = [
        (keep, began, due(keep, events))
        for keep in activity.keep
        if datum in activity.subset(keep.data)
        and (keep.when is None or keep.when in conditions)
        and (began := _began(keep, events)) is not None
    ]
    if not live:
        return ()
    turns = sorted({began for _, began, _ in live} | {until for _, _, until in live if until is not None})
    ends: list[date | None] = [*turns[1:], None]
    found = [
        Stretch(since, until, max(there, key=lambda claim: (claim[1] or date.max, claim[0]))[0])
        for since, until in zip(turns, ends, strict=True)
        if (there := [(k.id, end) for k, began, end in live if began <= since and (end or date.max) > since])
    ]
    return tuple(_joined(found))


def due(keep: Keep, events: Mapping[str, date]) -> date | None:
    """Return the day a rule's data are due: None while its event has not come, or where it has no end."""
    if keep.period is None or keep.after is None or keep.after not in events:
        return None
    day = events[keep.after]
    return keep.period.add_to(day if keep.count_from == "date" else date(day.year, 12, 31))


def _began(keep: Keep, events: Mapping[str, date]) -> date | None:
    record = vocabulary().records.get(keep.what)
    return events.get(record.starts) if record else None


def _joined(stretches: list[Stretch]) -> Iterator[Stretch]:
    """Yield stretches with those that follow each other and have the same rule made one."""
    since: date | None = None
    for one, following in pairwise([*stretches, None]):
        if one is None:
            return
        since = since or one.since
        if following is None or following.rule != one.rule or following.since != one.until:
            yield Stretch(since, one.until, one.rule)
            since = None


def least_behind(one: Keep, other: Keep) -> Keep:
    """Return which of two rules that end on the same day decides what then: the one leaving least behind."""
    return min((one, other), key=lambda keep: LEAVES.index(keep.then.partition(":")[0]))
