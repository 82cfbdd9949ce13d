"""hjemmel declaration: check the organisation's declaration, and put it in force."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from hjemmel.declaration import DeclarationError, Finding, check, presets, texts_of
from hjemmel.declaration.schema import schemas, settings
from hjemmel.faces.cli.frame import COULD_NOT, DONE, FINDINGS, Cannot

name = "declaration"
summary = "Kontroller erklæringen, eller sett den i kraft."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what to do, and with which declaration."""
    choices = parser.add_subparsers(title="valg", metavar="HVA", required=True, dest="what")
    checks = choices.add_parser("check", help="finn feil: kode, fil, linje, hva som er lov, hva du kan gjøre")
    checks.add_argument("source", metavar="MAPPE", help="mappe med erklæringen, eller navnet på et oppsett")
    checks.set_defaults(role="owner")
    applies = choices.add_parser("apply", help="sett erklæringen i mappen i kraft")
    applies.add_argument("source", metavar="MAPPE", help="mappe med erklæringen, eller navnet på et oppsett")
    applies.set_defaults(role="owner")
    known = choices.add_parser("presets", help="oppsettene som følger med")
    schema = choices.add_parser("schema", help="skriv skjemaer som lar en editor hjelpe til mens du skriver")
    schema.add_argument("folder", metavar="MAPPE", help="mappen skjemaene legges i")
    for one in (checks, applies, known, schema):
        one.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="resultatet som JSON")


def run(args: argparse.Namespace) -> int:
    """Do what was asked."""
    if args.what == "presets":
        names = presets()
        args.out.result(names, names)
        return DONE
    if args.what == "schema":
        return _schema(args)
    if args.source not in presets() and not Path(args.source).is_dir():
        raise Cannot(f"{args.source} er verken en mappe eller et oppsett ({', '.join(presets())}).")
    return _check(args) if args.what == "check" else _apply(args)


def _schema(args: argparse.Namespace) -> int:
    folder = Path(args.folder)
    folder.mkdir(parents=True, exist_ok=True)
    for file, content in schemas().items():
        text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
        (folder / file).write_text(text, "utf-8")
    which = settings(f"{folder}/")
    args.out.result(which, [f"{file}: {pattern}" for file, pattern in which.items()])
    return DONE


def _check(args: argparse.Namespace) -> int:
    from hjemmel.kernel.catalog.completeness import undeclared  # noqa: PLC0415 - it needs the models
    from hjemmel.kernel.statement.actions import known  # noqa: PLC0415 - it needs the models

    stored = tuple(
        Finding(
            code="K001",
            level="error",
            file=column,
            line=0,
            column=0,
            path="",
            message=f"Kolonnen {column} lagres uten å være ført opp i noen personal.py.",
            allowed=(),
            do="Før den opp: enten hvilken opplysning den er, eller hvorfor den ikke sier noe om en person.",
        )
        for column in undeclared()
    )
    return _tell(args, stored + check(args.source, known()))


def _tell(args: argparse.Namespace, findings: tuple[Finding, ...]) -> int:
    lines = [str(f) for f in findings] or ["Ingen feil."]
    args.out.result([asdict(f) for f in findings], lines)
    return FINDINGS if any(f.level == "error" for f in findings) else DONE


def _apply(args: argparse.Namespace) -> int:
    from hjemmel.kernel import access  # noqa: PLC0415 - it needs the models
    from hjemmel.kernel.statement.actions import apply  # noqa: PLC0415 - it needs the models

    try:
        with access.acting(actor="console", purpose="declaration/apply"):
            version = apply(texts_of(args.source))
    except DeclarationError as error:
        _tell(args, error.findings)
        args.out.progress("Erklæringen er ikke satt i kraft. Rett feilene og prøv igjen.")
        return COULD_NOT
    data = {"version": version.pk, "valid_from": version.valid_from, "digest": version.digest}
    args.out.result(data, [f"Erklæringen gjelder fra {version.valid_from} (utgave {version.pk})."])
    return DONE
