"""Consents: what may be asked for, and what somebody has said yes to."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import get_language, gettext, override

from hjemmel.declaration import Activity, Declaration, Purpose, vocabulary
from hjemmel.kernel import clock
from hjemmel.kernel.consent.models import Consent
from hjemmel.kernel.grounds.queries import in_force

LANGUAGES = ("nb", "nn", "en")


@dataclass(frozen=True, slots=True)
class Question:
    """A purpose that rests on consent, over one channel: its title, and the words to ask with."""

    purpose: str
    channel: str
    channel_title: str
    title: str
    wording: str


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """One consent. `open` says whether it counts today."""

    id: int
    version: int
    purpose: str
    title: str
    channel: str
    channel_title: str
    address: str | None
    wording: str
    given_on: date | None
    given_how: str | None
    withdrawn_on: date | None
    withdrawn_how: str | None
    open: bool


def asked(language: str | None = None) -> list[Question]:
    """Return every question of consent that the declaration in force allows, in its order."""
    declaration = in_force()
    lang = _language(language)
    return [
        Question(
            purpose=f"{activity.name}/{purpose.name}",
            channel=channel,
            channel_title=vocabulary().channels[channel].of(lang),
            title=purpose.title.of(lang),
            wording=_wording(declaration, purpose, channel, lang),
        )
        for activity in declaration.active
        for purpose in activity.purposes
        for channel in purpose.channels
    ]


def open_for(subject_id: int) -> list[ConsentRow]:
    """Return the consents of the subject that count today, among those the actor sees. Two queries."""
    today = clock.today()
    return [row for row in _rows(Q(subject_id=subject_id)) if row.open and (row.given_on or today) <= today]


def of(subject_id: int) -> list[ConsentRow]:
    """Return all consents of the subject, withdrawn ones too, among those the actor sees. Two queries."""
    return _rows(Q(subject_id=subject_id))


def _rows(which: Q) -> list[ConsentRow]:
    declaration, lang, today = in_force(), _language(None), clock.today()
    found = Consent.objects.filter(which).select_related("wording").order_by("given_on", "id")
    return [
        ConsentRow(
            id=c.pk,
            version=c.version,
            purpose=c.purpose,
            title=_title(declaration, c.purpose, lang),
            channel=c.channel,
            channel_title=vocabulary().channels[c.channel].of(lang) if c.channel else "",
            address=c.address,
            wording=c.wording.text if c.wording_id else "",
            given_on=c.given_on,
            given_how=c.given_how,
            withdrawn_on=c.withdrawn_on,
            withdrawn_how=c.withdrawn_how,
            open=c.withdrawn_on is None or c.withdrawn_on > today,
        )
        for c in found
        if c.purpose  # hidden from who does not see the choice
    ]


def _title(declaration: Declaration, purpose: str, lang: str) -> str:
    """The purpose in words; its name where the declaration no longer has it."""
    activity, _, name = purpose.partition("/")
    try:
        return declaration.activity(activity).purpose(name).title.of(lang)
    except KeyError:
        return purpose


def find(purpose: str) -> tuple[Activity, Purpose]:
    """Return the activity and purpose behind `activity/purpose`. Raises KeyError."""
    activity, _, name = purpose.partition("/")
    found = in_force().activity(activity)
    return found, found.purpose(name)


def wording(*, purpose: str, channel: str, language: str) -> str:
    """Return the words that a purpose is consented to with, in nb, nn or en. Raises KeyError."""
    _activity, found = find(purpose)
    return _wording(in_force(), found, channel, _language(language))


def _wording(declaration: Declaration, purpose: Purpose, channel: str, lang: str) -> str:
    with override(lang):
        return gettext(
            "Consent: %(organisation)s may %(aim)s (%(channel)s). It can be withdrawn at any time."
        ) % {
            "organisation": declaration.organisation.title.of(lang),
            "aim": purpose.title.of(lang),
            "channel": vocabulary().channels[channel].of(lang),
        }


def _language(language: str | None) -> str:
    chosen = (language or get_language() or "nb").split("-")[0]
    return chosen if chosen in LANGUAGES else "nb"
