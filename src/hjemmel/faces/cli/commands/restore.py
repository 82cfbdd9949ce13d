"""hjemmel restore: the register from a backup."""

import argparse
from pathlib import Path

from hjemmel.faces.cli.frame import DONE, FINDINGS, Cannot

name = "restore"
summary = "Hent registeret fram fra en sikkerhetskopi."
role = "owner"
makes_database = True

STEPS = {
    "check": "Ser etter at kopien er hel …",
    "copy": "Lager en kopi av det som er her nå …",
    "read": "Leser inn kopien …",
    "migrate": "Gjør databasen klar for denne utgaven …",
    "replay": "Sletter på nytt det som er slettet siden …",
    "sweep": "Sletter det som skulle vært slettet siden …",
    "verify": "Ser etter at registeret holder det det lover …",
    "switch": "Tar det i bruk …",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the backup, and what may be done although."""
    parser.add_argument(
        "backup", nargs="?", type=Path, metavar="KOPI", help="mappen kopien ligger i, eller en fil i den"
    )
    parser.add_argument("--over", action="store_true", help="bytt ut registeret som er her")
    parser.add_argument(
        "--without-copy", action="store_true", help="ikke lag en kopi av det som er her, før det byttes ut"
    )
    parser.add_argument("--keys", type=Path, metavar="MAPPE", help="kopien av nøklene (ellers: den nyeste)")
    for switch, what in (
        ("--without-journal", "uten slettejournalen; det som er slettet siden, kan komme tilbake"),
        ("--without-keys", "uten nøklene; det som er lagret kryptert, går tapt"),
        ("--despite-findings", "selv om registeret ikke holder alt det lover"),
    ):
        parser.add_argument(switch, default="", metavar="GRUNN", help=f"{what} (grunnen føres i loggen)")
    parser.add_argument(
        "--cancel",
        action="store_true",
        help="rydd opp etter en gjenoppretting som ble avbrutt, og slipp folk inn igjen",
    )


def run(args: argparse.Namespace) -> int:
    """Restore, or clear up after one that broke off. Exit code 1 where verify found something."""
    if args.cancel:
        return _cancel(args)
    if args.backup is None:
        raise Cannot("Si hvilken kopi. «hjemmel backup --list» viser dem.")

    def progress(step: str) -> None:
        if step in STEPS:
            args.out.progress(STEPS[step])

    done = args.installation.restore(
        args.backup,
        progress,
        keys=args.keys,
        over=args.over,
        without_copy=args.without_copy,
        without_journal=args.without_journal,
        without_keys=args.without_keys,
        despite_findings=args.despite_findings,
    )
    lines = [
        f"Registeret er hentet fram fra kopien fra {done['made']}: {done['rows']} rader.",
        f"Slettet på nytt etter journalen: {done['replayed']}.",
        f"Personer gått gjennom for det som er utløpt siden: {done['swept']}.",
        "Alle må logge inn på nytt.",
    ]
    if done["keys_missing"]:
        lines.append(f"{done['keys_missing']} nøkler mangler; det som er kryptert med dem, er tapt.")
    lines += [f"{number} avvik: {what}" for what, number in done["findings"].items()]
    args.out.result(done, lines)
    return FINDINGS if done["findings"] or done["keys_missing"] else DONE


def _cancel(args: argparse.Namespace) -> int:
    opened = args.installation.cancel_restore()
    told = "Registeret er åpent igjen, slik det var." if opened else "Ingen gjenoppretting var avbrutt."
    args.out.result({"opened": opened}, [told])
    return DONE
