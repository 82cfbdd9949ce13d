from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hjemmel.domain.people.enums import ContactKind, Gender, Source
from hjemmel.faces.office.forms.basic import Choice, RefusableForm, Version, choices, text

DAY, PHONE, POSTCODE = 12, 18, 6  # how wide, in characters


class NameFields(RefusableForm):
    """Who somebody is."""

    given_name = text(_("Given name"), needed=True)
    middle_name = text(_("Middle name"))
    family_name = text(_("Family name"), needed=True)
    birth_date = text(_("Birth date"), help_text=_("For example 14.03.2001."), size=DAY)
    gender = forms.ChoiceField(
        label=_("Gender"), required=False, choices=[("", _("Not stated")), *choices(Gender.choices)]
    )
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("Not stated")), ("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")],
    )
    employer = text(_("Employer"))


class PersonForm(NameFields):
    """Changing a person. Only the fields that the officer may change are in it."""

    version = Version()
    source = Choice(label=_("Where do you have this from?"), choices=choices(Source.choices))

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


class PointForm(RefusableForm):
    """An e-mail address, a phone number or a postal address."""

    version = Version(required=False)
    kind = Choice(label=_("Kind"), choices=choices(ContactKind.choices))
    source = Choice(label=_("Where do you have this from?"), choices=choices(Source.choices))


class EmailForm(PointForm):
    address = text(_("E-mail"), needed=True, type="email", autocomplete="off")
    field_order = ("address",)


class PhoneForm(PointForm):
    number = text(_("Phone"), needed=True, size=PHONE, type="tel", autocomplete="off")
    field_order = ("number",)


class AddressForm(PointForm):
    lines = text(_("Street address"), needed=True, rows=2)
    postcode = text(_("Postcode"), needed=True, size=POSTCODE)
    place = text(_("Place"), needed=True)
    field_order = ("lines", "postcode", "place")


class RemoveForm(RefusableForm):
    """Taking away a contact point: the reason is logged."""

    version = Version()
    why = Choice(
        label=_("Why"),
        choices=[
            ("out_of_use", _("It is no longer in use")),
            ("wrong", _("It was wrong")),
            ("asked", _("They asked for it")),
        ],
        widget=forms.RadioSelect,
    )


class NumberForm(RefusableForm):
    """A number that is stored encrypted."""

    number = text(_("Number"), needed=True, size=PHONE, inputmode="numeric", autocomplete="off")
