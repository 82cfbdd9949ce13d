"""The second reading of who sees what: tenures, duties, units and purposes, worked out in plain Python.

A duty is read as the statement says it: whoever holds this office, at a kind of unit where it is held, sees
these data of those whom the activity ties to her unit (or below it), for these purposes, while the relation
lasts (or after it too).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from hjemmel.declaration import Activity, Declaration, Duty
from hjemmel.kernel.verify.naive import Ground

# Where someone lives and how to reach her; a consent names the address that it is for.
LOCATING = frozenset(
    {
        "person.postal_address",
        "person.email",
        "person.phone",
        "person.municipality",
        "person.employer",
        "membership.unit",
        "consent.choice",
        "office.held",
    }
)
Tree = Mapping[int, tuple[int | None, str]]


@dataclass(frozen=True, slots=True)
class Tenure:
    """Who holds which office where, through which days."""

    id: int
    subject_id: int
    office: str
    unit_id: int
    starts_on: date
    ends_on: date | None

    def runs_on(self, day: date) -> bool:
        """From 00:00 on the first day to 24:00 on the last."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True)
class Held:
    """A duty that somebody has, at a unit, with the data that her present purposes allow."""

    tenure: Tenure
    duty: Duty
    data: frozenset[str]


@dataclass(frozen=True, slots=True)
class Person:
    """How a subject must be treated."""

    shielded: bool = False
    restricted: bool = False


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What one duty shows of one ground. `reached` though `data` may be empty: all of it was shielded."""

    data: frozenset[str]
    shielded: bool


class Reading:
    """Who sees what under one declaration, in one tree of units, on one day."""

    def __init__(self, declaration: Declaration, tree: Tree, today: date) -> None:
        self.tree = tree
        self.today = today
        self.kinds = {office.name: frozenset(office.at) for office in declaration.offices}
        self.duties: list[tuple[Activity, Duty]] = [(a, d) for a in declaration.active for d in a.duties]
        self.purposes = tuple(f"{a.name}/{p.name}" for a in declaration.active for p in a.purposes)
        self._above: dict[int | None, frozenset[int]] = {}

    def above(self, unit: int | None) -> frozenset[int]:
        """The unit and every one above it."""
        if unit not in self._above:
            found: set[int] = set()
            at = unit
            while at is not None and at not in found:
                found.add(at)
                at = self.tree[at][0] if at in self.tree else None
            self._above[unit] = frozenset(found)
        return self._above[unit]

    def held(self, tenures: Iterable[Tenure], purposes: Iterable[str]) -> list[Held]:
        """The duties that these tenures carry for these purposes today."""
        acting = frozenset(purposes)
        return [
            Held(tenure, duty, data)
            for tenure in tenures
            if tenure.runs_on(self.today)
            for activity, duty in self.duties
            if duty.office == tenure.office and self.held_there(tenure)
            if (data := allowed(activity, duty, acting))
        ]

    def glimpse(self, held: Held, ground: Ground, person: Person) -> Glimpse | None:
        """What a duty shows of a ground, or None where it does not reach it."""
        duty = held.duty
        if duty.activity != ground.activity or not ground.holds_on(self.today):
            return None
        if duty.sees != "ended" and ground.ended is not None and ground.ended <= self.today:
            return None
        if person.restricted and "restricted" not in duty.may:
            return None
        if held.tenure.unit_id != ground.unit_id and (
            duty.reach != "below" or held.tenure.unit_id not in self.above(ground.unit_id)
        ):
            return None
        data = held.data & ground.data
        if not data:
            return None
        shielded = "shielded" in duty.may
        return Glimpse(data - LOCATING if person.shielded and not shielded else data, shielded)

    def held_there(self, tenure: Tenure) -> bool:
        """Whether the office is one that is held at this kind of unit."""
        unit = self.tree.get(tenure.unit_id)
        return unit is not None and unit[1] in self.kinds.get(tenure.office, frozenset())


def allowed(activity: Activity, duty: Duty, acting: frozenset[str]) -> frozenset[str]:
    """The data that a duty shows for the purposes at hand: the duty's own that one of the purposes uses."""
    data: set[str] = set()
    for purpose in activity.purposes:
        if f"{activity.name}/{purpose.name}" not in acting:
            continue
        if duty.purposes is None or purpose.name in duty.purposes:
            data |= set(activity.subset(duty.data)) & set(activity.subset(purpose.data))
    return frozenset(data)
