"""hjemmel disclose: what may be given to whom, and giving it, as a file."""

import argparse
import os
import sys
from typing import TYPE_CHECKING

from hjemmel.faces.cli.frame import DONE, NOTHING_DECLARED, Cannot
from hjemmel.faces.cli.person import number, subject
from hjemmel.faces.cli.proving import is_declared

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hjemmel.kernel.disclosure.queries import Count, Way

name = "disclose"
summary = "Vis hvem som kan få opplysninger, og utlever dem det erklæringen sier, som en fil."
role = "owner"

HINDRANCES = {
    "nothing": "verken avtale eller lov",
    "coming": "avtalen har ikke begynt å gjelde",
    "agreement": "avtalen skulle vært gjennomgått",
    "audit": "de skulle vært revidert",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the rule, of whom, and where the file is written."""
    parser.add_argument(
        "rule",
        nargs="?",
        metavar="REGEL",
        help="regelen for utleveringen, f.eks. membership/recipient/grant_authority (uten den vises alle)",
    )
    parser.add_argument("-o", "--output", metavar="FIL", help="hvor fila skrives; «-» er stdout")
    parser.add_argument("--unit", metavar="LAG", help="id-en til laget (vanlig: hele organisasjonen)")
    parser.add_argument("--person", metavar="PERSON", help="bare denne, med medlemsnummer eller id")
    parser.add_argument("--new", action="store_true", help="bare de som ikke har vært med i en slik før")
    parser.add_argument(
        "--shielded", action="store_true", help="også de med hemmelig adresse, uten hvor de bor"
    )


def run(args: argparse.Namespace) -> int:
    """Print what may be given, or count it, or give it: that is what -o says."""
    if not is_declared():
        raise Cannot(NOTHING_DECLARED)
    from hjemmel.kernel import access  # noqa: PLC0415 - it needs the models

    with access.acting(actor="console", purpose=args.rule or "disclose/list"):
        return _list(args) if args.rule is None else _give(args)


def _list(args: argparse.Namespace) -> int:
    from hjemmel.kernel.disclosure import queries  # noqa: PLC0415 - it needs the models

    found = queries.ways()
    rows = [
        {"rule": way.rule, "recipient": way.recipient.name, "data": way.data, "hindrance": way.hindrance}
        for way in found
    ]
    lines = [line for way in found for line in _told(way)]
    args.out.result(rows, lines or ["Erklæringen nevner ingen som får opplysninger."])
    return DONE


def _told(way: "Way") -> list[str]:
    stop = f"  Kan ikke utleveres nå: {HINDRANCES[way.hindrance]}." if way.hindrance else ""
    lines = [way.rule, f"  Til {way.recipient.title.nb}: {', '.join(way.data)}"]
    return [*lines, stop] if stop else lines


def _give(args: argparse.Namespace) -> int:
    from hjemmel.kernel.disclosure import actions, queries  # noqa: PLC0415 - it needs the models
    from hjemmel.kernel.subjects.refusals import Refused  # noqa: PLC0415 - the same

    way = next((each for each in queries.ways() if each.rule == args.rule), None)
    if way is None:
        raise Cannot(f"Erklæringen har ingen slik utlevering: {args.rule}. Se dem med «hjemmel disclose».")
    choice = queries.Choice(
        way.rule,
        _unit(args.unit),
        subject_id=subject(args.person) if args.person else None,
        fresh=args.new,
        shielded=args.shielded,
    )
    if args.output is None:
        return _count(args, queries.count(choice))
    if way.hindrance:
        raise Cannot(f"Kan ikke utleveres nå: {HINDRANCES[way.hindrance]}.")
    try:
        made = actions.disclose(choice)
    except Refused as refusal:
        raise Cannot(" ".join(str(sentence) for sentence in refusal.errors.values())) from None
    _write(args.output, made.content)
    data = {"disclosure": made.number, "lines": made.lines}
    if args.output != "-":
        args.out.result(data, [f"Utlevering {made.number}: {made.lines} linjer. Den står i loggen."])
    return DONE


def _count(args: argparse.Namespace, found: "Count") -> int:
    parts = [
        (found.shielded, "med hemmelig adresse, som er med bare med --shielded"),
        (found.restricted, "som har fått behandlingen begrenset"),
        (found.silent, "som ikke har sagt ja til det"),
    ]
    lines = [f"Gjelder {found.persons} personer. Ingenting er utlevert: det gjør du med -o FIL."]
    lines += [f"  Holdt utenfor: {number} {why}" for number, why in parts if number]
    data = {"persons": found.persons, "shielded": found.shielded, "restricted": found.restricted}
    args.out.result(data | {"without_consent": found.silent}, lines)
    return DONE


def _unit(asked: str | None) -> int:
    from django.db import connection  # noqa: PLC0415 - it needs Django

    with connection.cursor() as cursor:
        if asked is None:
            cursor.execute("select kernel.root_unit()")
            return int(cursor.fetchone()[0])
        cursor.execute("select id from public.units_unit where id = %s", [number(asked)])
        row = cursor.fetchone()
    if row is None:
        raise Cannot("Det finnes ikke noe lag med den id-en.")
    return int(row[0])


def _write(path: str, content: "Iterator[bytes]") -> None:
    """Write the file, for its owner's eyes only and over no other. Where that fails nothing was given."""
    if path == "-":
        for line in content:
            sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()
        return
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Cannot(f"{path} finnes fra før. Velg et annet navn.") from None
    except OSError as error:
        raise Cannot(f"{path} kan ikke skrives: {error.strerror}.") from None
    with os.fdopen(descriptor, "wb") as file:
        file.writelines(content)
