"""Gender, language and bank account; and what all refusals share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hjemmel.domain.people.formats import bank_account, gender, language, reasons
from hjemmel.domain.people.formats.bank_account import InvalidBankAccount
from hjemmel.domain.people.formats.gender import Gender, InvalidGender
from hjemmel.domain.people.formats.language import InvalidLanguage


def account(ten: str) -> str | None:
    """Return the account of ten digits by the published rule, written another way than the code's."""
    check = 11 - sum(int(d) * w for d, w in zip(ten, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=True)) % 11
    return None if check == 10 else f"{ten}{check % 11}"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("K", Gender.WOMAN),
        ("kvinne", Gender.WOMAN),
        ("Jente", Gender.WOMAN),
        ("M", Gender.MAN),
        ("MANN", Gender.MAN),
        ("m.", Gender.MAN),
        ("Annet", Gender.OTHER),
        ("ikke-binær", Gender.OTHER),
        ("", None),
        ("ukjent", None),
        ("Ikke  oppgitt", None),
        ("-", None),
    ],
)
def test_gender_words_are_known(text, value):
    assert gender.parse(text) is value


@pytest.mark.parametrize("text", ["1", "2", "0", "mk", "=M"])
def test_other_gender_words_are_refused(text):
    with pytest.raises(InvalidGender) as refused:
        gender.parse(text)

    assert refused.value.code == "gender.unknown"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("bokmål", "nb"),
        ("Norsk", "nb"),
        ("norsk bokmål", "nb"),
        ("no", "nb"),
        ("nn", "nn"),
        ("Nynorsk", "nn"),
        ("engelsk", "en"),
        ("en-GB", "en"),
        ("nb_NO", "nb"),
        ("nordsamisk", "se"),
        ("polsk", "pl"),
        ("English", "en"),
    ],
)
def test_languages_are_known_by_name_and_code(text, code):
    assert language.parse(text) == code


def test_other_languages_are_refused():
    with pytest.raises(InvalidLanguage) as refused:
        language.parse("klingonsk?")

    assert refused.value.code == "language.unknown"


@given(st.from_regex(r"[0-9]{10}", fullmatch=True))
def test_accounts_pass_exactly_with_their_control_digit(ten):
    right = account(ten)
    for check in "0123456789":
        number = f"{ten}{check}"
        if number == right:
            assert bank_account.parse(number).digits == number
            assert bank_account.parse(bank_account.parse(number).display).digits == number
        else:
            with pytest.raises(InvalidBankAccount):
                bank_account.parse(number)


def test_account_separators_and_iban_do_not_count():
    number = account("1234567890") or account("1234567891")
    rest = 98 - int(f"{number}232400") % 97

    assert bank_account.parse(f"{number[:4]}.{number[4:6]}.{number[6:]}").digits == number
    assert bank_account.parse(f"NO{rest:02} {number}").digits == number
    with pytest.raises(InvalidBankAccount):
        bank_account.parse(f"NO{(rest + 1) % 98:02} {number}")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (" ", "bank_account.empty"),
        ("1234", "bank_account.length"),
        ("12345678a03", "bank_account.not_digits"),
        ("1,23457E+10", "bank_account.spreadsheet"),
    ],
)
def test_what_is_no_account_is_refused_with_its_reason(text, code):
    with pytest.raises(InvalidBankAccount) as refused:
        bank_account.parse(text)

    assert refused.value.code == code


def test_every_reason_is_three_whole_sentences():
    for code, reason in reasons.NB.items():
        assert all(text.endswith(".") and text[0].isupper() for text in reason), code
