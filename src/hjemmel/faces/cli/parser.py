"""The arguments of a command, and what is wrong with them said in Norwegian."""

import argparse
import re
from collections.abc import Callable
from typing import Final, NoReturn

_CHOICE: Final = r"\1: «\2» finnes ikke. Velg: \3"
# What argparse says (3.11 to 3.14), and what we say. A message of our own stands where none of these is met.
_SAID: Final = tuple(
    (re.compile(pattern), ours)
    for pattern, ours in (
        (r"the following arguments are required: (.+)", r"dette mangler: \1"),
        (r"unrecognized arguments: (.+)", r"dette hører ikke til her: \1"),
        (
            r"argument (\S+): invalid choice: '?(.*?)'? \(choose from (.*)\)",
            r"\1: «\2» finnes ikke. Velg: \3",
        ),
        (r"argument (\S+): expected one argument", r"\1: verdien mangler"),
        (r"argument (\S+): expected at (?:least|most) .+", r"\1: verdien mangler"),
        (r"argument (\S+): ignored explicit argument .+", r"\1: skal ikke ha noen verdi"),
        (r"argument (\S+): not allowed with argument (\S+)", r"\1: kan ikke stå sammen med \2"),
        (r"argument (\S+): (.+)", r"\1: \2"),
    )
)


class Parser(argparse.ArgumentParser):
    """Says what it says in Norwegian."""

    def __init__(self, **options: object) -> None:
        super().__init__(**{**options, "add_help": False, "allow_abbrev": False})  # type: ignore[arg-type]
        self._positionals.title, self._optionals.title = "argumenter", "valg"
        self.add_argument("-h", "--help", action="help", help="vis denne hjelpen")

    def format_help(self) -> str:
        """Return the help text."""
        return super().format_help().replace("usage: ", "Bruk: ", 1)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and leave with exit code 2."""
        self.exit(2, f"{self.prog}: {_in_norwegian(message)}.\nSe «{self.prog} --help».\n")


def whole_number(low: int, high: int) -> Callable[[str], int]:
    """Return what reads a whole number from `low` to `high`, and says so to whoever gives another."""

    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,18}", text) or not low <= int(text) <= high:
            message = f"skriv et helt tall fra {_spaced(low)} til {_spaced(high)}"
            raise argparse.ArgumentTypeError(message)
        return int(text)

    return read


def _in_norwegian(message: str) -> str:
    for pattern, ours in _SAID:
        if found := pattern.fullmatch(message):
            return found.expand(ours).replace("'", "").rstrip(".")
    return message.rstrip(".")


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", " ")
