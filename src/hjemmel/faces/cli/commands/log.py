"""hjemmel log: is the log whole, and what proves it later."""

import argparse
import os
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hjemmel.faces.cli.frame import DONE, FINDINGS, Cannot

if TYPE_CHECKING:
    from hjemmel.kernel.verify.seals import Examined

name = "log"
summary = "Kontroller loggen (verify), forsegl den (seal), eller ta ut et kontrollpunkt (checkpoint)."
role = "owner"

KINDS = {
    "line_changed": "linjer er endret etter at de ble forseglet",
    "line_gone": "forseglede linjer er borte",
    "line_out_of_time": "linjer oppgir et tidspunkt de ikke kan være fra",
    "place_gone": "plasser i loggen mangler",
    "place_loose": "plasser er lagt til utenom forseglingen",
    "root_differs": "måneder stemmer ikke med det som ble signert",
    "signature_differs": "kontrollpunkter er ikke signert med registerets nøkkel",
    "chain_broken": "kontrollpunkter mangler eller er byttet ut",
    "checkpoint_differs": "kontrollpunkter er lagret annerledes enn de ble signert",
    "value_differs": "verdier er byttet ut",
    "values_uncounted": "verdier er kommet eller gått uten spor",
    "outside_differs": "kontrollpunktet i filen er et annet enn det registeret har",
    "outside_missing": "kontrollpunktet i filen er nyere enn loggen: slutten er borte",
}
STEPS = {"chain": "Kontrollpunkter …", "lines": "Linjer …", "values": "Verdier …"}
BROKEN = (
    "Loggen er endret siden den sist ble forseglet, så ingenting nytt er forseglet."
    " Kjør «hjemmel log verify» for å se hva som er galt."
)
KEEP = (
    "Ta vare på filen et annet sted enn her. Senere viser",
    "«hjemmel log verify --checkpoint FIL» om noe av det den dekker, er endret eller borte.",
)
BIGGEST = 64 * 1024


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what to do, and the file to hold it against or to write."""
    parser.add_argument(
        "what",
        choices=["verify", "checkpoint", "seal"],
        metavar="verify|checkpoint|seal",
        help="kontroller hele loggen, ta ut et signert kontrollpunkt, eller forsegl det som venter",
    )
    parser.add_argument(
        "--checkpoint", metavar="FIL", type=Path, help="til verify: et kontrollpunkt som er tatt vare på"
    )
    parser.add_argument(
        "-o", "--output", metavar="FIL", type=Path, help="til checkpoint: filen det skrives i"
    )


def run(args: argparse.Namespace) -> int:
    """Do it. Exit code 1 where the log is not whole."""
    if args.checkpoint and args.what != "verify":
        raise Cannot("--checkpoint hører til verify.")
    if args.output and args.what != "checkpoint":
        raise Cannot("-o hører til checkpoint.")
    return {"verify": _verify, "checkpoint": _checkpoint, "seal": _seal}[args.what](args)


def _verify(args: argparse.Namespace) -> int:
    from hjemmel.kernel.verify.seals import NoNoteError, examine  # noqa: PLC0415 - it needs the models

    kept = _read(args.checkpoint) if args.checkpoint else None
    try:
        seen = examine(kept, lambda step: args.out.progress(STEPS[step]))
    except NoNoteError:
        raise Cannot(f"{args.checkpoint} er ikke et kontrollpunkt fra et register.") from None
    args.out.result(_as_json(seen), _lines(seen, outside=kept is not None))
    return FINDINGS if seen.count else DONE


def _seal(args: argparse.Namespace) -> int:
    from hjemmel.kernel.audit import sealing  # noqa: PLC0415 - it needs the models

    try:
        done = sealing.seal(whole=True, progress=lambda lines: args.out.progress(f"{lines} linjer …"))
    except sealing.BrokenLogError:
        args.out.progress(BROKEN)
        return FINDINGS
    told = f"Forseglede linjer: {done.lines}. Siste kontrollpunkt: {done.checkpoint or 'ingen ennå'}."
    args.out.result(asdict(done), [told])
    return DONE


def _checkpoint(args: argparse.Namespace) -> int:
    """Seal what waits first: the checkpoint covers everything up to now."""
    from hjemmel.kernel.audit import notes, sealing  # noqa: PLC0415 - it needs the models

    try:
        sealing.seal(progress=lambda lines: args.out.progress(f"{lines} linjer …"))
    except sealing.BrokenLogError:
        args.out.progress(BROKEN)
        return FINDINGS
    found = sealing.latest()
    if found is None:
        raise Cannot("Loggen er tom, så det er ikke noe å ta vare på ennå.")
    data = {
        "number": found.number,
        "month": f"{found.month:%Y-%m}",
        "lines": found.size,
        "note": found.note,
        "key": notes.verifier_key(),
        "file": args.output,
    }
    lines = found.note.removesuffix("\n").split("\n")
    if args.output:
        _write(args.output, found.note)
        lines = [f"Kontrollpunkt {found.number} er skrevet til {args.output}.", *KEEP]
    args.out.result(data, lines)
    return DONE


def _as_json(seen: "Examined") -> dict[str, Any]:
    return {
        "whole": not seen.count,
        "lines": seen.lines,
        "months": [{"month": f"{m.month:%Y-%m}", "lines": m.size, "root": m.root.hex()} for m in seen.months],
        "checkpoints": seen.checkpoints,
        "sealed": seen.last.sealed if seen.last else None,
        "waiting": seen.waiting,
        "waiting_since": seen.oldest,
        "values": seen.values,
        "found": {kind: asdict(one) for kind, one in seen.found.items()},
    }


def _lines(seen: "Examined", *, outside: bool) -> list[str]:
    told = [
        f"Kontrollert: forseglede linjer: {seen.lines}, kontrollpunkter: {seen.checkpoints},"
        f" verdier: {seen.values}."
    ]
    if seen.waiting:
        told.append(f"Linjer som ikke er forseglet ennå, og ikke kan kontrolleres: {seen.waiting}.")
    if not seen.count:
        told.append("Loggen er hel.")
    if not outside:
        told.append("Om slutten av loggen er fjernet, viser bare --checkpoint FIL.")
    for kind, one in seen.found.items():
        told.append(f"{one.count:>8}  {KINDS[kind]}")
        told += [f"          {example}" for example in one.examples]
    return told


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(BIGGEST).decode("utf-8")
    except OSError as error:
        raise Cannot(f"{path} kan ikke leses: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise Cannot(f"{path} er ikke et kontrollpunkt fra et register.") from None


def _write(path: Path, note: str) -> None:
    """Write the file whole or not at all."""
    try:
        handle, draft = tempfile.mkstemp(dir=path.absolute().parent, prefix=".checkpoint-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.write(note)
                file.flush()
                os.fsync(file.fileno())
            Path(draft).replace(path)
        except OSError:
            Path(draft).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise Cannot(f"{path} kan ikke skrives: {error.strerror}.") from None
