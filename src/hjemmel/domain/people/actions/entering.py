from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TypeVar

from django.utils.translation import gettext_lazy as _

from hjemmel.domain.people.enums import Source
from hjemmel.domain.people.formats import dates, email, gender, language, name, phone, postal
from hjemmel.domain.people.formats.email import Email as EmailAddress
from hjemmel.domain.people.formats.invalid import Invalid
from hjemmel.domain.people.formats.name import Name
from hjemmel.domain.people.formats.phone import Phone as PhoneNumber
from hjemmel.domain.people.formats.postal import Address
from hjemmel.domain.people.models import Email, Person, Phone, PostalAddress
from hjemmel.domain.people.queries import Hit, likely_same
from hjemmel.kernel import clock
from hjemmel.kernel.subjects.refusals import Refused, Sentence, refusals

Read = TypeVar("Read")

MAX_EMPLOYER = 200
MUNICIPALITY_DIGITS = 4


class LikelySame(Exception):  # noqa: N818 - no error: a question that has to be answered first
    """Somebody whom the actor sees may be the one she is about to enter. Nothing was written."""

    def __init__(self, candidates: Sequence[Hit]) -> None:
        self.candidates = list(candidates)
        super().__init__(f"{len(self.candidates)} may be the same")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class NewPerson:
    """A person as typed. Nothing is required but a name; what is empty is not written."""

    given_name: str = ""
    middle_name: str = ""
    family_name: str = ""
    birth_date: date | str | None = None
    gender: str = ""
    language: str = ""
    employer: str = ""
    municipality: str = ""
    emails: Sequence[str] = ()
    phones: Sequence[str] = ()
    address_lines: Sequence[str] = ()
    postcode: str = ""
    place: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Checked:
    """A person whose every value has its form."""

    name: Name
    birth_date: date | None
    gender: str | None
    language: str | None
    employer: str | None
    municipality: str | None
    emails: tuple[EmailAddress, ...]
    phones: tuple[PhoneNumber, ...]
    address: Address | None


class Reader:
    """Reads fields one by one and remembers what was wrong with each."""

    def __init__(self) -> None:
        self.errors: dict[str, Sentence] = {}

    def field(self, field: str, parse: Callable[[], Read]) -> Read | None:
        """Return what `parse` reads, or None with the fault kept under `field`."""
        try:
            return parse()
        except Invalid as fault:
            self.errors.setdefault(field, f"{fault.message} {fault.allowed}")
            return None

    def done(self) -> None:
        """Raise Refused where anything was wrong."""
        if self.errors:
            raise Refused(self.errors)


def read(person: NewPerson) -> Checked:
    """Return the person with every value checked. Raises Refused with all faults, by NewPerson's fields."""
    reader = Reader()
    whole = read_name(reader, person.given_name, person.middle_name, person.family_name)
    emails = [reader.field("emails", partial(email.parse, text)) for text in person.emails if text.strip()]
    phones = [reader.field("phones", partial(phone.parse, text)) for text in person.phones if text.strip()]
    checked = Checked(
        name=whole,
        birth_date=read_birth_date(reader, person.birth_date),
        gender=read_gender(reader, person.gender),
        language=read_language(reader, person.language),
        employer=read_employer(reader, person.employer),
        municipality=read_municipality(reader, person.municipality),
        emails=tuple(dict.fromkeys(e for e in emails if e)),
        phones=tuple(dict.fromkeys(p for p in phones if p)),
        address=reader.field("address_lines", lambda: _address(person)),
    )
    reader.done()
    return checked


def enter(*, subject_id: int, person: NewPerson | Checked, source: str) -> None:
    """Write a person and how to reach her for a subject that has its record already: the record is the
    ground, and the database refuses what it does not hold. Raises Refused and PermissionDenied.
    """
    checked = person if isinstance(person, Checked) else read(person)
    if source not in Source.values:
        raise Refused({"source": _("Choose where this comes from.")})
    today = clock.today()
    with refusals():
        Person.objects.create(
            subject_id=subject_id,
            **name_columns(checked.name),
            name_source=source,
            birth_date=checked.birth_date,
            birth_date_source=source if checked.birth_date else None,
            gender=checked.gender,
            gender_source=source if checked.gender else None,
            language=checked.language,
            municipality=checked.municipality,
            employer=checked.employer,
            employer_source=source if checked.employer else None,
        )
        for place, found in enumerate(checked.emails):
            Email.objects.create(
                subject_id=subject_id, address=found.address, matching=found.key,
                main=place == 0, from_date=today, source=source,
            )  # fmt: skip
        for place, number in enumerate(checked.phones):
            Phone.objects.create(
                subject_id=subject_id, number=number.e164, main=place == 0, from_date=today, source=source
            )
        if checked.address is not None:
            PostalAddress.objects.create(
                subject_id=subject_id, from_date=today, source=source, **address_columns(checked.address)
            )


def refuse_same(person: Checked) -> None:
    """Raise LikelySame where somebody the actor sees may be this person."""
    candidates = likely_same(
        given_name=person.name.given,
        middle_name=person.name.middle,
        family_name=person.name.family,
        birth_date=person.birth_date,
        emails=[e.key for e in person.emails],
        phones=[p.e164 for p in person.phones],
    )
    if candidates:
        raise LikelySame(candidates)


def name_columns(whole: Name) -> dict[str, str | None]:
    """The columns that a name fills."""
    return {
        "given_name": whole.given or None,
        "middle_name": whole.middle or None,
        "family_name": whole.family or None,
        "display_name": whole.display,
        "sort_key": whole.sort_key,
        "search_key": name.search_key(whole.display),
    }


def address_columns(address: Address) -> dict[str, str]:
    """The columns that a postal address fills."""
    return {
        "lines": "\n".join(address.lines),
        "postcode": address.postcode,
        "place": address.place,
        "country": address.country,
    }


def read_name(reader: Reader, given: str, middle: str, family: str) -> Name:
    """Read a name part by part, so that each fault stands by its own field."""
    parts = {"given_name": given, "middle_name": middle, "family_name": family}
    for field, text in parts.items():
        if text.strip():
            reader.field(field, partial(name.parse, given=text))
    if reader.errors.keys() & parts.keys():
        return Name()
    return reader.field("given_name", lambda: name.parse(given=given, middle=middle, family=family)) or Name()


def read_birth_date(reader: Reader, typed: date | str | None) -> date | None:
    text = typed.isoformat() if isinstance(typed, date) else (typed or "").strip()
    if not text:
        return None
    return reader.field("birth_date", lambda: dates.parse_birth(text, today=clock.today()))


def read_gender(reader: Reader, typed: str | None) -> str | None:
    return reader.field("gender", lambda: gender.parse(typed or ""))


def read_language(reader: Reader, typed: str | None) -> str | None:
    return reader.field("language", lambda: language.parse(typed)) if typed and typed.strip() else None


def read_employer(reader: Reader, typed: str | None) -> str | None:
    text = " ".join((typed or "").split())
    if len(text) > MAX_EMPLOYER:
        reader.errors["employer"] = _("At most 200 characters.")
    return text or None


def read_municipality(reader: Reader, typed: str | None) -> str | None:
    text = (typed or "").strip()
    if text and not (text.isascii() and text.isdigit() and len(text) == MUNICIPALITY_DIGITS):
        reader.errors["municipality"] = _("The municipality's number has four digits.")
    return text or None


def _address(person: NewPerson) -> Address | None:
    return postal.parse(
        person.address_lines, postcode=person.postcode, place=person.place, country=person.country
    )
