"""Which offices would see or do more by one declaration than by another."""

from collections.abc import Iterator

from hjemmel.declaration.model import Activity, Declaration, Duty, Office

Atom = tuple[str, ...]


def widened(old: Declaration, new: Declaration) -> frozenset[str]:
    """Return the offices that would reach something by `new` that they do not reach by `old`: a datum for a
    purpose, at a kind of unit, to read or change or take out, of those who have left, or the declaration
    itself. How the rules are divided does not count.
    """
    before, after = _reached(old), _reached(new)
    return frozenset(office for office, atoms in after.items() if atoms - before.get(office, set()))


def _reached(declaration: Declaration) -> dict[str, set[Atom]]:
    found: dict[str, set[Atom]] = {}
    for activity in declaration.active:
        for duty in activity.duties:
            atoms = _atoms(declaration.office(duty.office), activity, duty)
            found.setdefault(duty.office, set()).update(atoms)
    organisation = declaration.organisation
    for office in (organisation.answers, organisation.daily, organisation.requests):
        found.setdefault(office, set()).add(("declaration",))
    return found


def _atoms(office: Office, activity: Activity, duty: Duty) -> Iterator[Atom]:
    """Yield every least thing that a duty lets its holders do. Who sees more sees what is less, too."""
    sees = ("current", "ended") if duty.sees == "ended" else ("current",)
    reach = ("unit", "below") if duty.reach == "below" else ("unit",)
    for purpose in activity.purposes:
        if duty.purposes is not None and purpose.name not in duty.purposes:
            continue
        for datum in sorted(set(activity.subset(duty.data)) & set(activity.subset(purpose.data))):
            for verb in duty.may:
                for kind in office.at:
                    yield from (
                        (activity.name, purpose.name, datum, verb, kind, who, where)
                        for who in sees
                        for where in reach
                    )
