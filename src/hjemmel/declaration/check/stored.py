"""Rules the program cannot carry out: records, events, conditions and data that no table stands for."""

from hjemmel.declaration.check.case import ORGANISATION, Case, file_of
from hjemmel.declaration.check.known import Known
from hjemmel.declaration.model import Activity
from hjemmel.declaration.vocabulary import vocabulary


def check(case: Case, known: Known) -> None:
    """Note what active activities name and the program does not store, and what it stores and none names."""
    for activity in case.declaration.active:
        _rules(case, activity, known)
        for use in activity.data:
            if use.datum not in known.data:
                case.add("H093", file_of(activity.name), "data", item=use.datum, name=use.datum)
            if use.only_when and use.only_when not in known.conditions:
                allowed = sorted(known.conditions)
                case.add(
                    "H092",
                    file_of(activity.name),
                    "data",
                    item=use.datum,
                    allowed=allowed,
                    name=use.only_when,
                )
            elif use.only_when:
                _conditional(case, activity, use.datum, use.only_when)
    declared = {name for activity in case.declaration.active for name in activity.names}
    for name in sorted((known.data & vocabulary().data.keys()) - declared):
        case.add("H094", ORGANISATION, "activities", name=name)


def _conditional(case: Case, activity: Activity, datum: str, condition: str) -> None:
    """A clause holds the same data for everybody it concerns. So whatever is held on a condition needs rules
    that are themselves on that condition, and no other.
    """
    for index, keep in enumerate(activity.keep):
        if keep.when != condition and datum in activity.subset(keep.data):
            path = f"keep.{index}"
            case.add("H095", file_of(activity.name), path, datum=datum, condition=condition, rule=keep.id)


def _rules(case: Case, activity: Activity, known: Known) -> None:
    for index, keep in enumerate(activity.keep):
        if keep.review is not None and keep.what in known.records - known.reviewed:
            allowed = sorted(known.reviewed)
            case.add("H096", file_of(activity.name), f"keep.{index}.review", allowed=allowed, name=keep.what)
        asked = (
            ("H090", "what", keep.what, known.records),
            ("H091", "after", keep.after, known.events),
            ("H092", "when", keep.when, known.conditions),
        )
        for code, key, name, stored in asked:
            if name is not None and name not in stored:
                path = f"keep.{index}.{key}"
                case.add(code, file_of(activity.name), path, allowed=sorted(stored), name=name)
