"""Duties that cannot work, and activities and offices that have none."""

from hjemmel.declaration.check.case import OFFICES, Case, file_of
from hjemmel.declaration.check.names import duty_path


def check(case: Case) -> None:
    """Note duties that act on what they cannot see, activities nobody can see, offices with nothing to do."""
    for activity in case.declaration.activities:
        for duty in activity.duties:
            for verb in sorted(duty.may - {"read"} if "read" not in duty.may else ()):
                case.add("H060", file_of(activity.name), duty_path(activity, duty.id), item=verb, may=verb)
        if not activity.planned and not activity.duties:
            case.add("H062", file_of(activity.name), activity=activity.name)
    busy = {duty.office for activity in case.declaration.activities for duty in activity.duties}
    for office in case.declaration.offices:
        if office.name not in busy and not office.public:
            case.add("H063", OFFICES, office.name, office=office.name)
