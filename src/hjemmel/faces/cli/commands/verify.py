"""`hjemmel verify`: does the register keep its own promises?"""

import argparse
from dataclasses import asdict

from hjemmel.faces.cli.frame import NOTHING_DECLARED, Cannot

name = "verify"
summary = "Tell opp alt som bryter løftene i personvernerklæringen. Hvert tall skal være 0."
role = "owner"

WORDS = {
    "data_without_ground": "opplysninger uten hjemmel",
    "data_past_last_ground": "opplysninger som skulle vært slettet",
    "grounds_differ": "hjemler som ikke stemmer med reglene",
    "gone_without_log": "rader som er borte uten spor i loggen",
    "undeclared_columns": "kolonner som ikke er deklarert",
    "readable_beyond_duty": "avvik i hvem som ser hva",
    "given_without_basis": "utleveringer uten grunnlag",
    "log_broken": "brudd i loggen",
    "statement_differs": "avvik mellom erklæringen og det som håndheves",
}

STEPS = {
    "ledger": "Hjemler og lagrede opplysninger …",
    "log": "Logg og kolonner …",
    "sight": "Hvem som kan lese hva …",
    "statement": "Personvernerklæringen …",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """It takes none of its own."""
    del parser


def run(args: argparse.Namespace) -> int:
    """Count; 1 where anything is not 0."""
    from hjemmel.kernel.verify.actions import verify  # noqa: PLC0415 needs Django ready
    from hjemmel.kernel.verify.reading import NotAppliedError  # noqa: PLC0415 needs Django ready

    try:
        results = verify(lambda step: args.out.progress(STEPS[step]))
    except NotAppliedError:
        raise Cannot(NOTHING_DECLARED) from None
    lines = []
    for result in results:
        lines.append(f"{result.count:>8}  {WORDS[result.name]} ({result.checked})")
        lines += [f"          {example}" for example in result.examples]
    args.out.result([asdict(result) for result in results], lines)
    return int(any(result.count for result in results))
