"""What columns are called in Norwegian lists, and what they mean to the register."""

import difflib
import re
from enum import StrEnum
from functools import cache
from typing import Final

from hjemmel.domain.people.formats import name


class Field(StrEnum):
    """What a column can mean. The values are the words of map files."""

    FULL_NAME = "full_name"
    GIVEN_NAME = "given_name"
    MIDDLE_NAME = "middle_name"
    FAMILY_NAME = "family_name"
    BIRTH_DATE = "birth_date"
    GENDER = "gender"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"
    POSTCODE = "postcode"
    PLACE = "place"
    COUNTRY = "country"
    NATIONAL_ID = "national_id"
    BANK_ACCOUNT = "bank_account"
    MEMBER_NUMBER = "member_number"
    JOINED_ON = "joined_on"
    LEFT_ON = "left_on"
    MEMBER_TYPE = "member_type"
    UNIT = "unit"
    LANGUAGE = "language"
    EMPLOYER = "employer"
    IGNORE = "ignore"


NAMES: Final = frozenset({Field.FULL_NAME, Field.GIVEN_NAME, Field.FAMILY_NAME})
SEVERAL: Final = frozenset({Field.EMAIL, Field.PHONE, Field.ADDRESS, Field.IGNORE})
"""Fields that more than one column may carry."""

EXACT: Final = 1.0
QUALIFIED: Final = 0.9
MISSPELT: Final = 0.7
_CUTOFF: Final = 0.86
_SHORTEST_MISSPELT: Final = 6
_CHECKED: Final = frozenset(Field) - {Field.MEMBER_NUMBER, Field.MEMBER_TYPE, Field.UNIT, Field.EMPLOYER}
"""Fields whose values would show a wrong guess. "Medlemsår" is one letter from a member number."""

# nb, nn and en, divided by commas; compared without case, marks, spaces and punctuation. `ignore` holds what
# is known and left out on purpose: other people's data, free text, the columns of our own rejects files.
_SPELLINGS: Final[dict[Field, str]] = {
    Field.FULL_NAME: "navn, namn, fullt navn, fullt namn, fulltnavn, name, full name, medlemsnavn",
    Field.GIVEN_NAME: (
        "fornavn, fornamn, førenamn, fornavn og mellomnavn, for- og mellomnavn, first name, given name, "
        "forename"
    ),
    Field.MIDDLE_NAME: "mellomnavn, mellomnamn, middle name",
    Field.FAMILY_NAME: "etternavn, etternamn, slektsnavn, familienavn, last name, surname, family name",
    Field.BIRTH_DATE: (
        "fødselsdato, fødselsdag, født, fødd, født dato, f.dato, fdato, født den, fødselsdata, bursdag, "
        "birth date, date of birth, birthday, dob, born"
    ),
    Field.GENDER: "kjønn, gender, sex",
    Field.EMAIL: (
        "e-post, epost, mail, e-mail, e-postadresse, epostadr, mailadresse, epost-adr, email address"
    ),
    Field.PHONE: (
        "telefon, telefonnummer, telefonnr, tlf, tlf.nr, tlfnummer, mobil, mobiltelefon, mobilnummer, "
        "mobilnr, mobiltlf, tlf mobil, telefon mobil, fasttelefon, phone, phone number, telephone, "
        "mobile, mobile phone, cell"
    ),
    Field.ADDRESS: (
        "adresse, gateadresse, gate, gatenavn, adresselinje, postadresse, bostedsadresse, hjemmeadresse, "
        "veiadresse, vegadresse, bustadadresse, c/o, co-adresse, address, street, street address, address "
        "line"
    ),
    Field.POSTCODE: "postnr, postnummer, post nr, zip, zip code, postcode, postal code",
    Field.PLACE: (
        "poststed, poststad, sted, stad, by, postnr og sted, postnr/sted, postnr og poststed, "
        "postnr/poststed, city, town, place"
    ),
    Field.COUNTRY: "land, country, landkode, country code",
    Field.NATIONAL_ID: (
        "fødselsnummer, fødselsnr, fødselnummer, personnummer, personnr, person nr, fnr, f.nr, fnummer, "
        "d-nummer, dnr, fødselsnummer/d-nummer, fødsels- og personnummer, national id, national identity "
        "number, ssn"
    ),
    Field.BANK_ACCOUNT: (
        "kontonummer, kontonr, bankkonto, bankkontonummer, konto, bank account, account number"
    ),
    Field.MEMBER_NUMBER: (
        "medlemsnummer, medlemsnr, medlem nr, medlemnr, medl.nr, mnr, medlems-id, medlemsid, member "
        "number, member no, member id, membership number"
    ),
    Field.JOINED_ON: (
        "innmeldt, innmeld, innmeldingsdato, innmeldt dato, innmeldelsesdato, medlem fra, medlem siden, "
        "medlem sidan, medlem fra dato, startdato, joined, joined on, join date, member since"
    ),
    Field.LEFT_ON: (
        "utmeldt, utmeld, utmeldingsdato, utmeldt dato, utmeldelsesdato, medlem til, medlem til dato, "
        "sluttdato, sluttet, slutta, left, left on, end date, resigned"
    ),
    Field.MEMBER_TYPE: (
        "medlemstype, type medlem, medlemskategori, medlemskap, medlemskapstype, medlemsslag, kategori, "
        "kontingenttype, member type, membership type, category"
    ),
    Field.UNIT: (
        "lag, lokallag, lokalavdeling, avdeling, enhet, eining, forening, foreining, gruppe, klubb, unit, "
        "chapter, branch, local branch"
    ),
    Field.LANGUAGE: "språk, målform, språkform, foretrukket språk, language, preferred language",
    Field.EMPLOYER: (
        "arbeidsgiver, arbeidsgjevar, arbeidsgivar, arbeidssted, arbeidsstad, bedrift, employer, "
        "workplace, company"
    ),
    Field.IGNORE: (
        "kontaktperson, kontakt, foresatt, føresett, foresatte, pårørende, pårørande, merknad, merknader, "
        "kommentar, kommentarer, notat, notater, alder, fødselsår, status, contact person, guardian, "
        "comment, notes, age, linje, kolonne, feil, hva du kan gjøre"
    ),
}
_QUALIFIERS: Final = re.compile(
    r"\s+(?:[0-9]|i|ii|privat|hjemme|hjem|heime|arbeid|jobb|hoved|ekstra|medlem|primar|primaer|home|work)$"
)


def known(heading: str, *, misspelt: bool = True) -> tuple[Field | None, float]:
    """Return what a heading means and how sure that is, or (None, 0.0) when it is not known.

    1.0 is a known spelling, 0.9 one with a qualifier ("E-post 2", "Telefon privat"), 0.7 one a letter off,
    which counts only if `misspelt`.
    """
    words = name.search_key(re.sub(r"\([^)]*\)", " ", heading))
    if field := _spellings().get(words.replace(" ", "")):
        return field, EXACT
    plain = _QUALIFIERS.sub("", re.sub(r"(?<=\D)([0-9])$", r" \1", words))
    if field := _spellings().get(plain.replace(" ", "")):
        return field, QUALIFIED
    joined = words.replace(" ", "")
    if misspelt and len(joined) >= _SHORTEST_MISSPELT:
        close = difflib.get_close_matches(joined, list(_spellings()), n=1, cutoff=_CUTOFF)
        if close and _spellings()[close[0]] in _CHECKED:
            return _spellings()[close[0]], MISSPELT
    return None, 0.0


@cache
def _spellings() -> dict[str, Field]:
    return {
        name.search_key(spelling).replace(" ", ""): field
        for field, spellings in _SPELLINGS.items()
        for spelling in spellings.split(",")
    }
