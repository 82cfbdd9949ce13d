import pytest

from hjemmel.domain.imports.csv import Field
from hjemmel.domain.imports.csv.headings import known


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Fornavn", Field.GIVEN_NAME),
        ("FØRENAMN", Field.GIVEN_NAME),
        ("Etternavn", Field.FAMILY_NAME),
        ("Etternamn", Field.FAMILY_NAME),
        ("Mellomnavn", Field.MIDDLE_NAME),
        ("Navn", Field.FULL_NAME),
        ("Fullt_navn", Field.FULL_NAME),
        ("Fødselsdato", Field.BIRTH_DATE),
        ("Foedselsdato", Field.BIRTH_DATE),
        ("Født", Field.BIRTH_DATE),
        ("Fødselsdato (dd.mm.åååå)", Field.BIRTH_DATE),
        ("Kjønn", Field.GENDER),
        ("E-post", Field.EMAIL),
        ("Epost", Field.EMAIL),
        ("e-mail:", Field.EMAIL),
        ("Mobil", Field.PHONE),
        ("Tlf.nr.", Field.PHONE),
        ("Adresse", Field.ADDRESS),
        ("C/O", Field.ADDRESS),
        ("Postnr", Field.POSTCODE),
        ("Post nr.", Field.POSTCODE),
        ("Poststad", Field.PLACE),
        ("Postnr/sted", Field.PLACE),
        ("Land", Field.COUNTRY),
        ("Personnummer", Field.NATIONAL_ID),
        ("Fødselsnr.", Field.NATIONAL_ID),
        ("D-nummer", Field.NATIONAL_ID),
        ("Kontonr", Field.BANK_ACCOUNT),
        ("Medlemsnr", Field.MEMBER_NUMBER),
        ("Medlems-ID", Field.MEMBER_NUMBER),
        ("Innmeldt", Field.JOINED_ON),
        ("Medlem siden", Field.JOINED_ON),
        ("Utmeldt dato", Field.LEFT_ON),
        ("Medlemstype", Field.MEMBER_TYPE),
        ("Lag", Field.UNIT),
        ("Lokallag", Field.UNIT),
        ("Eining", Field.UNIT),
        ("Målform", Field.LANGUAGE),
        ("Arbeidsgjevar", Field.EMPLOYER),
        ("First name", Field.GIVEN_NAME),
        ("Date of birth", Field.BIRTH_DATE),
        ("Kontaktperson", Field.IGNORE),
        ("Merknad", Field.IGNORE),
    ],
)
def test_known_spellings(heading, field):
    assert known(heading) == (field, 1.0)


@pytest.mark.parametrize(
    ("heading", "field", "confidence"),
    [
        ("E-post 2", Field.EMAIL, 0.9),
        ("Adresse2", Field.ADDRESS, 0.9),
        ("Telefon privat", Field.PHONE, 0.9),
        ("Fødseldato", Field.BIRTH_DATE, 0.7),
        ("Innmeldigsdato", Field.JOINED_ON, 0.7),
    ],
)
def test_near_spellings_are_less_sure(heading, field, confidence):
    assert known(heading) == (field, confidence)


@pytest.mark.parametrize(
    "heading",
    ["", "Skostørrelse", "Medlemsår", "E-post foresatt", "Mobil far", "Navn på foresatt", "Telefaks"],
)
def test_other_headings_mean_nothing_rather_than_something_wrong(heading):
    assert known(heading) == (None, 0.0)
