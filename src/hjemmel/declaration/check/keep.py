"""Keep rules over the timeline: no datum without an end, no gap, no rule that decides nothing."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from functools import cache

from hjemmel.declaration.check.case import Case, file_of
from hjemmel.declaration.model import Activity, Keep
from hjemmel.declaration.period import Period
from hjemmel.declaration.vocabulary import vocabulary

# Days from which a period can come out differently: where months begin and end, with a leap day among them.
DAYS = tuple(
    date(year, month, day)
    for year in range(2023, 2027)
    for month in range(1, 13)
    for day in (1, *range(28, monthrange(year, month)[1] + 1))
)


def check(case: Case) -> None:
    """Note gaps, rules without an end or a review, and rules that another rule outlasts."""
    for activity in case.declaration.activities:
        _ends(case, activity)
        _outlasted(case, activity)
        if not activity.planned:
            _gaps(case, activity)
            _reviews(case, activity)


def _ends(case: Case, activity: Activity) -> None:
    for index, keep in enumerate(activity.keep):
        path = f"keep.{index}"
        if keep.period is None and keep.review is None:
            case.add("H052", file_of(activity.name), path)
        if keep.period is not None and keep.after is None:
            events = vocabulary().records[keep.what].events if keep.what in vocabulary().records else ()
            case.add("H055", file_of(activity.name), path, allowed=events)


def _gaps(case: Case, activity: Activity) -> None:
    file = file_of(activity.name)
    for use in activity.data:
        holding = [keep for keep in activity.keep if use.datum in activity.subset(keep.data)]
        if not holding:
            case.add("H050", file, "data", item=use.datum, datum=use.datum, activity=activity.name)
        elif conditions := _uncovered(holding, use.only_when):
            case.add("H054", file, "data", item=use.datum, datum=use.datum, when=", ".join(conditions))


def _uncovered(holding: Iterable[Keep], only_when: str | None) -> list[str]:
    """Return the conditions that leave a case open: no rule without one, none for its opposite."""
    open_cases: list[str] = []
    for keep in holding:
        if keep.when is None or keep.when == only_when:
            return []
        open_cases.append(keep.when)
    known = vocabulary().conditions
    closed = any(known[name].opposite in open_cases for name in open_cases if name in known)
    return [] if closed else sorted(set(open_cases))


def _outlasted(case: Case, activity: Activity) -> None:
    for index, keep in enumerate(activity.keep):
        for other_index, other in enumerate(activity.keep):
            if other is keep or other.then != keep.then or not outlasts(activity, other, keep):
                continue
            if not outlasts(activity, keep, other) or other_index < index:
                case.add("H053", file_of(activity.name), f"keep.{index}", other=other.id)
                break


def outlasts(activity: Activity, longer: Keep, shorter: Keep) -> bool:
    """Return whether `longer` holds all that `shorter` does, whenever it does, and at least as long."""
    if longer.what != shorter.what or longer.when not in {None, shorter.when}:
        return False
    if not set(activity.subset(shorter.data)) <= set(activity.subset(longer.data)):
        return False
    if longer.period is None:
        return True
    if shorter.period is None or longer.after != shorter.after:
        return False
    if longer.count_from == "date" and shorter.count_from == "year_end":
        return False
    return at_least(longer.period, shorter.period)


@cache
def at_least(longer: Period, shorter: Period) -> bool:
    """Return whether a period is never shorter than another, whatever day it is counted from."""
    return all(longer.add_to(day) >= shorter.add_to(day) for day in DAYS)


def _reviews(case: Case, activity: Activity) -> None:
    """An ending may never come. So somebody looks, now and then, through what waits for it."""
    reviewed = {keep.after for keep in activity.keep if keep.review}
    for index, keep in enumerate(activity.keep):
        record = vocabulary().records.get(keep.what)
        waits = record is not None and keep.after is not None and keep.after == record.ends
        if waits and keep.period is not None and keep.after not in reviewed:
            path = f"keep.{index}.after"
            case.add("H056", file_of(activity.name), path, event=keep.after)
