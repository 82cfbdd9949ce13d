"""Recorded reasons: what a named office has decided not to follow is not said again."""

from hjemmel.declaration.check.case import Case, file_of
from hjemmel.declaration.findings import levels

# Codes that are found only when the check is told what the program stores.
_STORED = "H09"


def check(case: Case, *, stored: bool) -> None:
    """Take away the warnings and advice that a reason is recorded for; note reasons that answer nothing."""
    offices = [office.name for office in case.declaration.offices]
    for activity in case.declaration.activities:
        file = file_of(activity.name)
        for index, reason in enumerate(activity.reasons):
            path = f"reasons.{index}"
            if reason.by not in offices:
                case.add("H027", file, f"{path}.by", allowed=offices, name=reason.by)
            level = levels().get(reason.finding)
            if level is None:
                allowed = [code for code, known in levels().items() if known != "error"]
                case.add("H006", file, f"{path}.finding", allowed=allowed, value=reason.finding)
            elif level == "error":
                case.add("H085", file, f"{path}.finding", finding=reason.finding)
            elif not case.report.drop(reason.finding, file) and (
                stored or not reason.finding.startswith(_STORED)
            ):
                case.add("H086", file, f"{path}.finding", finding=reason.finding)
