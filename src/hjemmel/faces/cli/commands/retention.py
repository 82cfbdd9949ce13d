"""hjemmel retention: what is due by the keep rules, letting it go, what goes when, and the proof."""

import argparse
from datetime import date
from typing import TYPE_CHECKING

from hjemmel.faces.cli import proving
from hjemmel.faces.cli.frame import DONE, FINDINGS, NOTHING_DECLARED, Cannot
from hjemmel.faces.cli.parser import whole_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hjemmel.kernel.retention.held import Kept
    from hjemmel.kernel.retention.queries import Item

name = "retention"
summary = "Vis hva som skal slettes (plan), slett det (run), se framover (forecast), vis beviset (proof)."
role = "keeper"

GOES = {
    "record": "oppføringen slettes: {table} {row}",
    "row": "raden slettes: {table} {row}",
    "datum": "{datum} tømmes: {table} {row}",
    "reference": "henvisningen til en annen tømmes: {table} {row}",
    "person": "bare id-en blir igjen",
    "subject": "id-en slettes",
}
LINES, MOST_LINES, MOST_RUNS = 100, 10_000_000, 2**31 - 1
OUTSIDE = {
    "imports": "filer med avviste og ventende rader",
    "undo": "slettinger for hånd som ikke lenger kan angres",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what to do, and the day to do it for."""
    parser.add_argument(
        "what",
        choices=["plan", "run", "forecast", "proof"],
        metavar="plan|run|forecast|proof",
        help="vis det som skal slettes, slett det, vis hva som går når de neste ti årene, eller vis beviset"
        " for en kjøring",
    )
    parser.add_argument(
        "number",
        nargs="?",
        type=whole_number(1, MOST_RUNS),
        metavar="KJØRING",
        help="nummeret på kjøringen som beviset gjelder (vanlig: den siste som ble ferdig)",
    )
    parser.add_argument(
        "--limit",
        type=whole_number(0, MOST_LINES),
        default=LINES,
        metavar="N",
        help=f"så mange linjer av planen vises (vanlig: {LINES}); --json viser alle",
    )
    parser.add_argument(
        "--on", type=_day, metavar="DATO", help="som om det var denne dagen, f.eks. 2027-01-01"
    )
    parser.add_argument(
        "--despite",
        action="store_true",
        help="slett selv om noen har avvist planen på kontoret (bare for run)",
    )


def run(args: argparse.Namespace) -> int:
    """Print what is asked for, or do it. Exit code 1 where something that was due is left."""
    if args.number is not None and args.what != "proof":
        raise Cannot(
            f"Nummeret på en kjøring hører bare til «retention proof», ikke «retention {args.what}»."
        )
    return DO[args.what](args)


def _plan(args: argparse.Namespace) -> int:
    from hjemmel.kernel.retention import queries  # noqa: PLC0415 - it needs the models

    found = queries.plan(args.on)
    head = f"{found.day}: {_persons(found.subjects)} har noe som skal slettes."
    shown = [_line(item) for item in found.items[: args.limit]]
    if shown:
        shown = ["", "Dag, regel, person og hva som skjer:", *shown]
    if (rest := len(found.items) - args.limit) > 0:
        shown += [f"… og {rest} til. Alle vises med --limit {len(found.items)}, eller med --json."]
    lines = [*proving.lines(found.counts), *shown, *_held(found.held, args.limit)]
    args.out.result(found.as_json(), [head, *lines])
    return DONE


def _held(kept: "Sequence[Kept]", limit: int) -> list[str]:
    """Return what holds keep back, with the holds by id. They are released on the person's page."""
    if not kept:
        return []
    persons = len({one.subject_id for one in kept})
    lines = [
        f"{one.due or 'uten dag'}  sikring {', '.join(map(str, one.holds))}  {_goes(one)}"
        for one in kept[:limit]
    ]
    more = [f"… og {len(kept) - limit} til."] if len(kept) > limit else []
    return ["", f"Sikret mot sletting, hos {_persons(persons)}. Dette blir liggende:", *lines, *more]


def _run(args: argparse.Namespace) -> int:
    from hjemmel.kernel.journal.book import UnwritableJournalError  # noqa: PLC0415 - the same
    from hjemmel.kernel.retention import actions, brake  # noqa: PLC0415 - it needs the models

    def progress(swept: int, due: int) -> None:
        args.out.progress(f"{swept} av {_persons(due)} …")

    try:
        done = actions.run(args.on, actor="console", despite=args.despite, progress=progress)
    except brake.RejectedError:
        raise Cannot(
            "Noen har avvist planen på kontoret. Godkjenn den der, eller slett likevel med --despite."
        ) from None
    except actions.AlreadyRunningError:
        raise Cannot("En sletting er i gang allerede. Vent til den er ferdig.") from None
    except actions.NotYetError:
        raise Cannot(f"{args.on} er ikke kommet ennå. Se på planen: retention plan --on {args.on}.") from None
    except actions.UnknownEndError as error:
        message = f"Denne utgaven kan bare slette, men disse reglene ber om noe annet: {error.args[1]}."
        raise Cannot(message) from None
    except UnwritableJournalError as error:
        message = f"Slettejournalen kan ikke skrives, og uten den slettes ingenting ({error})."
        raise Cannot(message) from None
    data = {"day": done.day, "subjects": done.subjects, "counts": done.counts, "left": done.left}
    data["outside"] = done.outside
    head = f"{done.day}: gikk gjennom {_persons(done.subjects)}. {done.left} gjenstår."
    files = [f"  {OUTSIDE.get(name, name)}: {number}" for name, number in done.outside.items() if number]
    found = proving.search(args.out)
    told = proving.found(found) if found else []
    data["run"], data["found"] = (
        (found.id, found.searched and found.searched.found) if found else (None, None)
    )
    args.out.result(data, [head, *proving.lines(done.counts), *files, *told])
    return FINDINGS if done.left or (found and found.searched and found.searched.left) else DONE


def _forecast(args: argparse.Namespace) -> int:
    from hjemmel.kernel.retention import forecast  # noqa: PLC0415 - it needs the models

    if not proving.is_declared():
        raise Cannot(NOTHING_DECLARED)
    found = forecast.forecast(args.on)
    args.out.result(found.as_json(), proving.ahead(found))
    return DONE


def _proof(args: argparse.Namespace) -> int:
    return proving.show(args.out, args.number)


DO = {"plan": _plan, "run": _run, "forecast": _forecast, "proof": _proof}


def _persons(number: int) -> str:
    return f"{number} {'person' if number == 1 else 'personer'}"


def _line(item: "Item") -> str:
    """Return what happens to whom, when and by which rule. Ids only: it may be kept or sent on."""
    rule = proving.NO_RULE if item.rule == "none" else item.rule
    return f"{item.due or 'uten dag'}  {rule}  {_goes(item)}"


def _goes(item: "Item | Kept") -> str:
    goes = GOES[item.happens].format(table=item.table, row=item.row_id, datum=item.datum)
    return f"person {item.subject_id}  {goes}"


def _day(text: str) -> date:
    from hjemmel.kernel.clock import days  # noqa: PLC0415 - it needs Django

    try:
        day = date.fromisoformat(text)
    except ValueError:
        message = f"{text} er ingen dato; skriv den som 2027-01-01"
        raise argparse.ArgumentTypeError(message) from None
    if not days.FIRST <= day <= days.LAST:
        raise argparse.ArgumentTypeError(f"velg en dag fra {days.FIRST} til {days.LAST}")
    return day
