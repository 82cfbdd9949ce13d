"""The organisation itself: its numbers, agreements, promises and units, and texts that lack a language."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from hjemmel.declaration.check.case import ORGANISATION, UNITS, Case
from hjemmel.declaration.check.keep import DAYS
from hjemmel.declaration.model import MONTH, Declaration, Text
from hjemmel.declaration.period import Period

TESTED = Period(years=2)  # how long a test of a security measure is worth something
# Weights of the control digit of an organisation number (Brønnøysundregistrene, modulus 11).
_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


def check(case: Case) -> None:
    """Note false numbers, agreements and promises that cannot stand, rings, languages not written."""
    for controller in case.declaration.organisation.controllers:
        if not is_organisation_number(controller.number):
            path = f"controllers.{controller.name}.number"
            case.add("H080", ORGANISATION, path, number=controller.number)
    _controllers(case)
    _promises(case)
    _ring(case)
    missing = _missing(case.declaration)
    if missing:
        case.add("H081", ORGANISATION, "languages", languages=", ".join(missing))


def _controllers(case: Case) -> None:
    """Who is somebody else, and what those who are not have agreed (GDPR art. 26 and 28)."""
    declaration = case.declaration
    controllers = declaration.organisation.controllers
    for index, controller in enumerate(controllers):
        path = f"controllers.{controller.name}"
        if index == 0 and controller.agreement is not None:
            case.add("H088", ORGANISATION, f"{path}.agreement", name=controller.name)
        elif (controller.agreement is None) != (controller.at_end is None):
            key = "at_end" if controller.at_end is None else "agreement"
            case.add("H087", ORGANISATION, path, name=controller.name, key=key)
    own = {controller.name for controller in controllers if controller.agreement is None}
    together = any(len(own & set(activity.controllers)) > 1 for activity in declaration.activities)
    if together and declaration.organisation.arrangement is None:
        case.add("H082", ORGANISATION, "controllers")


def _promises(case: Case) -> None:
    """The time an answer takes, measures long untested, and cookies that a statute bans."""
    organisation = case.declaration.organisation
    if all(organisation.answer_within.add_to(day) > MONTH.add_to(day) for day in DAYS):
        case.add("H083", ORGANISATION, "answer_within", said=organisation.answer_within)
    for measure in organisation.measures:
        if TESTED.add_to(measure.tested) < organisation.changed:
            shown = {"name": measure.name, "tested": str(measure.tested)}
            case.add("H084", ORGANISATION, f"measures.{measure.name}.tested", **shown)
    for cookie in organisation.cookies:
        if cookie.kind != "necessary" and not cookie.consent:
            path = f"cookies.{cookie.name}"
            case.add("H102", ORGANISATION, path, name=cookie.name)


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
