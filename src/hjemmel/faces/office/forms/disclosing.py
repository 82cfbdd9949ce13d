from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hjemmel.faces.office.forms.basic import RefusableForm

WHO = [
    ("all", _("Everybody it is about")),
    ("fresh", _("Only those of whom we have not given anything this way before")),
]


class DiscloseForm(RefusableForm):
    """From which unit, and of whom. `ready`: how many have been shown, and the file is asked for."""

    unit = forms.ChoiceField(label=_("From"))
    who = forms.ChoiceField(label=_("Of whom"), choices=WHO, widget=forms.RadioSelect, initial="all")
    shielded = forms.BooleanField(
        label=_("Also those with a secret address, without where they live"), required=False
    )
    ready = forms.BooleanField(required=False, widget=forms.HiddenInput)
    called = {"rule": ""}

    def __init__(
        self, *args: Any, units: Sequence[tuple[int, str]], may_shielded: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        field = self.fields["unit"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(str(number), name) for number, name in units]
        if len(units) == 1:
            field.widget = forms.HiddenInput()
            field.initial = str(units[0][0])
        if not may_shielded:
            del self.fields["shielded"]
