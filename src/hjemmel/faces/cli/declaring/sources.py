"""Where a declaration is taken from: a folder, a preset, a version by number, or the one that applies."""

import argparse
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hjemmel.declaration import Declaration, DeclarationError, load_texts, presets, texts_of
from hjemmel.faces.cli.frame import NOTHING_DECLARED, Cannot

APPLIED = "applied"
WHERE = "mappe, oppsett, nummeret på en utgave, eller «applied» for den som gjelder"


@dataclass(frozen=True)
class Source:
    """A declaration with its files, and the version it is where it is or was in force."""

    title: str
    files: dict[str, str]
    declaration: Declaration
    version: int | None = None
    applies: bool = False


def stored(names: Iterable[str]) -> bool:
    """Return whether the database is needed to find any of them."""
    return any(name == APPLIED or name.isdecimal() for name in names)


@contextmanager
def database_for(args: argparse.Namespace, names: Iterable[str]) -> Iterator[None]:
    """Have the database up where any of the names needs it."""
    if not stored(names):
        yield
        return
    with args.installation.database("owner"):
        yield


def source(args: argparse.Namespace, name: str) -> Source:
    """Return the declaration of that name. Raises Cannot where there is none, or it cannot be read."""
    if stored([name]):
        return _version(name)
    files = files_of(name)
    title = f"oppsettet {name}" if name in presets() else f"mappen {name}"
    try:
        return Source(title, files, load_texts(files))
    except DeclarationError as error:
        args.out.progress(str(error))
        raise Cannot("Erklæringen har feil. Rett dem og prøv igjen.") from None


def files_of(name: str) -> dict[str, str]:
    """Return the files of a folder or a preset. Raises Cannot where there is neither."""
    if name not in presets() and not Path(name).is_dir():
        raise Cannot(f"{name} er verken en mappe eller et oppsett ({', '.join(presets())}).")
    try:
        return texts_of(name)
    except DeclarationError as error:
        raise Cannot(str(error)) from None


def _version(name: str) -> Source:
    from hjemmel.kernel.statement.editions import edition, latest  # noqa: PLC0415 - it needs the models

    number = latest() if name == APPLIED else int(name)
    if number is None:
        raise Cannot(NOTHING_DECLARED)
    found = edition(number)
    if found is None:
        raise Cannot(f"Det finnes ingen utgave {number}. Se «hjemmel declaration versions».")
    if found.declaration is None:
        message = f"Utgave {number} er skrevet på et eldre språk, som dette programmet ikke kan lese."
        raise Cannot(f"{message} Filene finner du med «hjemmel declaration export».")
    since = day(found.valid_from)
    applies = found.replaced_on is None
    title = f"utgave {number} (gjelder fra {since})" if applies else f"utgave {number} (gjaldt fra {since})"
    return Source(title, found.files, found.declaration, number, applies)


def day(day: date) -> str:
    """Return a date as it is written in Norway: 01.03.2026."""
    return day.strftime("%d.%m.%Y")
