"""hjemmel migrate: tables, rights and functions up to date."""

import argparse

name = "migrate"
summary = "Gjør databasen klar, eller oppdater den til denne utgaven."
role = "owner"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take nothing."""


def run(args: argparse.Namespace) -> int:
    """Bring the database up to date. Again it does nothing."""
    applied = args.installation.migrate(args.out.progress)
    lines = [f"Kjørte {len(applied)} steg." if applied else "Alt var oppdatert fra før."]
    args.out.result({"applied": applied}, lines)
    return 0
