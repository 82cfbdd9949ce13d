"""What the authority advises and a declaration need not follow: warned, until a reason is recorded."""

from collections.abc import Iterator
from typing import Any

from hjemmel.declaration.check.case import Case, file_of
from hjemmel.declaration.check.names import duty_path
from hjemmel.declaration.law import guidance
from hjemmel.declaration.model import Activity, Keep
from hjemmel.declaration.vocabulary import vocabulary

MEMBERSHIPS = ("membership", "faith_membership")
HISTORY = ("person.name", "office.")  # who held which office when may be kept in a historical archive


def check(case: Case) -> None:
    """Note where guidance is stricter than what is declared."""
    for activity in case.declaration.activities:
        for index, keep in enumerate(activity.keep):
            path = f"keep.{index}"
            if keep.what == "police_certificate" and keep.period is None:
                case.add(
                    "H111", file_of(activity.name), path, source=guidance()["police_certificates"].source
                )
            if case.reveals:
                _leaving(case, activity, keep, path)
        if case.reveals:
            _unpaid(case, activity)
            _hidden(case, activity)


def after_the_end(keep: Keep) -> bool:
    """Return whether a rule goes on after the relation that it holds data of has ended."""
    record = vocabulary().records.get(keep.what)
    ended = record is not None and record.ends is not None and keep.after == record.ends
    return ended and (keep.period is None or bool(keep.period))


def _leaving(case: Case, activity: Activity, keep: Keep, path: str) -> None:
    """Bodies whose members reveal a special category: delete when they leave, archive by consent only."""
    file, source = file_of(activity.name), guidance()["leaving"].source
    names = activity.subset(keep.data)
    history = keep.what == "tenure" and all(name.startswith(HISTORY) for name in names)
    if after_the_end(keep) and any(_ties(names)) and not history:
        case.add("H101", file, path, reveals=case.reveals, source=source)
    archive = keep.then.removeprefix("archive:")
    if keep.what in MEMBERSHIPS and archive != keep.then:
        moved_to = [other for other in case.declaration.activities if other.name == archive]
        articles = {basis.article for other in moved_to for basis in other.basis}
        if moved_to and "6.1.a" not in articles:
            case.add("H107", file, f"{path}.then", archive=archive, reveals=case.reveals, source=source)


def _ties(names: tuple[str, ...]) -> Iterator[str]:
    words = vocabulary().data
    return (name for name in names if name in words and words[name].ties)


def _unpaid(case: Case, activity: Activity) -> None:
    """A membership that nobody pays for is to end too. When it does is not for a keep rule to say; it is
    asked once, where the membership itself is kept.
    """
    unpaid = guidance()["unpaid"]
    for index, keep in enumerate(activity.keep):
        held = activity.subset(keep.data)
        if keep.what == "membership" and keep.period is not None and "membership.dates" in held:
            shown: dict[str, Any] = {"reveals": case.reveals, "source": unpaid.source}
            case.add("H106", file_of(activity.name), f"keep.{index}.what", **shown)
            return


def _hidden(case: Case, activity: Activity) -> None:
    """Whoever has left is no longer seen in the units the same day."""
    below = {kind.name for kind in case.declaration.unit_kinds if kind.under}
    places = {office.name: set(office.at) for office in case.declaration.offices}
    for duty in activity.duties:
        lower = places.get(duty.office, set()) & below
        if duty.sees == "ended" and lower and any(_ties(activity.subset(duty.data))):
            shown: dict[str, Any] = {"reveals": case.reveals, "source": guidance()["leaving"].source}
            case.add(
                "H108", file_of(activity.name), duty_path(activity, duty.id), office=duty.office, **shown
            )
