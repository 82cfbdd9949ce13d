"""hjemmel status: what runs in this home."""

import argparse
from dataclasses import asdict

name = "status"
summary = "Vis hva som kjører."
STATES = {"ready": "oppe", "down": "nede", "starting": "på vei opp", "stopping": "på vei ned"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take nothing."""


def run(args: argparse.Namespace) -> int:
    """Print the state; start nothing."""
    now = args.installation.status()
    web = f"oppe på {now.address} (prosess {now.pid})" if now.web else "nede"
    database = STATES.get(now.database, now.database)
    args.out.result(asdict(now), [f"Nettsider: {web}", f"Database:  {database}", f"Datamappe: {now.home}"])
    return 0
