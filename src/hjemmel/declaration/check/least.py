"""No more than the purpose needs: proofs of consent, history of offices, third persons, publication."""

from collections.abc import Iterable

from hjemmel.declaration.check.case import OFFICES, Case, file_of
from hjemmel.declaration.check.guidance import HISTORY, after_the_end
from hjemmel.declaration.model import Activity, Keep

CONSENT = "6.1.a"
PROOF = ("person.name", "consent.")
# Data of one person that say who another is: groups end in a dot.
THIRD = (
    "family.",
    "membership.recruiter",
    "membership.recruits",
    "participation.signed_up_by",
    "application.references",
)


def check(case: Case) -> None:
    """Note data that stay when the reason for them has gone."""
    for activity in case.declaration.activities:
        _proof(case, activity)
        for index, keep in enumerate(activity.keep):
            _kept(case, activity, keep, f"keep.{index}")
    _published(case)


def _kept(case: Case, activity: Activity, keep: Keep, path: str) -> None:
    file, names = file_of(activity.name), activity.subset(keep.data)
    if keep.period is None and keep.review is not None and keep.at_request is None:
        case.add("H115", file, path, rule=keep.id)
    if not after_the_end(keep):
        return
    if keep.what == "consent" and (more := _beyond(names, PROOF)):
        case.add("H110", file, path, data=", ".join(more))
    if keep.what == "tenure" and keep.period is None and (more := _beyond(names, HISTORY)):
        case.add("H112", file, path, data=", ".join(more))
    if others := [name for name in names if name.startswith(THIRD)]:
        case.add("H113", file, path, item=others[0], datum=others[0])


def _beyond(names: Iterable[str], allowed: tuple[str, ...]) -> list[str]:
    return [name for name in names if not name.startswith(allowed)]


def _proof(case: Case, activity: Activity) -> None:
    """Whoever relies on consent must be able to show it (GDPR art. 7 no. 1), after its end too."""
    articles = {article for purpose in activity.purposes for article in purpose.basis}
    if CONSENT not in articles or "consent.choice" not in activity.names or not activity.keep:
        return
    proofs = [keep for keep in activity.keep if keep.what == "consent" and after_the_end(keep)]
    if not any("consent.choice" in activity.subset(keep.data) for keep in proofs):
        case.add("H109", file_of(activity.name), "data", item="consent.choice")


def _published(case: Case) -> None:
    """An office whose holders are published tells of them what belonging reveals."""
    holding = [activity for activity in case.declaration.activities if "office.held" in activity.names]
    for office in case.declaration.offices:
        if office.public and case.reveals:
            file, path = (file_of(holding[0].name), "data") if holding else (OFFICES, f"{office.name}.public")
            item = "office.held" if holding else ""
            case.add("H114", file, path, item=item, office=office.name, reveals=case.reveals)
