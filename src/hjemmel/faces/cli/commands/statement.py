"""hjemmel statement: the privacy statement, printed from the declaration."""

import argparse
from pathlib import Path

from hjemmel.declaration import Declaration, DeclarationError, document, load, presets
from hjemmel.faces.cli.frame import COULD_NOT, DONE, NOTHING_DECLARED, Cannot

name = "statement"
summary = "Skriv ut personvernerklæringen fra erklæringen som gjelder, eller fra en mappe."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take language, form and where the declaration is."""
    parser.add_argument("--lang", choices=["nb"], default="nb", help="språk")
    parser.add_argument("--format", choices=["html"], default="html", help="form")
    parser.add_argument("--preset", choices=presets(), help="fra et oppsett som følger med")
    parser.add_argument("source", nargs="?", metavar="MAPPE", help="fra en mappe (ellers: det som gjelder)")
    parser.add_argument("--preview", action="store_true", help="ta med det som er planlagt")
    parser.set_defaults(role=None)


def run(args: argparse.Namespace) -> int:
    """Print the statement on stdout."""
    source = args.preset or args.source
    try:
        if source is None:
            declaration = _in_force(args)
        elif args.preset or Path(source).is_dir():
            declaration = load(source)
        else:
            raise Cannot(f"{source} er ingen mappe.")
    except DeclarationError as error:
        args.out.progress(str(error))
        return COULD_NOT
    html = document(declaration, args.lang, preview=args.preview)
    args.out.result({"lang": args.lang, "html": html}, [html])
    return DONE


def _in_force(args: argparse.Namespace) -> Declaration:
    with args.installation.database("owner"):
        from hjemmel.kernel.grounds.queries import (  # noqa: PLC0415 - it needs the models
            NothingDeclaredError,
            in_force,
        )

        try:
            return in_force()
        except NothingDeclaredError:
            raise Cannot(NOTHING_DECLARED) from None
