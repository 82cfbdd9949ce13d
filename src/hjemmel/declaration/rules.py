"""The enforceable rules of a declaration, as one flat list.

The kernel enforces these and nothing else, and the statement marks each sentence with the id of the rule it
tells; so the two can be compared rule by rule. Planned activities give no rules.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hjemmel.declaration.model import Activity, Declaration, Disclosure, Duty, Keep, Purpose

KINDS = ("data", "purpose", "keep", "duty", "recipient", "logged", "public", "undo")
Fields = Mapping[str, str | bool | tuple[str, ...] | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its id (stable within a version), its kind, and its fields as plain values.

    A list of data is always written out in declared order; None means not given. What an organisation need
    not say (`by_subject`, `delete_within`, `at_request`) is there only where it does.
    """

    id: str
    kind: str
    fields: Fields


def rules(declaration: Declaration) -> list[Rule]:
    """Return every rule of the active activities, in the order the statement tells them."""
    undo = declaration.organisation.undo
    found = [Rule("undo", "undo", {"period": str(undo)})] if undo else []
    found += [rule for activity in declaration.active for rule in _of(declaration, activity)]
    public = (office for office in declaration.offices if office.public)
    return found + [Rule(f"office/{o.name}/public", "public", {"office": o.name, "at": o.at}) for o in public]


def _of(declaration: Declaration, activity: Activity) -> Iterator[Rule]:
    yield Rule(f"{activity.name}/data", "data", _data(activity))
    for purpose in activity.purposes:
        yield Rule(f"{activity.name}/purpose/{purpose.name}", "purpose", _purpose(activity, purpose))
    if activity.logged:
        yield Rule(f"{activity.name}/logged", "logged", {"activity": activity.name, "data": activity.logged})
    for duty in activity.duties:
        yield Rule(duty.id, "duty", _duty(activity, duty))
    for disclosure in activity.recipients:
        yield Rule(disclosure.id, "recipient", _recipient(declaration, activity, disclosure))
    for keep in activity.keep:
        yield Rule(keep.id, "keep", _keep(activity, keep))


def _data(activity: Activity) -> Fields:
    conditions = {use.datum: use.only_when for use in activity.data if use.only_when}
    return {
        "activity": activity.name,
        "data": activity.names,
        "only_when": tuple(f"{datum}: {condition}" for datum, condition in conditions.items()),
    }


def _purpose(activity: Activity, purpose: Purpose) -> Fields:
    fields: Fields = {
        "activity": activity.name,
        "purpose": purpose.name,
        "basis": purpose.basis,
        "data": activity.subset(purpose.data),
        "channels": purpose.channels,
    }
    own = tuple(f"{each.subject}: {', '.join(each.basis)}" for each in purpose.by_subject)
    return {**fields, "by_subject": own} if own else fields


def _duty(activity: Activity, duty: Duty) -> Fields:
    purposes = tuple(p.name for p in activity.purposes if duty.purposes is None or p.name in duty.purposes)
    return {
        "activity": activity.name,
        "office": duty.office,
        "may": tuple(sorted(duty.may)),
        "sees": duty.sees,
        "data": activity.subset(duty.data),
        "purposes": purposes,
        "reach": duty.reach,
    }


def _recipient(declaration: Declaration, activity: Activity, disclosure: Disclosure) -> Fields:
    fields: Fields = {
        "activity": activity.name,
        "to": disclosure.to,
        "data": activity.subset(disclosure.data),
        "when": disclosure.when,
        "article": disclosure.basis.article,
        "statute": disclosure.basis.statute,
    }
    within = declaration.recipient(disclosure.to).delete_within
    return fields if within is None else {**fields, "delete_within": str(within)}


def _keep(activity: Activity, keep: Keep) -> Fields:
    fields: Fields = {
        "activity": activity.name,
        "record": keep.what,
        "data": activity.subset(keep.data),
        "period": None if keep.period is None else str(keep.period),
        "event": keep.after,
        "count_from": keep.count_from,
        "condition": keep.when,
        "then": keep.then,
        "review": None if keep.review is None else str(keep.review),
    }
    return {**fields, "at_request": keep.at_request} if keep.at_request else fields
