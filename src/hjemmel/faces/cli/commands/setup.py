"""hjemmel setup: a real organisation's start."""

import argparse

name = "setup"
summary = "Start registeret til en virkelig organisasjon."
role = "owner"
makes_database = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the preset to start from and who gets the first log-in."""
    parser.add_argument(
        "--preset", required=True, metavar="OPPSETT", help="oppsettet å begynne med, f.eks. mission"
    )
    parser.add_argument(
        "--admin", required=True, metavar="E-POST", help="e-postadressen til den som skal slippe andre inn"
    )
    parser.add_argument(
        "--name", default="", metavar="NAVN", help="navnet til vedkommende (ellers etter adressen)"
    )


def run(args: argparse.Namespace) -> int:
    """Make everything ready, and print the one log-in there is."""
    house = args.installation
    house.migrate(args.out.progress)
    made = house.set_up(preset=args.preset, email=args.admin, name=args.name)
    lines = [
        f"{made['unit']} er satt opp. {made['username']} er {made['office'].lower()}.",
        f"Passord: {made['password']}",
        "Passordet vises bare nå. Start med «hjemmel run».",
    ]
    args.out.result(made, lines)
    return 0
