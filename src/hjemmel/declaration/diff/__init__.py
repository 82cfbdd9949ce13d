"""What changes for people from one declaration to another, in words and by rule.

Two declarations are compared by what they say, not by how they are written: a keep rule is known by its
record, event, condition and data, a duty by its office, a recipient by its name. Whatever differs gives a
change, if only the one that says that the words differ and the content does not.
"""

from hjemmel.declaration.diff.activities import activity_changes
from hjemmel.declaration.diff.change import DIRECTIONS, KINDS, Change
from hjemmel.declaration.diff.organisation import date_alone, organisation_changes
from hjemmel.declaration.diff.parties import party_changes
from hjemmel.declaration.model import Declaration

__all__ = ["DIRECTIONS", "KINDS", "Change", "changes"]


def changes(old: Declaration, new: Declaration) -> tuple[Change, ...]:
    """Return every change from `old` to `new`: the organisation's first, then activity by activity as the
    new statement tells them.

    The date of last change follows from the others and is told only where it stands alone.
    """
    if old == new:
        return ()
    told = activity_changes(old, new)
    found = (*organisation_changes(old, new), *party_changes(old, new, told), *told)
    return found or date_alone(old, new)
