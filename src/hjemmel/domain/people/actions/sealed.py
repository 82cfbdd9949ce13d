from typing import Literal

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from hjemmel.domain.people.actions.entering import Reader
from hjemmel.domain.people.actions.points import WHY
from hjemmel.domain.people.formats import bank_account, national_id
from hjemmel.domain.people.models import Person
from hjemmel.domain.people.queries import hjemler
from hjemmel.kernel.access.reasons import because
from hjemmel.kernel.clock.models import Installation
from hjemmel.kernel.subjects.refusals import Refused, refusals
from hjemmel.kernel.vault import actions as vault
from hjemmel.kernel.vault.models import Sealed

NATIONAL_ID, BANK_ACCOUNT = "person.national_id", "person.bank_account"
NO_BASIS = _("Nothing that holds this person (%(activities)s) has a ground for this number.")


def set_national_id(*, person_id: int, number: str) -> None:
    """Keep a national identity number, sealed. Raises Refused (number), also where no activity that holds the
    person declares it, and PermissionDenied. Demonstrations and tests refuse numbers of real people,
    production synthetic ones.
    """
    reader = Reader()
    found = reader.field("number", lambda: national_id.parse(number, allow=_allowed()))
    reader.done()
    if found is not None:
        _set(person_id, NATIONAL_ID, found.digits)


def reveal_national_id(*, person_id: int) -> str | None:
    """Return the eleven digits, or None where there are none she may see. Each showing is logged."""
    return vault.open_sealed(subject_id=person_id, datum=NATIONAL_ID)


def remove_national_id(*, person_id: int, why: str) -> None:
    """Remove the number. `why` is wrong, out_of_use or asked. Raises Refused (why) and PermissionDenied."""
    _remove(person_id, NATIONAL_ID, why)


def set_bank_account(*, person_id: int, number: str) -> None:
    """Keep a bank account number, sealed. Raises Refused (number) and PermissionDenied."""
    reader = Reader()
    found = reader.field("number", lambda: bank_account.parse(number))
    reader.done()
    if found is not None:
        _set(person_id, BANK_ACCOUNT, found.digits)


def reveal_bank_account(*, person_id: int) -> str | None:
    """Return the eleven digits, or None where there are none she may see. Each showing is logged."""
    return vault.open_sealed(subject_id=person_id, datum=BANK_ACCOUNT)


def remove_bank_account(*, person_id: int, why: str) -> None:
    """Remove the account. `why` is wrong, out_of_use or asked. Raises Refused (why) and PermissionDenied."""
    _remove(person_id, BANK_ACCOUNT, why)


def _allowed() -> Literal["real", "synthetic"]:
    production = Installation.objects.filter(kind=Installation.Kind.PRODUCTION).exists()
    return "real" if production else "synthetic"


def _set(person_id: int, datum: str, digits: str) -> None:
    if not Person.objects.filter(pk=person_id).exists():
        raise PermissionDenied
    grounds = hjemler(person_id)
    if grounds and not any(datum in ground.data for ground in grounds):
        titles = ", ".join(dict.fromkeys(ground.activity_title for ground in grounds))
        raise Refused({"number": NO_BASIS % {"activities": titles}})
    with refusals():
        vault.seal(subject_id=person_id, datum=datum, text=digits)


def _remove(person_id: int, datum: str, why: str) -> None:
    if why not in WHY:
        raise Refused({"why": _("Choose why.")})
    row = Sealed.objects.filter(subject_id=person_id, datum=datum).values_list("pk", "version").first()
    if row is None:
        raise PermissionDenied
    with refusals(), because(f"rectification:{why}"):
        gone, _by_model = Sealed.objects.filter(pk=row[0], version=row[1]).delete()
    if not gone:
        raise PermissionDenied
