"""How many persons a change touches, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

# In the order they are told; those that are told only where there are any come with False.
LABELS = {
    "touched": (_("persons are touched by the changes"), True),
    "sooner": (_("persons have something deleted earlier than by the rules in force"), True),
    "due": (_("persons have something deleted already the night after it comes in force"), True),
    "later": (_("persons have something kept longer"), False),
    "into": (_("persons come into the sight of an office that does not see them now"), False),
    "more": (_("persons have more of what is held seen by an office"), False),
}


@dataclass(frozen=True)
class Count:
    """A number with what it counts."""

    value: int
    label: str


def counts(held: Mapping[str, Any]) -> list[Count]:
    """The counts of a preview."""
    return [
        Count(int(held[name]), str(label))
        for name, (label, always) in LABELS.items()
        if name in held and (always or held[name])
    ]
