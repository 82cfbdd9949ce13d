"""How long something is held, in a few words. The whole rule in words is the declaration's own sentence."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hjemmel.declaration import Declaration, Keep, vocabulary
from hjemmel.faces.look.language import code, said


def lasts(record: str) -> str:
    """Return what a ground without an end is tied to: "Not while the membership lasts"."""
    return _("Not while %(relation)s lasts") % {"relation": said(vocabulary().records[record].the)}


def rule(declaration: Declaration, name: str) -> Keep | None:
    """Return the keep rule of that name, or None where the declaration no longer has it."""
    activity = name.partition("/")[0]
    found = (k for a in declaration.active if a.name == activity for k in a.keep)
    return next((keep for keep in found if keep.id == name), None)


def longest(keeps: Iterable[Keep]) -> Keep | None:
    """Return the rule that holds longest; one without a period holds until somebody decides."""
    return max(keeps, key=_length, default=None)


def goes(keep: Keep) -> str:
    """Return when what a rule holds goes, counted from what has not happened yet."""
    if keep.period is None or keep.after is None:
        return _reviewed(keep)
    event = {"event": said(vocabulary().events[keep.after])}
    period = {"period": keep.period.in_words(code()), **event}
    if not _length(keep)[0]:
        return _("When %(event)s") % event
    if keep.count_from == "year_end":
        return _("%(period)s after the end of the year when %(event)s") % period
    return _("%(period)s after %(event)s") % period


def _length(keep: Keep) -> tuple[int, str]:
    if keep.period is None:
        return 1_000_000, keep.id
    days = (keep.period.years * 12 + keep.period.months) * 31 + keep.period.days
    return days + (keep.count_from == "year_end"), keep.id


def _reviewed(keep: Keep) -> str:
    review = keep.review
    if review is None or not review.years or review.months or review.days:
        return _("No day is set. Somebody looks it over from time to time.")
    return ngettext(
        "No day is set. Somebody looks it over every year.",
        "No day is set. Somebody looks it over at least every %(n)s years.",
        review.years,
    ) % {"n": review.years}
