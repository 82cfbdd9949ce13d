"""hjemmel backup: a copy of the register, sealed, that ends by itself."""

import argparse
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hjemmel.faces.cli.frame import DONE, FINDINGS

name = "backup"
summary = "Lag en sikkerhetskopi av registeret, og avslutt dem som er for gamle."
role = "owner"

OSLO = ZoneInfo("Europe/Oslo")
STEPS = {
    "data": "Kopierer dataene …",
    "keys": "Kopierer nøklene …",
    "end": "Avslutter kopier som er for gamle …",
    "test": "Leser inn kopien for å prøve den …",
}
KINDS = {"data": "data", "keys": "nøkler"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take where to, and whether to list or to try instead."""
    parser.add_argument(
        "--to", type=Path, metavar="MAPPE", help="legg kopien her (ellers: mappen for kopier)"
    )
    parser.add_argument("--list", action="store_true", help="vis kopiene som kan åpnes, og lag ingen")
    parser.add_argument(
        "--test", action="store_true", help="les inn kopien i en egen database etterpå, og se at alt er med"
    )


def run(args: argparse.Namespace) -> int:
    """Make one, or list those there are. Exit code 1 where a copy that was tried does not add up."""
    if args.list:
        return _list(args)
    made = args.installation.back_up(
        into=args.to, test=args.test, progress=lambda step: args.out.progress(STEPS[step])
    )
    faults = made["faults"]
    lines = [
        f"Kopien ligger i {made['data']['at']} ({_size(made['data']['bytes'])}, {made['rows']} rader).",
        f"Nøklene ligger i {made['keys']['at']} ({_size(made['keys']['bytes'])}, {made['subjects']} nøkler).",
        f"De kan leses til {_time(made['data']['until'])} og {_time(made['keys']['until'])}.",
        *(f"Avsluttet kopien fra {_time(copy['made'])} ({KINDS[copy['kind']]})." for copy in made["ended"]),
    ]
    if faults is not None:
        lines += faults or ["Kopien er lest inn og prøvd: alt er med."]
    args.out.result(made, lines)
    return FINDINGS if faults else DONE


def _list(args: argparse.Namespace) -> int:
    copies = args.installation.backups()
    lines = [_line(copy) for copy in copies] or ["Det er ingen sikkerhetskopier."]
    args.out.result({"backups": copies}, lines)
    return DONE


def _line(copy: dict[str, Any]) -> str:
    size = _size(copy["bytes"]) if copy["there"] else "ikke her nå"
    times = f"{_time(copy['made'])}  {KINDS[copy['kind']]:6}  til {_time(copy['until'])}"
    return f"{times}  {size:>11}  {copy['at']}"


def _time(at: datetime) -> str:
    return f"{at.astimezone(OSLO):%Y-%m-%d %H:%M}"


def _size(number: int) -> str:
    return f"{number / 2**20:.1f} MB".replace(".", ",")
