"""Which of two lists belong together: the same way round whichever of them is the older."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

_Thing = TypeVar("_Thing")
Pairs = list[tuple[_Thing | None, _Thing | None]]


def paired(
    old: Iterable[_Thing], new: Iterable[_Thing], *alike: Callable[[_Thing], Hashable]
) -> Pairs[_Thing]:
    """Return things in pairs of old and new, None where one has no match.

    Those equal by the first of `alike` are matched first, then what is left by the next; of several that
    match, in the order of what they say, so that turning the lists about turns the pairs about.
    """
    left, right = list(old), list(new)
    found: Pairs[_Thing] = []
    for likeness in alike:
        for one in sorted(left, key=repr):
            same = sorted((other for other in right if likeness(one) == likeness(other)), key=repr)
            if same:
                found.append((one, same[0]))
                left.remove(one)
                right.remove(same[0])
    found += [(one, None) for one in left]
    return found + [(None, other) for other in right]


def reordered(old: Sequence[Hashable], new: Sequence[Hashable]) -> bool:
    """Return whether what both lists hold stands in another order in the new one."""
    before = [name for name in old if name in new]
    return before != [name for name in new if name in before]


def came(old: Iterable[_Thing], new: Iterable[_Thing]) -> tuple[_Thing, ...]:
    """Return what the new list holds and the old one does not, in order."""
    before = set(old)
    return tuple(thing for thing in new if thing not in before)
