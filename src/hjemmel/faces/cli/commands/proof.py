"""hjemmel proof: that what should be gone is gone, looked for now."""

import argparse

from hjemmel.faces.cli import proving
from hjemmel.faces.cli.frame import DONE, FINDINGS, NOTHING_DECLARED, Cannot

name = "proof"
summary = "Let etter rester nå, og vis beviset for den siste kjøringen."
role = "keeper"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """It takes none of its own."""
    del parser


def run(args: argparse.Namespace) -> int:
    """Search now, and print it beside the last run's proof. 1 where anything is found, now or then."""
    from hjemmel.kernel.retention import proofs  # noqa: PLC0415 - it needs the models
    from hjemmel.kernel.verify.actions import leftovers  # noqa: PLC0415 - the same

    if not proving.is_declared():
        raise Cannot(NOTHING_DECLARED)
    proving.search(args.out)
    args.out.progress("Leter etter rester nå …")
    now, last = leftovers(), proofs.one()
    head = f"Nå, gjennom {now.rows} rader og {now.grounds} hjemler:"
    counts = [f"{number:>8}  {proving.FOUND.get(name, name)}" for name, number in now.counts.items()]
    told = ["", *proving.told(last)] if last else ["", "Det har ikke vært noen kjøring ennå."]
    data = {"rows": now.rows, "grounds": now.grounds, "found": now.counts}
    args.out.result({"now": data, "run": last.as_json() if last else None}, [head, *counts, *told])
    return FINDINGS if any(now.counts.values()) or (last and last.left) else DONE
