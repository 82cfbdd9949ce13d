"""hjemmel declaration explain: why a datum is there, by the declaration or about one person."""

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from hjemmel.declaration import languages
from hjemmel.declaration.explain import ASPECTS, Explained, UnknownDatumError
from hjemmel.declaration.explain import explain as explained
from hjemmel.declaration.tongues import tongue
from hjemmel.faces.cli.declaring.sources import APPLIED, WHERE, database_for, day, source
from hjemmel.faces.cli.frame import DONE, Cannot
from hjemmel.faces.cli.person import subject

if TYPE_CHECKING:  # a declaration is explained without any models
    from hjemmel.kernel.statement.persons import OfPerson


def add_explain(parser: argparse.ArgumentParser) -> None:
    """Take the datum, where the declaration is, and perhaps a person."""
    parser.add_argument("datum", metavar="OPPLYSNING", help="for eksempel person.email")
    parser.add_argument("source", nargs="?", default=APPLIED, metavar="ERKLÆRING", help=f"{WHERE} (applied)")
    parser.add_argument("--person", metavar="ID", help="for denne personen: medlemsnummer eller id")
    parser.add_argument("--lang", choices=languages(), default="nb", help="språk (nb)")
    parser.set_defaults(role=None)


def explain(args: argparse.Namespace) -> int:
    """Say why a datum is there, with the rules it comes from and where they are written."""
    if args.person is not None:
        return _of_person(args)
    with database_for(args, [args.source]):
        found = source(args, args.source)
    try:
        told = explained(found.files, found.declaration, args.datum, args.lang)
    except UnknownDatumError as unknown:
        raise Cannot(_unknown(args.datum, unknown)) from None
    args.out.result(
        asdict(told), [f"{told.title} ({told.datum}), etter {found.title}", *_lines(told, args.lang)]
    )
    return DONE


def _unknown(datum: str, unknown: UnknownDatumError) -> str:
    near = f" Mente du {' eller '.join(unknown.near)}?" if unknown.near else ""
    return f"{datum} er ingen opplysning.{near}"


def _lines(told: Explained, lang: str) -> Iterator[str]:
    titles = tongue("explain", lang).at("explain.aspects")
    for reason in told.reasons:
        yield ""
        yield f"{reason.title} ({reason.activity})" + (
            " – planlagt, gjelder ikke ennå" if reason.planned else ""
        )
        for aspect in ASPECTS:
            for line in reason.lines[aspect]:
                mark = " <- avgjør" if line.rule == told.decides else ""
                yield f"  {titles[aspect]}: {line.words}"
                yield f"      {line.rule}  {line.place}{mark}"
    yield ""
    if told.decides:
        yield f"Når reglene møtes, avgjør {told.decides}. {told.because}"
    else:
        yield told.because
    if told.over:
        yield f"Den går foran {', '.join(told.over)}."


def _of_person(args: argparse.Namespace) -> int:
    if args.source != APPLIED:
        raise Cannot("Om en person kan bare erklæringen som gjelder svare. Ta bort den andre.")
    with args.installation.database("owner"):
        from hjemmel.kernel import access  # noqa: PLC0415 - it needs the models
        from hjemmel.kernel.statement.persons import (  # noqa: PLC0415 - it needs the models
            NobodyError,
            datum_of,
        )

        with access.acting(actor="console", purpose="declaration/explain"):
            try:
                found = datum_of(subject(args.person), args.datum, lang=args.lang)
            except UnknownDatumError as unknown:
                raise Cannot(_unknown(args.datum, unknown)) from None
            except NobodyError:
                raise Cannot("Det finnes ingen person med det nummeret eller den id-en.") from None
    args.out.result(asdict(found), _person_lines(args.datum, found))
    return DONE


def _person_lines(datum: str, found: "OfPerson") -> Iterator[str]:
    if not found.held:
        yield f"Ingenting gjør at registeret kan ha {datum} om personen."
        return
    yield f"{datum}: {'slettes ' + day(found.until) if found.until else 'ingen dato er kjent ennå'}."
    for held in found.held:
        since = day(held.since) if held.since else "ukjent dag"
        until = f"til {day(held.until)}" if held.until else "uten kjent slutt"
        mark = " <- avgjør" if held.rule == found.decides else ""
        unit = f", {held.unit}" if held.unit else ""
        yield f"  {held.title}{unit}: fra {since} {until}  {held.rule}{mark}"
        yield f"      {held.sentence}"
    yield "Ser det i dag: " + ("; ".join(found.seen_by) or "ingen")
