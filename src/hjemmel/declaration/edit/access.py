"""Which offices would see or do more by one declaration than by another."""

from collections.abc import Iterator
from itertools import product

from hjemmel.declaration.model import Activity, Declaration, Duty, Office

Atom = tuple[str, ...]


def widened(old: Declaration, new: Declaration) -> frozenset[str]:
    """Return the offices that would reach something by `new` that they do not reach by `old`: a datum for a
    purpose, of those whom a record concerns, at a kind of unit, to read or change or take out, of those who
    have left, or the declaration itself. How the rules are divided does not count, nor how long they hold.
    """
    terms = frozenset(keep.when for each in (old, new) for a in each.active for keep in a.keep)
    before, after = _reached(old, terms), _reached(new, terms)
    return frozenset(office for office, atoms in after.items() if atoms - before.get(office, set()))


def _reached(declaration: Declaration, terms: frozenset[str | None]) -> dict[str, set[Atom]]:
    found: dict[str, set[Atom]] = {}
    for activity in declaration.active:
        for duty in activity.duties:
            atoms = _atoms(declaration.office(duty.office), activity, duty, terms)
            found.setdefault(duty.office, set()).update(atoms)
    organisation = declaration.organisation
    for office in (organisation.answers, organisation.daily, organisation.requests):
        found.setdefault(office, set()).add(("declaration",))
    return found


def _atoms(office: Office, activity: Activity, duty: Duty, terms: frozenset[str | None]) -> Iterator[Atom]:
    """Yield every least thing that a duty lets its holders do. Who sees more sees what is less, too.

    A duty reaches people through every keep rule of its activity: whose records those hold, it shows.
    """
    held = {
        (datum, keep.what, term or "")
        for keep in activity.keep
        for datum in activity.subset(keep.data)
        for term in (terms if keep.when is None else (keep.when,))
    }
    sees = ("current", "ended") if duty.sees == "ended" else ("current",)
    reach = ("unit", "below") if duty.reach == "below" else ("unit",)
    for purpose in activity.purposes:
        if duty.purposes is not None and purpose.name not in duty.purposes:
            continue
        used = set(activity.subset(duty.data)) & set(activity.subset(purpose.data))
        through = sorted(one for one in held if one[0] in used)
        steps = product(through, sorted(duty.may), office.at, sees, reach)
        yield from ((activity.name, purpose.name, *one, *rest) for one, *rest in steps)
