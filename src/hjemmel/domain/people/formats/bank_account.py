"""Norwegian bank account numbers: eleven digits, the last a modulo 11 control digit."""

import re
from dataclasses import dataclass, field
from typing import Final

from hjemmel.domain.people.formats.invalid import Invalid

_WEIGHTS: Final = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_SEPARATORS: Final = re.compile(r"[\s\u00a0\u202f.\-]+")
_SPREADSHEET: Final = re.compile(r"\d[.,]\d+E\+?\d+|\d{10,11}[.,]0+", re.IGNORECASE)
_IBAN: Final = re.compile(r"NO[0-9]{13}", re.IGNORECASE)
_DIGITS: Final = re.compile(r"[0-9]+")


class InvalidBankAccount(Invalid):
    """Raised when a text is not a Norwegian account number; `code` starts with "bank_account."."""


@dataclass(frozen=True, slots=True)
class BankAccount:
    """A checked account number. `repr` never shows it."""

    digits: str = field(repr=False)

    @property
    def display(self) -> str:
        """Return the number as banks print it: 1234 56 78903."""
        return f"{self.digits[:4]} {self.digits[4:6]} {self.digits[6:]}"


def parse(text: str) -> BankAccount:
    """Return the account in `text`, written with or without spaces and dots, or as a Norwegian IBAN.

    Raises InvalidBankAccount.
    """
    stripped = text.strip()
    if not stripped:
        raise InvalidBankAccount("bank_account.empty")
    if _SPREADSHEET.fullmatch(stripped):
        raise InvalidBankAccount("bank_account.spreadsheet")
    digits = _SEPARATORS.sub("", stripped)
    if _IBAN.fullmatch(digits):
        if not _iban_holds(digits.upper()):
            raise InvalidBankAccount("bank_account.checksum")
        digits = digits[4:]
    if not _DIGITS.fullmatch(digits):
        raise InvalidBankAccount("bank_account.not_digits")
    if len(digits) != len(_WEIGHTS):
        raise InvalidBankAccount("bank_account.length")
    if sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 11:
        raise InvalidBankAccount("bank_account.checksum")
    return BankAccount(digits)


def _iban_holds(iban: str) -> bool:
    """ISO 13616: the number with its head moved last, letters as 10..35, leaves 1 modulo 97."""
    moved = iban[4:] + iban[:4]
    return int("".join(str(int(sign, 36)) for sign in moved)) % 97 == 1
