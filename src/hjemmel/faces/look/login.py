from typing import Any

from allauth.account.forms import LoginForm as LibraryForm
from django.utils.translation import gettext_lazy as _


class LoginForm(LibraryForm):  # type: ignore[misc]
    """The log-in library's form, in our words: a label above each field, and nothing inside."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["login"].label = _("User name")
        self.fields["login"].help_text = _("The e-mail address that your account has.")
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
