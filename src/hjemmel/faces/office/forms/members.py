from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hjemmel.domain.members.enums import JoinedHow, LeavingCategory, MembershipKind
from hjemmel.domain.people.enums import Source
from hjemmel.faces.office.forms.basic import Choice, RefusableForm, Version, choices, text
from hjemmel.faces.office.forms.people import DATUM_OF, DAY, PHONE, POSTCODE, NameFields
from hjemmel.kernel.consent.actions import Given
from hjemmel.kernel.consent.queries import Question

# Lists are read in by a command of their own, so nobody types that here.
HOWS = [one for one in choices(JoinedHow.choices) if one[0] != JoinedHow.IMPORT]
# How somebody joined, and how the consents on the same form were given.
CONSENTED = {"web": "web", "paper": "paper", "event": "event"}


class MemberFilter(forms.Form):
    """Which members of a unit to show."""

    state = forms.ChoiceField(
        label=_("Who"),
        required=False,
        choices=[("current", _("Members today")), ("ended", _("Those who have left")), ("all", _("All"))],
    )
    below = forms.BooleanField(label=_("With the units below"), required=False)

    def __init__(self, *args: Any, has_below: bool, sees_ended: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not has_below:
            del self.fields["below"]
        if not sees_ended:
            del self.fields["state"]

    def chosen(self) -> dict[str, Any]:
        """The filter as it stands in the address; anything unknown is members today."""
        data = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return {"state": data.get("state") or "current", "below": bool(data.get("below"))}


class ConsentFields(RefusableForm):
    """Each consent asked for has a box of its own, never ticked beforehand, with the very words as label."""

    def __init__(self, *args: Any, questions: Sequence[Question] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.questions = {f"consent_{place}": one for place, one in enumerate(questions)}
        asked = {f"consent/{q.purpose}/{q.channel}": name for name, q in self.questions.items()}
        self.called = {**self.called, **asked}
        for name, question in self.questions.items():
            self.fields[name] = forms.BooleanField(label=question.wording, required=False)

    @property
    def plain(self) -> Iterator[BoundField]:
        """The fields that are no consent."""
        return (bound for bound in self if bound.name not in self.questions)

    @property
    def consent_boxes(self) -> list[BoundField]:
        """The consents."""
        return [self[name] for name in self.questions]

    def consents(self, how: str) -> list[Given]:
        """Those that were ticked; `how` is how somebody joined or got in touch."""
        manner, language = CONSENTED.get(how, "office"), (get_language() or "nb").split("-")[0]
        return [
            Given(purpose=q.purpose, channel=q.channel, how=manner, language=language)
            for name, q in self.questions.items()
            if self.cleaned_data.get(name)
        ]


class Reachable(ConsentFields, NameFields):
    """Who somebody is and how to reach them."""

    called: Mapping[str, str] = {"emails": "email", "phones": "phone"}

    email = text(_("E-mail"), type="email", autocomplete="off")
    phone = text(_("Phone"), size=PHONE, type="tel", autocomplete="off")
    address_lines = text(_("Street address"))
    postcode = text(_("Postcode"), size=POSTCODE)
    place = text(_("Place"))
    source = Choice(label=_("Where do you have this from?"), choices=choices(Source.choices))
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


class JoinForm(Reachable):
    """Enrolling somebody. What is not held there, or the officer may not write, is left out."""

    called: Mapping[str, str] = {**Reachable.called, "joined_how": "how"}

    kind = Choice(label=_("Type of membership"), choices=choices(MembershipKind.choices))
    joined_on = text(_("Member from"), help_text=_("Leave open for today."), size=DAY)
    how = Choice(label=_("How did they join?"), choices=HOWS)


class RejoinForm(RefusableForm):
    """Enrolling somebody who is in the register already."""

    called: Mapping[str, str] = {"joined_how": "how"}

    kind = Choice(label=_("Type of membership"), choices=choices(MembershipKind.choices))
    joined_on = text(_("Member from"), help_text=_("Leave open for today."), size=DAY)
    how = Choice(label=_("How did they join?"), choices=HOWS)


class ContactForm(Reachable):
    """Somebody who got in touch and is no member."""

    reason = text(
        _("What is it about?"), needed=True, help_text=_("In a few words. Write nothing private here.")
    )
    field_order = ("reason",)


class EndForm(RefusableForm):
    """Ending a membership."""

    called: Mapping[str, str] = {"leaving_reason": "reason"}

    version = Version()
    left_on = text(
        _("Left on"),
        help_text=_("The first day they are no longer a member. Leave open for today."),
        size=DAY,
    )
    leaving = forms.ChoiceField(
        label=_("Why"), required=False, choices=[("", _("Not stated")), *choices(LeavingCategory.choices)]
    )
    reason = text(_("In their own words"), help_text=_("Only if they want to say."))

    def __init__(self, *args: Any, may: frozenset[str], **options: Any) -> None:
        super().__init__(*args, **options)
        if "membership.leaving" not in may:
            del self.fields["leaving"]
        if "membership.leaving_reason" not in may:
            del self.fields["reason"]
