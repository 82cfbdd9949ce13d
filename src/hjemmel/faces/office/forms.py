"""The forms of the office: fields and words only. What is right and wrong is said by the actions."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hjemmel.domain.members.enums import JoinedHow, LeavingCategory, MembershipKind
from hjemmel.domain.people.enums import ContactKind, Gender, Source

LONG = 10_000  # nothing typed is cut off on the way in; the action says what is too long


def _text(label: Any, *, required: bool = False, help_text: Any = "", **options: Any) -> forms.CharField:
    return forms.CharField(label=label, required=required, help_text=help_text, max_length=LONG, **options)


class RefusableForm(forms.Form):
    """A form that shows what an action refused, beside the fields it spoke of."""

    def put(self, name: str, value: object) -> None:
        """Let a field of a form already sent hold another value when it is shown again."""
        data = self.data.copy()
        data[name] = str(value)
        self.data = data

    def refuse(self, errors: Mapping[str, str]) -> None:
        """Put each sentence beside its field; what belongs to no field stands on top."""
        for name, sentence in errors.items():
            self.add_error(name if name in self.fields else None, sentence)


class MemberFilter(forms.Form):
    """Which members of a unit to show."""

    state = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[("current", _("Members today")), ("ended", _("Those who have left")), ("all", _("All"))],
    )
    below = forms.BooleanField(label=_("With the units below"), required=False)

    def chosen(self) -> dict[str, Any]:
        """The filter as it stands in the address; anything unknown is members today."""
        data = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return {"state": data.get("state") or "current", "below": bool(data.get("below"))}


class NameFields(RefusableForm):
    """Who somebody is."""

    given_name = _text(_("Given name"))
    middle_name = _text(_("Middle name"))
    family_name = _text(_("Family name"))
    birth_date = _text(_("Birth date"), help_text=_("For example 14.03.2001."))
    gender = forms.ChoiceField(
        label=_("Gender"), required=False, choices=[("", _("Not stated")), *Gender.choices]
    )
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("Not stated")), ("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")],
    )
    employer = _text(_("Employer"))


class PersonForm(NameFields):
    """Changing a person. Only the fields that the officer may change are in it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    source = forms.ChoiceField(label=_("Where do you have this from?"), choices=Source.choices)

    def __init__(self, *args: Any, may: frozenset[str], **options: Any) -> None:
        super().__init__(*args, **options)
        for name, datum in DATUM_OF.items():
            if datum not in may:
                del self.fields[name]


DATUM_OF = {
    "given_name": "person.name",
    "middle_name": "person.name",
    "family_name": "person.name",
    "birth_date": "person.birth_date",
    "gender": "person.gender",
    "language": "person.language",
    "employer": "person.employer",
}


class JoinForm(NameFields):
    """Enrolling somebody. What is not held there, or the officer may not write, is left out."""

    email = _text(_("E-mail"))
    phone = _text(_("Phone"))
    address_lines = _text(_("Street address"))
    postcode = _text(_("Postcode"))
    place = _text(_("Place"))
    kind = forms.ChoiceField(label=_("Type of membership"), choices=MembershipKind.choices)
    joined_on = _text(_("Member from"), help_text=_("Leave open for today."))
    how = forms.ChoiceField(label=_("How did they join?"), choices=JoinedHow.choices)
    source = forms.ChoiceField(label=_("Where do you have this from?"), choices=Source.choices)
    even_so = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, may: frozenset[str], **options: Any) -> None:
        super().__init__(*args, **options)
        fields = DATUM_OF | {
            "email": "person.email",
            "phone": "person.phone",
            "address_lines": "person.postal_address",
            "postcode": "person.postal_address",
            "place": "person.postal_address",
        }
        for name, datum in fields.items():
            if datum not in may:
                del self.fields[name]


class EndForm(RefusableForm):
    """Ending a membership."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    left_on = _text(
        _("Left on"), help_text=_("The first day they are no longer a member. Leave open for today.")
    )
    leaving = forms.ChoiceField(
        label=_("Why"), required=False, choices=[("", _("Not stated")), *LeavingCategory.choices]
    )
    reason = _text(_("In their own words"), help_text=_("Only if they want to say."))

    def __init__(self, *args: Any, may: frozenset[str], **options: Any) -> None:
        super().__init__(*args, **options)
        if "membership.leaving" not in may:
            del self.fields["leaving"], self.fields["reason"]


class PointForm(RefusableForm):
    """An e-mail address, a phone number or a postal address."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=ContactKind.choices)
    source = forms.ChoiceField(label=_("Where do you have this from?"), choices=Source.choices)


class EmailForm(PointForm):
    address = _text(_("E-mail"), widget=forms.TextInput(attrs={"type": "email", "autocomplete": "off"}))
    field_order = ("address",)


class PhoneForm(PointForm):
    number = _text(_("Phone"), widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}))
    field_order = ("number",)


class AddressForm(PointForm):
    lines = _text(_("Street address"))
    postcode = _text(_("Postcode"))
    place = _text(_("Place"))
    field_order = ("lines", "postcode", "place")


class RemoveForm(RefusableForm):
    """Taking away a contact point: the reason is logged."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.ChoiceField(
        label=_("Why"),
        choices=[
            ("out_of_use", _("It is no longer in use")),
            ("wrong", _("It was wrong")),
            ("asked", _("They asked for it")),
        ],
        widget=forms.RadioSelect,
    )
