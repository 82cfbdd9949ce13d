"""The organisation itself: its numbers, the tree of its units, and texts that lack a language."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from hjemmel.declaration.check.case import ORGANISATION, UNITS, Case
from hjemmel.declaration.model import Declaration, Text

# Weights of the control digit of an organisation number (Brønnøysundregistrene, modulus 11).
_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


def check(case: Case) -> None:
    """Note false organisation numbers, rings of unit kinds, and languages promised but not written."""
    for controller in case.declaration.organisation.controllers:
        if not is_organisation_number(controller.number):
            path = f"controllers.{controller.name}.number"
            case.add("H080", ORGANISATION, path, number=controller.number)
    _ring(case)
    missing = _missing(case.declaration)
    if missing:
        case.add("H081", ORGANISATION, "languages", languages=", ".join(missing))


def is_organisation_number(number: str) -> bool:
    """Return whether nine digits end in their control digit."""
    if len(number) != len(_WEIGHTS) + 1 or not (number.isascii() and number.isdigit()):
        return False
    control = -sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False)) % 11
    return control == int(number[-1])


def _ring(case: Case) -> None:
    above = {kind.name: kind.under for kind in case.declaration.unit_kinds}
    for start, under in above.items():
        seen: list[str] = []
        waiting = list(under)
        while waiting:
            name = waiting.pop()
            if name == start:
                case.add("H064", UNITS, f"{start}.under", ring=" – ".join([start, *seen, start]))
                return
            if name not in seen:
                seen.append(name)
                waiting.extend(above.get(name, ()))


def _missing(declaration: Declaration) -> list[str]:
    promised = declaration.organisation.languages
    texts = list(_texts(declaration))
    return [lang for lang in promised if lang != "nb" and not all(getattr(text, lang) for text in texts)]


def _texts(value: object) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))
