"""hjemmel migrate: tables, rights and functions up to date."""

import argparse

from hjemmel.faces.cli.frame import DONE, FINDINGS

name = "migrate"
summary = "Gjør databasen klar, eller oppdater den til denne utgaven."
role = "owner"
makes_database = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take nothing."""


def run(args: argparse.Namespace) -> int:
    """Bring the database up to date. Again it does nothing. Exit code 1 where it stores what nobody declared:
    that stays as it is, and the web gets no right to it.
    """
    applied = args.installation.migrate(args.out.progress)
    from hjemmel.kernel.catalog.completeness import undeclared_columns  # noqa: PLC0415 - it needs the models

    found = undeclared_columns()
    lines = [f"Kjørte {len(applied)} steg." if applied else "Alt var oppdatert fra før."]
    lines += [f"Kolonnen {column} er ikke ført opp i noen personal.py." for column in found]
    args.out.result({"applied": applied, "undeclared": found}, lines)
    return FINDINGS if found else DONE
