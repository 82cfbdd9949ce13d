"""hjemmel declaration diff and apply: what changes for whom, and putting it in force."""

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from hjemmel.declaration import Change, Declaration, DeclarationError, changes, languages
from hjemmel.faces.cli.declaring.sources import WHERE, Source, database_for, day, files_of, source
from hjemmel.faces.cli.declaring.telling import as_json, effect_lines, lines
from hjemmel.faces.cli.frame import COULD_NOT, DONE, Cannot

if TYPE_CHECKING:  # a comparison of two folders needs no models
    from hjemmel.kernel.statement.effects import Effects

YES = "ja"
QUESTION = f"Sett i kraft? Skriv {YES}: "
UNCHANGED = "Erklæringen er den samme som gjelder fra før."
FIRST = "Ingen erklæring gjelder fra før, så det er ingenting å sammenligne med."


def add_diff(parser: argparse.ArgumentParser) -> None:
    """Take the two to compare."""
    parser.add_argument("old", metavar="FRA", help=WHERE)
    parser.add_argument("new", metavar="TIL", help="det samme")
    parser.add_argument("--lang", choices=languages(), default="nb", help="språk (nb)")
    parser.set_defaults(role=None)


def add_apply(parser: argparse.ArgumentParser) -> None:
    """Take what to put in force."""
    parser.add_argument("source", metavar="MAPPE", help="mappe med erklæringen, eller navnet på et oppsett")
    parser.add_argument("--yes", action="store_true", help="sett i kraft uten å spørre")
    parser.set_defaults(role="owner")


def diff(args: argparse.Namespace) -> int:
    """Say what differs, and what it comes to where it is what applies that would change."""
    with database_for(args, (args.old, args.new)):
        old, new = source(args, args.old), source(args, args.new)
        found = changes(old.declaration, new.declaration)
        effects = _effects(args, new) if old.applies else None
    told = {"from": old.title, "to": new.title, **as_json(found, effects)}
    head = f"Fra {old.title} til {new.title}:"
    said = [head, *lines(found, new.declaration, old.declaration, args.lang, effects)]
    if effects is not None and found:
        said += effect_lines(effects)
    args.out.result(told, said)
    return DONE


def apply(args: argparse.Namespace, tell: Callable[[DeclarationError], None]) -> int:
    """Show what it comes to, ask, and put it in force. `tell` says what the check finds."""
    from hjemmel.kernel import access  # noqa: PLC0415 - it needs the models
    from hjemmel.kernel.statement import actions  # noqa: PLC0415 - it needs the models
    from hjemmel.kernel.statement.editions import latest  # noqa: PLC0415 - it needs the models

    files = files_of(args.source)
    with access.acting(actor="console", purpose="declaration/apply"):
        seen = latest()
        try:
            _preview(args, files, first=seen is None)
        except DeclarationError as error:
            tell(error)
            args.out.progress("Erklæringen er ikke satt i kraft. Rett feilene og prøv igjen.")
            return COULD_NOT
    _ask(args)
    with access.acting(actor="console", purpose="declaration/apply"):
        if latest() != seen:
            raise Cannot("En annen utgave er satt i kraft i mellomtiden. Se på endringene en gang til.")
        version = actions.apply(files)
    data = {"version": version.pk, "valid_from": version.valid_from, "digest": version.digest}
    args.out.result(data, [f"Erklæringen gjelder fra {day(version.valid_from)} (utgave {version.pk})."])
    return DONE


def _preview(args: argparse.Namespace, files: dict[str, str], *, first: bool) -> None:
    from hjemmel.declaration import load_texts  # noqa: PLC0415 - beside what it is used with
    from hjemmel.kernel.grounds.queries import in_force  # noqa: PLC0415 - it needs the models
    from hjemmel.kernel.statement.actions import known  # noqa: PLC0415 - it needs the models
    from hjemmel.kernel.statement.effects import effects_of  # noqa: PLC0415 - it needs the models

    new = load_texts(files, known=known())
    if first:
        args.out.progress(FIRST)
        return
    effects = effects_of(new)
    found: tuple[Change, ...] = tuple(counted.change for counted in effects.changes)
    if not found:
        args.out.progress(UNCHANGED)
        return
    old: Declaration = in_force()
    for line in (*lines(found, new, old, "nb", effects), *effect_lines(effects)):
        args.out.progress(line)


def _ask(args: argparse.Namespace) -> None:
    """Wait for a yes. Raises Cannot where none is given."""
    if args.yes:
        return
    if not sys.stdin.isatty():
        raise Cannot("Se på endringene over. Skal de gjelde, gi kommandoen med --yes.")
    print(QUESTION, end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().lower() != YES:
        raise Cannot("Erklæringen er ikke satt i kraft.")


def _effects(args: argparse.Namespace, new: Source) -> "Effects":
    from hjemmel.kernel import access  # noqa: PLC0415 - it needs the models
    from hjemmel.kernel.statement.effects import effects  # noqa: PLC0415 - it needs the models

    try:
        with access.acting(actor="console", purpose="declaration/apply"):
            return effects(new.files)
    except DeclarationError as error:
        args.out.progress(str(error))
        raise Cannot(
            "Erklæringen passer ikke til det registeret lagrer, og kan ikke settes i kraft."
        ) from None
