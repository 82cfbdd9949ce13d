"""Rules that speak of data their activity does not declare."""

from hjemmel.declaration.check.case import Case, file_of
from hjemmel.declaration.check.names import bases, duty_path
from hjemmel.declaration.model import Activity


def check(case: Case) -> None:
    """Note each datum that a rule names and its activity does not."""
    for activity in case.declaration.activities:
        _purposes(case, activity)
        _rules(case, activity)
    declared = {name for activity in case.declaration.activities for name in activity.names}
    for activity in case.declaration.activities:
        for name in activity.logged:
            if name not in declared:
                case.add(
                    "H047", file_of(activity.name), "logged", item=name, datum=name, activity=activity.name
                )


def _purposes(case: Case, activity: Activity) -> None:
    for purpose in activity.purposes:
        _strangers(case, "H047", activity, f"purposes.{purpose.name}.data", purpose.data)
    for path, basis in bases(activity):
        _strangers(case, "H047", activity, f"{path}.for", basis.for_)


def _rules(case: Case, activity: Activity) -> None:
    for index, keep in enumerate(activity.keep):
        _strangers(case, "H051", activity, f"keep.{index}.data", keep.data)
    for duty in activity.duties:
        _strangers(
            case, "H061", activity, f"{duty_path(activity, duty.id)}.data", duty.data, office=duty.office
        )
    for index, disclosure in enumerate(activity.recipients):
        _strangers(case, "H072", activity, f"recipients.{index}.data", disclosure.data, to=disclosure.to)


def _strangers(
    case: Case, code: str, activity: Activity, path: str, data: frozenset[str] | None, **values: object
) -> None:
    for name in sorted((data or frozenset()).difference(activity.names)):
        shown = {"datum": name, "activity": activity.name, **values}
        case.add(code, file_of(activity.name), path, item=name, allowed=activity.names, **shown)
