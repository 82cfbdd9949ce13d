from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hjemmel.faces.office.forms.basic import Choice, RefusableForm, Version, text
from hjemmel.faces.office.forms.people import DAY

REASONS = [
    ("police", _("The police have asked for it")),
    ("court", _("A court has decided it")),
    ("claim", _("There is a dispute, or may be one")),
    ("authority", _("An authority has asked for it")),
]


class HoldForm(RefusableForm):
    """Holding what there is about somebody."""

    reason = Choice(label=_("Why"), choices=REASONS, widget=forms.RadioSelect)
    reference = text(
        _("Who asked, or which case"),
        needed=True,
        help_text=_("For example a case number. The person it is about can read this on My page."),
    )
    record = forms.ChoiceField(label=_("What is held back"), required=False)
    ends_on = text(
        _("Until"),
        help_text=_("The day deletion goes on. Leave open if it is not known: then it is looked over."),
        size=DAY,
    )

    def __init__(self, *args: Any, records: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["record"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Everything about this person")), *records]


class ReleaseForm(RefusableForm):
    """Releasing a hold."""

    version = Version()
