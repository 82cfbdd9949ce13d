"""hjemmel declaration: check the organisation's declaration, compare it, and put it in force."""

import argparse
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from hjemmel.declaration import Finding, check, presets
from hjemmel.declaration.findings import folded
from hjemmel.declaration.schema import schemas, settings
from hjemmel.faces.cli.declaring import approved, comparing, explaining, versions
from hjemmel.faces.cli.declaring.sources import files_of
from hjemmel.faces.cli.frame import DONE, FINDINGS, NoRegister

name = "declaration"
WITHOUT_REGISTER = (
    "Det er ikke noe register her. Derfor er det ikke kontrollert om programmet kan lagre og håndheve alt."
)
summary = "Kontroller erklæringen, se hva som endres, og sett den i kraft."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what to do, and with which declaration."""
    choices = parser.add_subparsers(title="valg", metavar="HVA", required=True, dest="what")
    checks = choices.add_parser("check", help="finn feil: kode, fil, linje, hva som er lov, hva du kan gjøre")
    checks.add_argument("source", metavar="MAPPE", help="mappe med erklæringen, eller navnet på et oppsett")
    comparing.add_diff(
        choices.add_parser("diff", help="si hva som endres for hvem fra en erklæring til en annen")
    )
    comparing.add_apply(choices.add_parser("apply", help="vis hva som endres, og sett erklæringen i kraft"))
    explaining.add_explain(
        choices.add_parser("explain", help="hvorfor en opplysning finnes, og hvem som ser den")
    )
    choices.add_parser("versions", help="utgavene som har vært i kraft").set_defaults(role="owner")
    versions.add_export(choices.add_parser("export", help="skriv filene til en utgave i en mappe"))
    versions.add_affected(choices.add_parser("affected", help="hvem endringer til ulempe gjelder"))
    approved.add_approved(choices.add_parser("approved", help="utfør det som er godkjent på kontoret"))
    choices.add_parser("presets", help="oppsettene som følger med")
    schema = choices.add_parser("schema", help="skriv skjemaer som lar en editor hjelpe til mens du skriver")
    schema.add_argument("folder", metavar="MAPPE", help="mappen skjemaene legges i")
    for one in choices.choices.values():
        one.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="resultatet som JSON")


def run(args: argparse.Namespace) -> int:
    """Do what was asked."""
    does: dict[str, Callable[[argparse.Namespace], int]] = {
        "presets": _presets,
        "schema": _schema,
        "check": _check,
        "diff": comparing.diff,
        "apply": lambda args: comparing.apply(args, lambda error: _told(args, error.findings)),
        "explain": explaining.explain,
        "versions": versions.versions,
        "export": versions.export,
        "affected": versions.affected,
        "approved": approved.approved,
    }
    return does[args.what](args)


def _presets(args: argparse.Namespace) -> int:
    names = presets()
    args.out.result(names, names)
    return DONE


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
    files = files_of(args.source)
    try:
        with args.installation.database("owner"):
            findings = _checked(files)
    except NoRegister:
        args.out.progress(WITHOUT_REGISTER)
        findings = check(files)
    _told(args, findings)
    return FINDINGS if any(f.level == "error" for f in findings) else DONE


def _checked(files: dict[str, str]) -> tuple[Finding, ...]:
    """What is found, and what the register stores that is declared nowhere."""
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
    return stored + check(files, known())


def _told(args: argparse.Namespace, findings: tuple[Finding, ...]) -> None:
    lines = [str(f) for f in folded(findings)] or ["Ingen feil."]
    args.out.result([asdict(f) for f in findings], lines)
