from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hjemmel.faces.office.forms.basic import Choice, RefusableForm, Version, text
from hjemmel.faces.office.forms.people import DAY


class HolderFilter(forms.Form):
    """Which offices of a unit to show."""

    past = forms.BooleanField(label=_("Those who held them before, too"), required=False)
    below = forms.BooleanField(label=_("With the units below"), required=False)

    def __init__(self, *args: Any, has_below: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not has_below:
            del self.fields["below"]

    def chosen(self) -> dict[str, bool]:
        """The filter as it stands in the address."""
        data = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return {"past": bool(data.get("past")), "below": bool(data.get("below"))}


class AppointForm(RefusableForm):
    """Letting somebody hold an office at one unit."""

    office = Choice(label=_("Office"), widget=forms.RadioSelect)
    starts_on = text(_("First day"), help_text=_("Leave open for today."), size=DAY)
    ends_on = text(_("Last day"), help_text=_("Leave open if no end is set."), size=DAY)

    def __init__(self, *args: Any, offices: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["office"]
        if isinstance(field, forms.ChoiceField):
            field.choices = offices


class EndOfficeForm(RefusableForm):
    """Ending an office."""

    version = Version()
    ends_on = text(_("Last day"), help_text=_("The last day they hold it. Leave open for today."), size=DAY)
