"""Which declaration a command prints from: the one in force, a folder, or a preset."""

import argparse
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hjemmel.declaration import Declaration, DeclarationError, load, presets
from hjemmel.faces.cli.frame import NOTHING_DECLARED, Cannot


@dataclass(frozen=True)
class Declared:
    """A declaration, and the day and number of its version where it is in force."""

    declaration: Declaration
    changed: date | None = None
    version: str | None = None


def add_source(parser: argparse.ArgumentParser) -> None:
    """Take where the declaration is."""
    parser.add_argument("--preset", choices=presets(), help="fra et oppsett som følger med")
    parser.add_argument("source", nargs="?", metavar="MAPPE", help="fra en mappe (ellers: det som gjelder)")


def chosen(args: argparse.Namespace) -> Declared:
    """Return what was asked for. Raises Cannot where there is none or it cannot be used."""
    source = args.preset or args.source
    if source is None:
        return _in_force(args)
    if args.preset is None and not Path(source).is_dir():
        raise Cannot(f"{source} er ingen mappe.")
    try:
        return Declared(load(source))
    except DeclarationError as error:
        args.out.progress(str(error))
        raise Cannot("Erklæringen har feil. Rett dem og prøv igjen.") from None


def _in_force(args: argparse.Namespace) -> Declared:
    with args.installation.database("owner"):
        from hjemmel.kernel.grounds.queries import (  # noqa: PLC0415 - it needs the models
            NothingDeclaredError,
            in_force,
        )
        from hjemmel.kernel.statement.queries import applied  # noqa: PLC0415 - it needs the models

        try:
            declaration = in_force()
        except NothingDeclaredError:
            raise Cannot(NOTHING_DECLARED) from None
        return Declared(declaration, *applied())
