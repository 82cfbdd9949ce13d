"""What was found, by kind. Examples name numbers of lines and checkpoints, never what they say."""

from dataclasses import dataclass, field
from typing import Literal, get_args

from hjemmel.kernel.verify.result import EXAMPLES

Kind = Literal[
    "line_changed",  # a sealed line says something else than it did
    "line_gone",  # a sealed line is not there
    "line_out_of_time",  # a line came into the log long before or after the time it says
    "place_gone",  # places in a month's tree are missing
    "place_loose",  # places that no checkpoint ever covered
    "root_differs",  # the lines do not make the tree that was signed
    "signature_differs",  # a checkpoint that this register's key has not signed
    "chain_broken",  # a checkpoint is missing, or another than the next one names
    "checkpoint_differs",  # a checkpoint's row says another month, size or root than its note
    "value_differs",  # a value that its line's commitment does not fit
    "values_uncounted",  # values came or went without being counted
    "outside_differs",  # the register has another checkpoint than the one kept outside
    "outside_missing",  # the checkpoint kept outside is of more than the register has
]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(slots=True)
class Found:
    """How often one kind of break was met, and the first few."""

    count: int = 0
    examples: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Outcome:
    """Everything that was found."""

    found: dict[Kind, Found] = field(default_factory=dict)

    def add(self, kind: Kind, example: str, times: int = 1) -> None:
        """Count `times` breaks of a kind, shown by one example."""
        one = self.found.setdefault(kind, Found())
        one.count += times
        if len(one.examples) < EXAMPLES:
            one.examples.append(example)

    @property
    def count(self) -> int:
        """How many breaks there are of all kinds."""
        return sum(one.count for one in self.found.values())
