from collections.abc import Mapping
from typing import Any

from django import forms

LONG = 10_000  # nothing typed is cut off on the way in; the action says what is too long


def text(label: Any, *, required: bool = False, help_text: Any = "", **options: Any) -> forms.CharField:
    """A field of text. Whether it is needed is the action's to say, so none is by default."""
    return forms.CharField(label=label, required=required, help_text=help_text, max_length=LONG, **options)


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
