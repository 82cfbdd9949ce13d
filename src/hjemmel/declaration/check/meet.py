"""Rules that disagree: named with the one that wins and why (`order` says which)."""

from collections.abc import Iterator
from itertools import combinations

from hjemmel.declaration.check.case import Case, file_of
from hjemmel.declaration.check.keep import at_least, outlasts
from hjemmel.declaration.check.law import floor_of, reaches
from hjemmel.declaration.findings import WORD
from hjemmel.declaration.model import Activity, Keep
from hjemmel.declaration.order import least_behind


def check(case: Case) -> None:
    """Note rules that end alike and differ in what then, lost archives, and rules that others outlast."""
    activities = case.declaration.activities
    for activity in activities:
        _ends(case, activity)
        _archives(case, activity)
    for group in (case.declaration.active, case.declaration.planned):
        for one, other in combinations(group, 2):
            _between(case, one, other)
            _between(case, other, one)


def _ends(case: Case, activity: Activity) -> None:
    for index, keep in enumerate(activity.keep):
        for other in activity.keep[:index]:
            both = sorted(set(activity.subset(keep.data)) & set(activity.subset(other.data)))
            if keep.then == other.then or not both or not _together(keep, other):
                continue
            if _same_end(keep, other):
                winner, why = least_behind(keep, other), "least_behind"
            elif outlasts(activity, keep, other) or outlasts(activity, other, keep):
                winner = keep if outlasts(activity, keep, other) else other
                why = "longest"
            else:
                continue
            shown = {"datum": both[0], "rule": keep.id, "other": other.id, "winner": winner.id}
            words = {"one": _then(keep), "two": _then(other), "why": WORD + why}
            case.add("H058", file_of(activity.name), f"keep.{index}", **shown, **words)


def _then(keep: Keep) -> str:
    return WORD + keep.then.partition(":")[0]


def _together(one: Keep, other: Keep) -> bool:
    """Return whether two rules can hold the same record of the same person."""
    return one.what == other.what and (one.when == other.when or None in {one.when, other.when})


def _same_end(one: Keep, other: Keep) -> bool:
    same = (one.after, one.count_from) == (other.after, other.count_from)
    return same and one.period == other.period


def _archives(case: Case, activity: Activity) -> None:
    """What is moved has to have a place where it goes, and that must not send it back."""
    known = {other.name: other for other in case.declaration.activities}
    for index, keep in enumerate(activity.keep):
        archive = known.get(keep.then.removeprefix("archive:"))
        if archive is None or not keep.then.startswith("archive:"):
            continue
        if not set(activity.subset(keep.data)) & set(archive.names):
            shown = {"rule": keep.id, "archive": archive.name}
            case.add("H057", file_of(activity.name), f"keep.{index}.then", allowed=archive.names, **shown)
        if ring := _ring(known, archive.name, activity.name):
            case.add("H036", file_of(activity.name), f"keep.{index}.then", ring=" – ".join(ring))


def _ring(known: dict[str, Activity], start: str, goal: str) -> list[str]:
    """Return the way from an archive back to where it got its data from, if there is one."""
    ways = [[goal, start]]
    seen = {start}
    while ways:
        way = ways.pop()
        if way[-1] == goal:
            return way
        for keep in known[way[-1]].keep:
            following = keep.then.removeprefix("archive:")
            if following != keep.then and following in known and following not in seen:
                seen.add(following)
                ways.append([*way, following])
    return []


def _between(case: Case, shorter: Activity, longer: Activity) -> None:
    """A datum of one record goes when the last activity lets it: whoever says less does not decide."""
    for index, keep in enumerate(shorter.keep):
        for datum in shorter.subset(keep.data):
            if keep.period and (other := next(_winners(shorter, keep, longer, datum), None)):
                floor = floor_of(longer, datum)
                why = "floor" if floor and reaches(other, floor) else "longest"
                shown = {"datum": datum, "rule": keep.id, "winner": other.id, "why": WORD + why}
                case.add("H059", file_of(shorter.name), f"keep.{index}", **shown)
                break


def _winners(shorter: Activity, keep: Keep, longer: Activity, datum: str) -> Iterator[Keep]:
    """Yield the rules of another activity that hold a datum longer than this one, its activity's longest."""
    own = [rule for rule in shorter.keep if datum in shorter.subset(rule.data) and _together(rule, keep)]
    if any(rule is not keep and _longer(rule, keep) for rule in own):
        return
    for rule in longer.keep:
        if datum in longer.subset(rule.data) and _together(rule, keep) and _longer(rule, keep):
            yield rule


def _longer(one: Keep, other: Keep) -> bool:
    """Return whether a rule certainly ends later than another of the same record."""
    if one.period is None or other.period is None:
        return other.period is not None
    if one.after != other.after:
        return False
    if one.count_from == other.count_from:
        return at_least(one.period, other.period) and not at_least(other.period, one.period)
    return one.count_from == "year_end" and at_least(one.period, other.period)
