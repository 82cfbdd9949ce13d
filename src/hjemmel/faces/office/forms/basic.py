from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

LONG = 10_000  # nothing typed is cut off on the way in; the action says what is too long


class Text(forms.CharField):
    """A field of text. The action says what is right and wrong in it; `needed` tells people that it will not
    do without.
    """

    def __init__(self, *, needed: bool = False, **options: Any) -> None:
        super().__init__(required=False, max_length=LONG, **options)
        self.needed = needed


class Choice(forms.ChoiceField):
    """One of what is offered. That one has to be chosen is said by the action, with all else that is
    wrong.
    """

    needed = True

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)


class Version(forms.IntegerField):
    """Which version of the stored row the page shows. Nobody types it, so whatever is wrong with it is said
    in one sentence.
    """

    def __init__(self, *, required: bool = True) -> None:
        torn = _("Something is missing from the page that was sent. Open it anew, and save once more.")
        super().__init__(
            required=required,
            min_value=0,
            max_value=2**31 - 1,
            widget=forms.HiddenInput,
            error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), torn),
        )


def text(label: Any, *, needed: bool = False, help_text: Any = "", **attrs: Any) -> Text:
    """A field of text, `size` characters wide where its content is short, or with `rows` where it has lines;
    `attrs` are those of the input.
    """
    widget = forms.Textarea if "rows" in attrs else forms.TextInput
    return Text(label=label, needed=needed, help_text=help_text, widget=widget(attrs=attrs))


def choices(enum: Any) -> list[tuple[str, Any]]:
    """The choices of a list as they stand alone: their first letter large."""
    return [(value, capfirst(label)) for value, label in enum]


class RefusableForm(forms.Form):
    """A form that shows what an action refused, beside the fields it spoke of."""

    # What an action calls a field that has another name, or none, in the form.
    called: Mapping[str, str] = {}

    def put(self, name: str, value: object) -> None:
        """Let a field of a form already sent hold another value when it is shown again."""
        self.data = {**dict(self.data.items()), name: str(value)}

    def refuse(self, errors: Mapping[str, str]) -> None:
        """Put each sentence beside its field; what belongs to no field stands on top."""
        for name, sentence in errors.items():
            field = self.called.get(name, name)
            self.add_error(field if field in self.fields else None, sentence)
