"""The form for choosing another password: Django's rules, in our words."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LONGEST = 1000

# What each of Django's rules refuses, in our words; %(min_length)s is the rule's own figure.
REFUSALS = {
    "password_too_short": gettext_lazy("Too short: it must have at least %(min_length)s characters."),
    "password_too_common": gettext_lazy("Many people use this one, so it is tried first. Think of another."),
    "password_entirely_numeric": gettext_lazy("Digits alone are too easy to guess. Use words or letters."),
    "password_too_similar": gettext_lazy("Too like your user name. Think of something else."),
}


def _field(label: Any, autocomplete: str, help_text: Any = "") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, help_text=help_text, widget=widget, strip=False, max_length=LONGEST)


class PasswordForm(forms.Form):
    """The password one has, and the new one twice."""

    old = _field(gettext_lazy("The password you have now"), "current-password")
    new = _field(
        gettext_lazy("New password"),
        "new-password",
        gettext_lazy("At least 12 characters. A few words in a row are easy to remember and hard to guess."),
    )
    again = _field(gettext_lazy("The new password once more"), "new-password")

    def __init__(self, *args: Any, account: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.account = account

    def clean_old(self) -> str:
        """Return the old password. Raises ValidationError where it is not the right one."""
        old: str = self.cleaned_data["old"]
        if not self.account.check_password(old):
            raise ValidationError(_("This is not the password you have now."))
        return old

    def clean_new(self) -> str:
        """Return the new password. Raises ValidationError with each rule that it breaks."""
        new: str = self.cleaned_data["new"]
        try:
            validate_password(new, self.account)
        except ValidationError as refusal:
            raise ValidationError([_in_our_words(one) for one in refusal.error_list]) from refusal
        if self.account.check_password(new):
            raise ValidationError(_("This is the password you have now. Think of another."))
        return new

    def clean(self) -> dict[str, Any]:
        """Compare the two new ones."""
        data: dict[str, Any] = self.cleaned_data
        if "new" in data and "again" in data and data["new"] != data["again"]:
            self.add_error("again", _("The two are not alike. Type the new one once more."))
        return data


def _in_our_words(refusal: ValidationError) -> str:
    words = REFUSALS.get(refusal.code or "", refusal.message)
    return str(words) % (refusal.params or {})
