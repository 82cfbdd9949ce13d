from django import forms
from django.utils.translation import gettext_lazy as _

from hjemmel.faces.office.forms.basic import RefusableForm


class EraseForm(RefusableForm):
    """Erasing somebody: one tick, so that nobody does it by a slip."""

    sure = forms.BooleanField(
        label=_("The person has asked for this, and I have made sure who it is"),
        error_messages={"required": _("Tick this first.")},
    )
