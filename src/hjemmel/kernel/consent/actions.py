"""Giving and withdrawing consents. Rows are appended; a withdrawal is written on the row it ends, once."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils.translation import gettext_lazy as _

from hjemmel.kernel import clock
from hjemmel.kernel.consent.models import Consent
from hjemmel.kernel.consent.queries import find, wording
from hjemmel.kernel.subjects.models import new_id
from hjemmel.kernel.subjects.refusals import ConflictError, Refused, Sentence, refusals

# Channels where a consent is worth nothing without the address it was given for.
ADDRESSED = (Consent.Channel.EMAIL, Consent.Channel.PHONE, Consent.Channel.SMS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A consent as it was given: for what, over which channel, to which address (checked by the caller),
    how, when (today if not said) and in which language it was asked. `repr` shows no address.
    """

    purpose: str
    channel: str
    address: str = ""
    how: str
    given_on: date | None = None
    language: str = "nb"

    def __repr__(self) -> str:
        return f"Given({self.purpose}, {self.channel}, {self.how})"


def give(*, subject_id: int, given: Given) -> int:
    """Record a consent and return its id; the one that is open already, if it is the same.

    Raises Refused (fields purpose, channel, address, how, given_on) and PermissionDenied.
    """
    on = given.given_on or clock.today()
    if errors := _faults(given, on):
        raise Refused(errors)
    words = wording(purpose=given.purpose, channel=given.channel, language=given.language)
    values: list[Any] = [
        new_id(), subject_id, given.purpose, given.channel, given.address or None,
        given.language, words, on, given.how,
    ]  # fmt: skip
    with refusals(), connection.cursor() as cursor:
        cursor.execute("select kernel.give_consent(%s, %s, %s, %s, %s, %s, %s, %s, %s)", values)
        row: tuple[int] = cursor.fetchone()
    return row[0]


def withdraw(*, consent_id: int, version: int, how: str, on: date | None = None) -> int:
    """Withdraw a consent, from `on` (today if not said), and return the row's new version. A consent that is
    withdrawn already stays as it is. Raises Refused (fields how, on), ConflictError and PermissionDenied.
    """
    day = on or clock.today()
    row = Consent.objects.filter(pk=consent_id).values("given_on", "version").first()
    if row is None:
        raise PermissionDenied
    errors: dict[str, Sentence] = {}
    if how not in Consent.How.values:
        errors["how"] = _("Choose how.")
    if day > clock.today():
        errors["on"] = _("The date cannot be later than today.")
    elif row["given_on"] and day < row["given_on"]:
        errors["on"] = _("The consent cannot be withdrawn before it was given.")
    if errors:
        raise Refused(errors)
    with refusals(), connection.cursor() as cursor:
        cursor.execute("select kernel.withdraw_consent(%s, %s, %s, %s)", [consent_id, version, day, how])
        new: tuple[int | None] = cursor.fetchone()
    if new[0] is None:
        raise ConflictError(version=row["version"], stored={})
    return new[0]


def _faults(given: Given, on: date) -> dict[str, Sentence]:
    errors: dict[str, Sentence] = {}
    try:
        _activity, purpose = find(given.purpose)
    except KeyError:
        return {"purpose": _("Nobody is asked for consent to this.")}
    if given.channel not in purpose.channels:
        errors["channel"] = _("Nobody is asked for consent to this over this channel.")
    if given.channel in ADDRESSED and not given.address:
        errors["address"] = _("Say which address or number the consent is for.")
    if given.how not in Consent.How.values:
        errors["how"] = _("Choose how.")
    if on > clock.today():
        errors["given_on"] = _("The date cannot be later than today.")
    return errors
