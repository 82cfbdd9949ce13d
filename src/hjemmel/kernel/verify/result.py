"""What a check found: how much, and a few examples that name ids only, never a value."""

from collections.abc import Iterable
from dataclasses import dataclass, field

EXAMPLES = 10


@dataclass(frozen=True, slots=True)
class Result:
    """One invariant (its number in the design), how often it is broken, and what was looked at."""

    number: int
    name: str
    count: int
    examples: tuple[str, ...]
    checked: str


@dataclass(slots=True)
class Tally:
    """Counts breaks and keeps the first few."""

    number: int
    name: str
    count: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, example: str, times: int = 1) -> None:
        """Count `times` breaks, shown by one example of ids."""
        self.count += times
        if len(self.examples) < EXAMPLES:
            self.examples.append(example)

    def add_all(self, examples: Iterable[str]) -> None:
        """Count one break for each example."""
        for example in examples:
            self.add(example)

    def result(self, checked: str) -> Result:
        """The result, with what was `checked` in words."""
        return Result(self.number, self.name, self.count, tuple(self.examples), checked)
