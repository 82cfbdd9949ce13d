"""Who sees a datum: for My page and for the side of a person's page."""

from dataclasses import dataclass

from hjemmel.declaration.model import Declaration, Text


@dataclass(frozen=True, slots=True)
class Sight:
    """An office that sees a datum in an activity, where it is held, and whether after the relation ended."""

    office: str
    title: Text
    activity: str
    at: tuple[str, ...]
    reach: str
    sees: str
    may: frozenset[str]


def who_sees(declaration: Declaration, datum: str, activity: str | None = None) -> tuple[Sight, ...]:
    """Return the offices that may see a datum, in all active activities or in one, in the order declared.

    Several duties of an office in one activity are told as one: the widest of each.
    """
    found: dict[tuple[str, str], Sight] = {}
    for source in declaration.active:
        if activity not in {None, source.name}:
            continue
        for duty in source.duties:
            if "read" not in duty.may or datum not in source.subset(duty.data):
                continue
            office = declaration.office(duty.office)
            before = found.get((source.name, duty.office))
            found[source.name, duty.office] = Sight(
                office=duty.office,
                title=office.title,
                activity=source.name,
                at=office.at,
                reach="below" if before and before.reach == "below" else duty.reach,
                sees="ended" if before and before.sees == "ended" else duty.sees,
                may=duty.may | (before.may if before else frozenset()),
            )
    return tuple(found.values())
