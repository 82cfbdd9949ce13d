"""What a statute demands: data kept so long and no longer, seen by few (refused or warned)."""

from typing import Any

from hjemmel.declaration.check.case import Case, file_of
from hjemmel.declaration.check.keep import at_least
from hjemmel.declaration.law import Floor, floors
from hjemmel.declaration.model import Activity, Keep
from hjemmel.declaration.vocabulary import vocabulary


def check(case: Case) -> None:
    """Note rules that a statute forbids, and those that go on when it alone was the basis."""
    for activity in case.declaration.activities:
        for name in activity.names:
            if floor := floor_of(activity, name):
                _at_least(case, activity, name, floor)
                _at_request(case, activity, name, floor)
                _no_longer(case, activity, name, floor)
        _seen(case, activity)


def floor_of(activity: Activity, datum: str) -> Floor | None:
    """Return the shortest time a statute sets for a datum of an activity, if one of its bases names one."""
    for basis in activity.basis:
        floor = floors().get(basis.statute or "")
        if floor and (not basis.for_ or datum in basis.for_):
            return floor
    return None


def alone(activity: Activity, datum: str) -> bool:
    """Return whether nothing but statutes with a floor allows a datum of an activity to be held."""
    bases = [b for b in activity.basis if b.article.startswith("6.") and (not b.for_ or datum in b.for_)]
    return bool(bases) and all(basis.statute in floors() for basis in bases)


def reaches(keep: Keep, floor: Floor) -> bool:
    """Return whether a rule keeps as long as a statute demands, whatever day its event comes."""
    if keep.period is None:
        return True
    return keep.count_from == floor.count_from and at_least(keep.period, floor.period)


def _at_least(case: Case, activity: Activity, name: str, floor: Floor) -> None:
    holding = [
        (index, keep) for index, keep in enumerate(activity.keep) if name in activity.subset(keep.data)
    ]
    if holding and not any(reaches(keep, floor) for _, keep in holding):
        shown = _shown(name, floor) | {"iso": str(floor.period)}
        case.add("H100", file_of(activity.name), f"keep.{holding[-1][0]}", **shown)


def _shown(name: str, floor: Floor) -> dict[str, Any]:
    return {"statute": vocabulary().statutes[floor.statute].title, "datum": name, "period": floor.period}


def _at_request(case: Case, activity: Activity, name: str, floor: Floor) -> None:
    """The floor stands before the request: what the law keeps cannot be promised away."""
    for index, keep in enumerate(activity.keep):
        if keep.at_request and name in activity.subset(keep.data):
            path = f"keep.{index}.at_request"
            case.add("H103", file_of(activity.name), path, **_shown(name, floor))


def _no_longer(case: Case, activity: Activity, name: str, floor: Floor) -> None:
    for index, keep in enumerate(activity.keep):
        longer = keep.period is None or not at_least(floor.period, keep.period)
        if longer and name in activity.subset(keep.data) and alone(activity, name):
            case.add("H104", file_of(activity.name), f"keep.{index}", **_shown(name, floor))


def _seen(case: Case, activity: Activity) -> None:
    """What only the accounts need is for one office to see, and for whoever answers requests."""
    kept = {name for name in activity.names if alone(activity, name)}
    answers = case.declaration.organisation.requests
    offices = dict.fromkeys(
        duty.office
        for duty in activity.duties
        if duty.sees == "ended" and duty.office != answers and kept & set(activity.subset(duty.data))
    )
    if len(offices) > 1:
        shown = {"offices": ", ".join(offices), "data": ", ".join(sorted(kept))}
        case.add("H105", file_of(activity.name), "duties", **shown)
