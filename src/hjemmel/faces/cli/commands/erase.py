"""hjemmel erase: let what is held about one person go, because the person asks for it."""

import argparse
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from hjemmel.declaration import vocabulary
from hjemmel.faces.cli import proving
from hjemmel.faces.cli.frame import DONE, FINDINGS, Cannot
from hjemmel.faces.cli.person import number, subject

if TYPE_CHECKING:
    from hjemmel.kernel.erasure.queries import Plan, Stay
    from hjemmel.kernel.retention.queries import Item

name = "erase"
summary = "Slett det som kan slettes om en person som ber om det, eller vis det (--plan)."
role = "keeper"

PURPOSE = "retention/erase"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the person, and whether only to show the plan."""
    parser.add_argument(
        "person", metavar="PERSON", help="medlemsnummer eller id; med --undo nummeret på slettingen"
    )
    parser.add_argument("--undo", action="store_true", help="angre en sletting, så lenge det går")
    parser.add_argument("--plan", action="store_true", help="vis hva som slettes, hva som blir, og hvorfor")


def run(args: argparse.Namespace) -> int:
    """Print the plan, or carry it out. Exit code 1 where something that should go is left."""
    from django.db import IntegrityError  # noqa: PLC0415 - it needs Django

    from hjemmel.kernel import access  # noqa: PLC0415 - it needs the models
    from hjemmel.kernel.erasure import actions, queries  # noqa: PLC0415 - the same
    from hjemmel.kernel.journal.book import UnwritableJournalError  # noqa: PLC0415 - the same

    if args.undo:
        return _undo(args)
    try:
        with access.acting(actor="console", purpose=PURPOSE):
            whom = subject(args.person)
            found = queries.plan(whom)
            request = None if args.plan else actions.ask(subject_id=whom)
    except IntegrityError:
        raise Cannot("Det finnes ingen person med det nummeret eller den id-en.") from None
    if request is None:
        args.out.result(found.as_json(), _plan(found))
        return DONE
    try:
        done = actions.walk(request, actor="console")
    except UnwritableJournalError:
        message = "Slettingen er bestilt og skjult, men loggboka kan ikke skrives. Natten tar den."
        raise Cannot(message) from None
    data = {"request": done.request, "counts": done.counts, "left": done.left, "plan": found.as_json()}
    args.out.result(data, [*_done(done.left, done.request), *proving.lines(done.counts), *_rest(found)])
    return FINDINGS if done.left else DONE


def _undo(args: argparse.Namespace) -> int:
    from django.db import IntegrityError  # noqa: PLC0415 - it needs Django

    from hjemmel.kernel.erasure import undo  # noqa: PLC0415 - it needs the models

    try:
        rows = undo.take_back(number(args.person), actor="console")
    except undo.TooLateError:
        message = "Den slettingen kan ikke angres: nummeret er ukjent, fristen er ute, eller den er angret."
        raise Cannot(message) from None
    except IntegrityError:
        raise Cannot("Reglene er endret, så registeret har ikke lenger hjemmel for det.") from None
    args.out.result({"request": number(args.person), "rows": rows}, [f"Angret. {rows} rader er tilbake."])
    return DONE


def _done(left: int, request: int) -> Iterator[str]:
    if left:
        yield f"{left} ting gjenstår, fordi noen skriver om personen. Natten tar dem."
    yield f"Slettet, som sletting {request}. Den kan angres så lenge erklæringen sier: erase --undo {request}"


def _plan(found: "Plan") -> Iterator[str]:
    yield "Dette slettes:" if found.goes else "Ingenting slettes."
    yield from _things(found.goes)
    yield from _rest(found)


def _rest(found: "Plan") -> Iterator[str]:
    if found.held:
        yield "Dette blir liggende, fordi det er sikret mot sletting:"
        yield from _things(found.held)
    if found.stays:
        yield "Dette blir stående:"
        yield from (f"  {_why(stay)}" for stay in found.stays)


def _things(items: "Iterable[Item]") -> Iterator[str]:
    yield from (f"  {line}" for line in dict.fromkeys(map(_thing, items)))


def _thing(item: "Item") -> str:
    data = vocabulary().data
    if item.datum and item.datum in data:
        return str(data[item.datum].one.nb)
    return {"record": "oppføring", "person": "personen selv", "subject": "id-en"}.get(item.happens, "rad") + (
        f" i {item.table}" if item.happens in {"record", "row"} else ""
    )


def _why(stay: "Stay") -> str:
    record = vocabulary().records[stay.record].the.nb
    if stay.why == "open":
        return f"{record}: forholdet varer. Avslutt det først, og slett så en gang til. ({stay.rule})"
    until = f"til {stay.until}" if stay.until else "til noen avgjør det"
    if stay.why == "floor" and stay.statute:
        statute = vocabulary().statutes[stay.statute].title.nb
        return f"{record}: {statute} krever det, {until}. ({stay.rule})"
    return f"{record}: regelen gjelder {until}. ({stay.rule})"
