"""hjemmel vault: the keys of what is stored encrypted."""

import argparse
from dataclasses import asdict

from hjemmel.faces.cli.frame import DONE, Cannot

name = "vault"
summary = "Vis nøklene til det som er lagret kryptert (status), eller bytt hovednøkkel (rotate)."
role = "owner"

FROM = {
    "keys": "miljøvariabelen HJEMMEL_MASTER_KEY",
    "file": "filen {0}",
    "command": "en nøkkeltjeneste, gjennom HJEMMEL_KMS_COMMAND",
}
TOLD = {
    "new": "Lager en ny hovednøkkel …",
    "wrapped": "Pakket om {0} nøkler …",
    "destroy": "Ødelegger den gamle hovednøkkelen …",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what to do."""
    parser.add_argument(
        "what",
        choices=["status", "rotate"],
        metavar="status|rotate",
        help="vis nøklene, eller bytt hovednøkkel",
    )


def run(args: argparse.Namespace) -> int:
    """Tell how it stands, or rotate."""
    return _status(args) if args.what == "status" else _rotate(args)


def _status(args: argparse.Namespace) -> int:
    from hjemmel.kernel.vault import root, rotating  # noqa: PLC0415 - it needs the models

    how, given = root.source()
    found = rotating.state()
    shown = given if how == "file" else ""
    lines = [
        f"Rotnøkkelen kommer fra {FROM[how].format(shown)}.",
        f"Hovednøkkel nummer {found.current} er i bruk.",
        *(f"{number} nøkler er pakket med nummer {of}." for of, number in found.keys.items()),
    ]
    if len(found.generations) > 1:
        lines.append("Et bytte ble avbrutt. Kjør «hjemmel vault rotate» for å gjøre det ferdig.")
    args.out.result({"root": how, **asdict(found)}, lines)
    return DONE


def _rotate(args: argparse.Namespace) -> int:
    from hjemmel.kernel.vault import rotating  # noqa: PLC0415 - the same
    from hjemmel.kernel.vault.crypto import UnsealableError  # noqa: PLC0415 - the same

    def progress(step: str, done: int) -> None:
        if step in TOLD:
            args.out.progress(TOLD[step].format(done))

    try:
        done = rotating.rotate(progress)
    except rotating.RotatingError:
        raise Cannot("Et bytte er i gang allerede. Vent til det er ferdig.") from None
    except UnsealableError:
        raise Cannot(
            "En nøkkel i databasen lar seg ikke åpne med hovednøklene her, så ingen av dem er ødelagt."
            " Er dette secrets/vault.json som hører til databasen?"
        ) from None
    args.installation.rotated()
    lines = [
        f"Hovednøkkel nummer {done.generation} er i bruk. {done.keys} nøkler er pakket om.",
        *(f"Nummer {of} er ødelagt." for of in done.destroyed),
    ]
    args.out.result(asdict(done), lines)
    return DONE
