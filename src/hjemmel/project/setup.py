"""A real organisation's start: a declaration in force, the first unit, and one who can let others in."""

import secrets
from typing import Any

from hjemmel.declaration import DeclarationError, load_texts, presets, texts_of
from hjemmel.domain.offices.actions import appoint
from hjemmel.domain.people.actions import NewPerson, enter_contact
from hjemmel.domain.people.formats.email import parse as parse_email
from hjemmel.domain.people.formats.invalid import Invalid
from hjemmel.kernel import access, clock
from hjemmel.kernel.access.accounts import open_account
from hjemmel.kernel.clock.models import Installation
from hjemmel.kernel.statement.actions import apply
from hjemmel.kernel.subjects.models import Subject
from hjemmel.kernel.subjects.refusals import Refused
from hjemmel.kernel.units.models import Unit

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is misread from paper


class SetupError(ValueError):
    """The register cannot be started so; the message says why and what to do."""


def start(*, preset: str, email: str, name: str) -> dict[str, Any]:
    """Start the register in one transaction and return `unit`, `office`, `username`, `password`.

    The first person gets the office that the preset says has the daily charge, at the topmost unit. Runs as
    the owner. Raises SetupError.
    """
    if preset not in presets():
        raise SetupError(f"Oppsettet «{preset}» finnes ikke. Velg et av: {', '.join(presets())}.")
    files = texts_of(preset)
    declared = load_texts(files)
    password = "-".join("".join(secrets.choice(ALPHABET) for _ in range(5)) for _ in range(4))
    with access.acting(actor="console", purpose=("accounts/administration", "offices/administration")):
        if Installation.objects.exists() or Unit.objects.exists() or Subject.objects.exists():
            raise SetupError("Registeret er startet fra før. Velg en annen datamappe med HJEMMEL_HOME.")
        Installation.objects.create(kind=Installation.Kind.PRODUCTION)
        try:
            apply(files)
            top = next(kind for kind in declared.unit_kinds if not kind.under)
            unit = Unit.objects.create(
                kind=top.name, name=declared.organisation.title.nb, opened_on=clock.today()
            )
            person = _first_person(email=parse_email(email).address, name=name, unit_id=unit.pk)
            appoint(subject_id=person, office=declared.organisation.daily, unit_id=unit.pk)
        except DeclarationError as error:
            raise SetupError("\n".join(str(finding) for finding in error.findings)) from error
        except Invalid as fault:
            raise SetupError(f"{fault.message} {fault.allowed}") from fault
        except Refused as refused:
            raise SetupError(" ".join(str(reason) for reason in refused.errors.values())) from refused
        open_account(username=email, password=password, subject_id=person, printed=True)
    office = declared.office(declared.organisation.daily)
    return {"unit": unit.name, "office": office.title.nb, "username": email, "password": password}


def _first_person(*, email: str, name: str, unit_id: int) -> int:
    """Enter whoever starts the register; without a name, the e-mail address says what to call her."""
    given, _, family = (name or email.partition("@")[0].replace(".", " ").title()).rpartition(" ")
    person = NewPerson(given_name=given or family, family_name=family if given else "", emails=[email])
    source = "self_in_person"
    return enter_contact(person=person, reason="Satte opp registeret", source=source, unit_id=unit_id)
