"""When someone else saved first: what differs between what you typed and what is stored now."""

from typing import Any

from django.forms import BoundField, CheckboxInput, Form
from django.utils.translation import gettext

from hjemmel.faces.look.pages import Difference


def differences(mine: Form, *, stored: dict[str, Any]) -> list[Difference]:
    """Return the fields where the typed value and the stored one differ.

    ``mine`` is the form as it was sent, ``stored`` the values as they are now, by field name. Fields that are
    alike are left out: the page sends them on hidden, so that nothing typed is lost.
    """
    found = []
    for bound in mine.visible_fields():
        if bound.name not in stored:
            continue
        yours, theirs = _raw(bound, bound.value()), _raw(bound, stored[bound.name])
        if yours != theirs:
            found.append(
                Difference(
                    name=bound.html_name,
                    label=str(bound.label),
                    yours=yours,
                    theirs=theirs,
                    yours_shown=_shown(bound, yours),
                    theirs_shown=_shown(bound, theirs),
                )
            )
    return found


def untouched(
    mine: Form, *, but: list[Difference], besides: frozenset[str] = frozenset()
) -> list[tuple[str, str]]:
    """Return name and value of every typed field that is not up for a choice, to be sent on hidden.

    ``besides`` names fields the page writes itself, such as the new version.
    """
    chosen = {difference.name for difference in but} | besides
    return [
        (bound.html_name, value)
        for bound in mine
        if bound.html_name not in chosen
        for value in _values(bound)
    ]


def _values(bound: BoundField) -> list[str]:
    value = bound.value()
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    text = _raw(bound, value)
    # An unticked box is said by silence; every other field is sent also when it is empty.
    return [text] if text or not isinstance(bound.field.widget, CheckboxInput) else []


def _raw(bound: BoundField, value: Any) -> str:
    widget = bound.field.widget
    if isinstance(widget, CheckboxInput):
        return "on" if widget.check_test(value) else ""
    formatted = widget.format_value(bound.field.prepare_value(value))
    if isinstance(formatted, list | tuple):
        formatted = formatted[0] if formatted else ""
    return "" if formatted is None else str(formatted)


def _shown(bound: BoundField, raw: str) -> str:
    if isinstance(bound.field.widget, CheckboxInput):
        return gettext("Yes") if raw else gettext("No")
    choices = getattr(bound.field, "choices", None)
    if choices is None:
        return raw
    return next((str(label) for value, label in choices if str(value) == raw), raw)
