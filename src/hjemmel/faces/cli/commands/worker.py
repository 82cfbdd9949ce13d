"""hjemmel worker: the background jobs alone, in the foreground."""

import argparse

name = "worker"
summary = "Kjør bakgrunnsjobbene alene, til du stopper dem med Ctrl+C."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take nothing."""


def run(args: argparse.Namespace) -> int:
    """Work until stopped."""
    args.installation.serve(web=False, worker=True, ready=lambda: args.out.progress("Jobbene går."))
    return 0
