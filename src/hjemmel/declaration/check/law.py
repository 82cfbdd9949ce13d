"""What a statute demands (refused) and what the authority advises (warned, until a reason is recorded)."""

from hjemmel.declaration.check.case import Case, file_of
from hjemmel.declaration.check.keep import at_least
from hjemmel.declaration.law import Floor, floors
from hjemmel.declaration.model import Activity, Keep
from hjemmel.declaration.vocabulary import vocabulary


def check(case: Case) -> None:
    """Note keep rules shorter than a statute demands, and longer than is advised after somebody has left."""
    for activity in case.declaration.activities:
        for basis in activity.basis:
            if floor := floors().get(basis.statute or ""):
                _at_least(case, activity, basis.for_ or frozenset(activity.names), floor)
        if case.declaration.organisation.reveals and not activity.planned:
            _advised(case, activity)


def _at_least(case: Case, activity: Activity, data: frozenset[str], floor: Floor) -> None:
    for name in activity.subset(data):
        holding = [
            (index, keep) for index, keep in enumerate(activity.keep) if name in activity.subset(keep.data)
        ]
        if holding and not any(_reaches(keep, floor) for _, keep in holding):
            index = holding[-1][0]
            shown = {"datum": name, "iso": str(floor.period), "period": floor.period.in_words("nb")}
            statute = vocabulary().statutes[floor.statute].title.nb
            case.add("H100", file_of(activity.name), f"keep.{index}", statute=statute, **shown)


def _reaches(keep: Keep, floor: Floor) -> bool:
    if keep.period is None:
        return True
    return keep.count_from == floor.count_from and at_least(keep.period, floor.period)


def _advised(case: Case, activity: Activity) -> None:
    """Bodies whose members reveal a special category are advised to delete at once when somebody leaves."""
    words = vocabulary()
    said = ", ".join(
        words.special[name].nb for name in case.declaration.organisation.reveals if name in words.special
    )
    for index, keep in enumerate(activity.keep):
        record = words.records.get(keep.what)
        left = record is not None and record.ends is not None and keep.after == record.ends
        ties = any(words.data[name].ties for name in activity.subset(keep.data) if name in words.data)
        if left and ties and (keep.period is None or keep.period) and keep.because is None:
            case.add("H101", file_of(activity.name), f"keep.{index}", reveals=said)
