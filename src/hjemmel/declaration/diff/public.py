"""What changes in that which is published: nothing of what is only planned, or stands in the record alone."""

from dataclasses import replace
from datetime import date

from hjemmel.declaration.diff.activities import activity_changes
from hjemmel.declaration.diff.change import DIRECTIONS, Change
from hjemmel.declaration.diff.organisation import organisation_changes
from hjemmel.declaration.diff.parties import party_changes
from hjemmel.declaration.model import Activity, Declaration, Mail, Recipient


def public_changes(old: Declaration, new: Declaration) -> tuple[Change, ...]:
    """Return the changes from one published statement to another, those to people's disadvantage first."""
    one, other = published(old), published(new)
    told = activity_changes(one, other)
    found = (*organisation_changes(one, other), *party_changes(one, other, told), *told)
    active = {activity.name for declaration in (old, new) for activity in declaration.active}
    kept = [change for change in found if change.activity is None or change.activity in active]
    return tuple(sorted(kept, key=lambda change: DIRECTIONS.index(change.direction)))


def published(declaration: Declaration) -> Declaration:
    """Return a declaration with what its statement tells, and nothing more."""
    used = _offices(declaration)
    kinds = {name for office in declaration.offices if office.name in used for name in office.at}
    return replace(
        declaration,
        organisation=replace(declaration.organisation, changed=date.min, mail=Mail("", ""), name=""),
        unit_kinds=tuple(replace(kind, under=()) for kind in declaration.unit_kinds if kind.name in kinds),
        offices=tuple(office for office in declaration.offices if office.name in used),
        recipients=tuple(
            replace(each, audit=None, audited=None)
            for each in declaration.recipients
            if _is_told(declaration, each)
        ),
        activities=(
            *(replace(activity, reasons=(), assessments=()) for activity in declaration.active),
            *sorted(map(_named, declaration.planned), key=lambda activity: activity.name),
        ),
        digest="",
    )


def _named(activity: Activity) -> Activity:
    """Return a planned activity with no more than its name: others may move data to it."""
    return Activity(activity.name, activity.title, (), (), (), (), (), planned=True)


def _offices(declaration: Declaration) -> set[str]:
    organisation = declaration.organisation
    used = {duty.office for activity in declaration.active for duty in activity.duties}
    used |= {office.name for office in declaration.offices if office.public}
    return used | {organisation.answers, organisation.daily, organisation.requests}


def _is_told(declaration: Declaration, recipient: Recipient) -> bool:
    """Whether a recipient stands in the statement (as render.outside has it)."""
    given = {each.to for activity in declaration.activities for each in activity.recipients}
    used = {each.to for activity in declaration.active for each in activity.recipients}
    used |= {cookie.set_by for cookie in declaration.organisation.cookies if cookie.set_by}
    alone = recipient.kind == "controller" and recipient.name not in given
    return recipient.serves_all or alone or recipient.name in used
