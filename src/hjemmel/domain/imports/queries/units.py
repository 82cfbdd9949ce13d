from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from hjemmel.kernel.units.models import Unit


@dataclass(frozen=True, slots=True)
class Place:
    """A unit, as a row can name it. `above` are the units over it and itself."""

    id: int
    name: str
    above: frozenset[int]
    closed_on: date | None


class Units:
    """The units of the register, found by name or number."""

    def __init__(self) -> None:
        """Read them all: one query."""
        self._by_id: dict[int, Place] = {}
        self._by_name: dict[str, list[Place]] = defaultdict(list)
        self.root = 0
        for unit_id, name, above, closed_on, parent in Unit.objects.values_list(
            "id", "name", "ancestors", "closed_on", "parent_id"
        ):
            place = Place(unit_id, name, frozenset(above), closed_on)
            self._by_id[unit_id] = place
            self._by_name[_folded(name)].append(place)
            if parent is None:
                self.root = unit_id

    def __getitem__(self, unit_id: int) -> Place:
        return self._by_id[unit_id]

    def find(self, text: str, *, on: date) -> Place | str:
        """Return the unit of that name or number that was open on the day before `on` at least, or the code
        of what is wrong. Letter case does not count.
        """
        if text.isascii() and text.isdigit() and (place := self._by_id.get(int(text))):
            named = [place]
        else:
            named = self._by_name.get(_folded(text), [])
        open_ = [place for place in named if place.closed_on is None or place.closed_on >= on]
        if len(open_) == 1:
            return open_[0]
        if open_:
            return "unit.ambiguous"
        return "unit.closed" if named else "unit.unknown"


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
