"""What the statement says of one spot, as the files stand or would stand."""

from hjemmel.declaration import Activity
from hjemmel.declaration.edit import Spot, label
from hjemmel.faces.look.language import said
from hjemmel.faces.office.declaring.study import Study


def sentences(study: Study, spot: Spot, keys: tuple[str, ...]) -> list[str]:
    """Return the sentences that tell the rules of a spot (or of `keys` there), as far as they can be told."""
    found = study.declaration.activities if study.declaration else ()
    activity = next((each for each in found if each.name == spot.activity), None)
    if activity is None:
        return []
    rules = study.sentences(activity)
    return [rules[rule] for rule in _rules(activity, spot, keys) if rule in rules]


def heading(spot: Spot, keys: tuple[str, ...]) -> str:
    """Return what a spot is called: by the key it stands under, or by the first of `keys`."""
    if keys:
        return said(label(spot.shape, keys[0]))
    if not spot.path:
        return ""
    if spot.activity or spot.file == "organisation.yaml":
        return said(label("activity" if spot.activity else "organisation", str(spot.path[0])))
    return ""


def _rules(activity: Activity, spot: Spot, keys: tuple[str, ...]) -> list[str]:
    if not spot.path:
        return [f"{activity.name}/{key}" for key in keys]
    kind, first, *more = (*spot.path, "")
    at = int(first) if isinstance(first, int) else 0
    own = [duty.id for duty in activity.duties if duty.office == first]
    which = more[0] if more and isinstance(more[0], int) else len(own) - 1
    rules = {
        "keep": [keep.id for keep in activity.keep[at : at + 1]],
        "purposes": [f"{activity.name}/purpose/{first}"],
        "recipients": [given.id for given in activity.recipients[at : at + 1]],
        "duties": own[which : which + 1],
    }
    return rules.get(str(kind), [])
