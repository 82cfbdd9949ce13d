"""hjemmel declaration approved: carry out what was approved in the office, where no worker does it."""

import argparse

from hjemmel.faces.cli.frame import DONE


def add_approved(parser: argparse.ArgumentParser) -> None:
    """Take nothing: what is approved stands in the register."""
    parser.set_defaults(role="owner")


def approved(args: argparse.Namespace) -> int:
    """Work out what is asked for, send codes, and put in force what is approved and confirmed."""
    from hjemmel.kernel.statement.applying import work_off  # noqa: PLC0415 - it needs the models

    done = work_off()
    if not done:
        args.out.result({"done": 0}, ["Ingenting ventet."])
        return DONE
    args.out.result({"done": done}, [f"Utførte {done}. Hva det ble, står i kontoret under «Forhåndsvis»."])
    return DONE
