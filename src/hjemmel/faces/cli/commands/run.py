"""hjemmel run: everything up with one command, with an invented organisation if asked for."""

import argparse
from typing import Any

from hjemmel.declaration import presets
from hjemmel.faces.cli.parser import whole_number

name = "run"
summary = "Start alt: database, nettsider og jobber, med --demo med en oppdiktet organisasjon."
PERSONS = 2000
FEWEST, MOST = 20, 2_000_000  # fewer hold no office each; more is no demonstration
SEEDS = 2**31 - 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what the demonstration is to be."""
    parser.add_argument(
        "--demo", choices=presets(), metavar="PRESET", help="oppdiktet organisasjon etter dette oppsettet"
    )
    number, seed = whole_number(FEWEST, MOST), whole_number(0, SEEDS)
    parser.add_argument(
        "--persons", type=number, default=PERSONS, metavar="N", help=f"antall personer (vanlig: {PERSONS})"
    )
    parser.add_argument("--seed", type=seed, default=1, metavar="N", help="samme tall gir samme personer")


def run(args: argparse.Namespace) -> int:
    """Serve until Ctrl+C; then stop everything that this command started."""
    house, out = args.installation, args.out
    made: dict[str, Any] = {}
    with house.database("owner", make=True):
        out.progress("Gjør databasen klar …")
        house.migrate(out.progress)
        if args.demo:
            out.progress(f"Demonstrasjonen: {args.demo}, {args.persons} personer …")
            made = house.demonstrate(preset=args.demo, persons=args.persons, seed=args.seed)
        house.serve(web=True, worker=True, ready=lambda: _tell(args, made))
    out.progress("Stoppet.")
    return 0


def _tell(args: argparse.Namespace, made: dict[str, Any]) -> None:
    """Print where to go and how to get in, last, where people look."""
    address = args.installation.address
    logins = made.get("logins", [])
    lines = [f"\nÅpne {address}", ""]
    if logins:
        width = max(len(login["username"]) for login in logins)
        lines += ["Logg inn som:"]
        lines += [f"  {one['username']:<{width}}  {one['password']}  {one['who']}" for one in logins]
        lines += [""]
    lines += ["Stopp med Ctrl+C."]
    args.out.result({"address": address, **made}, lines)
