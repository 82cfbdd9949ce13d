"""hjemmel stop: stop what runs in this home."""

import argparse

name = "stop"
summary = "Stopp nettsidene, jobbene og databasen i denne datamappen."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take nothing."""


def run(args: argparse.Namespace) -> int:
    """Stop everything; nothing saved is lost."""
    stopped = args.installation.stop()
    args.out.result({"stopped": stopped}, ["Stoppet." if stopped else "Ingenting kjørte."])
    return 0
