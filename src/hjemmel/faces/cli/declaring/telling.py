"""What a comparison says on the terminal, and as JSON."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from hjemmel.declaration import Change, Declaration

if TYPE_CHECKING:  # a comparison of two folders needs no models
    from hjemmel.kernel.statement.effects import Effects

SIGNS = {"wider": "+", "narrower": "-", "other": "·"}
LEGEND = "+ er til ulempe for dem det gjelder, - er til fordel, · er ingen av delene."
ORGANISATION = "Organisasjonen"


def lines(
    changes: tuple[Change, ...],
    new: Declaration,
    old: Declaration,
    lang: str,
    effects: "Effects | None" = None,
) -> Iterator[str]:
    """Yield the changes by activity, and how many persons each touches where that was counted."""
    if not changes:
        yield "Ingenting er endret."
        return
    persons = [counted.persons for counted in effects.changes] if effects else [None] * len(changes)
    heading = None
    for change, number in sorted(
        zip(changes, persons, strict=True), key=lambda pair: pair[0].activity is not None
    ):
        title = _title(change, new, old, lang)
        if title != heading:
            heading = title
            yield title
        touched = "" if number is None else f" ({_persons(number)})"
        yield f"  {SIGNS[change.direction]} {change.words.of(lang)}{touched}"
    yield LEGEND


def effect_lines(effects: "Effects") -> Iterator[str]:
    """Yield what the changes come to."""
    yield f"Endringene gjelder {_persons(effects.touched)}. Til ulempe: {_persons(effects.worse)}."
    due, seen = effects.due, effects.seen
    if due.persons or due.records:
        yield (
            f"Slettes den første natten: opplysninger om {_persons(due.persons)},"
            f" og {_number(due.records)} {'oppføring' if due.records == 1 else 'oppføringer'}."
        )
    if effects.sooner:
        years = ", ".join(f"{_number(number)} i {year}" for year, number in effects.sooner)
        yield f"Noe går tidligere enn det ville ha gjort, personer etter år: {years}."
    if effects.later:
        yield f"Noe blir liggende lenger om {_persons(effects.later)}."
    if seen.into:
        yield f"Noen får se {_persons(seen.into)} som de ikke ser i dag."
    if seen.more:
        yield f"Noen får se mer om {_persons(seen.more)}."
    if seen.out:
        yield f"Noen får ikke lenger se {_persons(seen.out)}."
    if seen.less:
        yield f"Noen får se mindre om {_persons(seen.less)}."


def as_json(changes: tuple[Change, ...], effects: "Effects | None" = None) -> dict[str, Any]:
    """Return the same as plain values, the words in every language."""
    persons = [counted.persons for counted in effects.changes] if effects else [None] * len(changes)
    told = [asdict(change) | {"persons": number} for change, number in zip(changes, persons, strict=True)]
    if effects is None:
        return {"changes": told, "effects": None}
    counted = {
        "touched": effects.touched,
        "worse": effects.worse,
        "due": asdict(effects.due),
        "sooner": dict(effects.sooner),
        "later": effects.later,
        "seen": asdict(effects.seen),
    }
    return {"changes": told, "effects": counted}


def _title(change: Change, new: Declaration, old: Declaration, lang: str) -> str:
    if change.activity is None:
        return ORGANISATION
    for declaration in (new, old):
        for activity in declaration.activities:
            if activity.name == change.activity:
                return activity.title.of(lang)
    return change.activity


def _persons(number: int) -> str:
    return f"{_number(number)} {'person' if number == 1 else 'personer'}"


def _number(number: int) -> str:
    return f"{number:,}".replace(",", " ")
