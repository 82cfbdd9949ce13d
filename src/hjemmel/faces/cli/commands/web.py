"""hjemmel web: the web alone, in the foreground."""

import argparse

name = "web"
summary = "Kjør nettsidene alene, til du stopper dem med Ctrl+C."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take nothing: address and port are settings."""


def run(args: argparse.Namespace) -> int:
    """Serve until stopped."""
    house = args.installation
    house.serve(web=True, worker=False, ready=lambda: args.out.progress(f"Åpne {house.address}"))
    return 0
