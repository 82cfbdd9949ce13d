"""hjemmel retention: what is due by the keep rules, and letting it go."""

import argparse
from datetime import date
from typing import TYPE_CHECKING

from hjemmel.faces.cli.frame import DONE, FINDINGS, Cannot
from hjemmel.faces.cli.parser import whole_number

if TYPE_CHECKING:
    from hjemmel.kernel.retention.queries import Item

name = "retention"
summary = "Vis hva som skal slettes (plan), eller slett det (run)."
role = "keeper"

HAPPENS = {
    "record": "oppføringer",
    "row": "rader med opplysninger",
    "datum": "enkeltopplysninger",
    "reference": "henvisninger til andre",
    "person": "personer",
    "subject": "id-er uten person",
}
GOES = {
    "record": "oppføringen slettes: {table} {row}",
    "row": "raden slettes: {table} {row}",
    "datum": "{datum} tømmes: {table} {row}",
    "reference": "henvisningen til en annen tømmes: {table} {row}",
    "person": "bare id-en blir igjen",
    "subject": "id-en slettes",
}
LINES, MOST_LINES = 100, 10_000_000
OUTSIDE = {"imports": "filer med avviste og ventende rader"}
NO_RULE = "ingen regel lenger"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what to do, and the day to do it for."""
    parser.add_argument(
        "what", choices=["plan", "run"], metavar="plan|run", help="vis det som skal slettes, eller slett det"
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


def run(args: argparse.Namespace) -> int:
    """Print the plan, or do it. Exit code 1 where something that was due is left."""
    return _plan(args) if args.what == "plan" else _run(args)


def _plan(args: argparse.Namespace) -> int:
    from hjemmel.kernel.retention import queries  # noqa: PLC0415 - it needs the models

    found = queries.plan(args.on)
    head = f"{found.day}: {_persons(found.subjects)} har noe som skal slettes."
    shown = [_line(item) for item in found.items[: args.limit]]
    if shown:
        shown = ["", "Dag, regel, person og hva som skjer:", *shown]
    if (rest := len(found.items) - args.limit) > 0:
        shown += [f"… og {rest} til. Alle vises med --limit {len(found.items)}, eller med --json."]
    args.out.result(found.as_json(), [head, *_lines(found.counts), *shown])
    return DONE


def _run(args: argparse.Namespace) -> int:
    from hjemmel.kernel.journal.book import UnwritableJournalError  # noqa: PLC0415 - the same
    from hjemmel.kernel.retention import actions  # noqa: PLC0415 - it needs the models

    def progress(swept: int, due: int) -> None:
        args.out.progress(f"{swept} av {_persons(due)} …")

    try:
        done = actions.run(args.on, actor="console", progress=progress)
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
    args.out.result(data, [head, *_lines(done.counts), *files])
    return FINDINGS if done.left else DONE


def _persons(number: int) -> str:
    return f"{number} {'person' if number == 1 else 'personer'}"


def _lines(counts: dict[str, dict[str, int]]) -> list[str]:
    return [
        f"  {NO_RULE if rule == 'none' else rule} – "
        + ", ".join(f"{HAPPENS[what]}: {number}" for what, number in of.items())
        for rule, of in counts.items()
    ]


def _line(item: "Item") -> str:
    """Return what happens to whom, when and by which rule. Ids only: it may be kept or sent on."""
    rule = NO_RULE if item.rule == "none" else item.rule
    goes = GOES[item.happens].format(table=item.table, row=item.row_id, datum=item.datum)
    return f"{item.due or 'uten dag'}  {rule}  person {item.subject_id}  {goes}"


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
