"""The frame around every command: arguments, the database up and left as found, exit codes."""

import pkgutil
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from types import ModuleType

from hjemmel.faces.cli import commands
from hjemmel.faces.cli.installation import Installation
from hjemmel.faces.cli.output import BinaryToTerminalError, Output
from hjemmel.faces.cli.parser import Parser

DONE, FINDINGS, COULD_NOT = 0, 1, 2
NOTHING_DECLARED = (
    "Registeret har ingen erklæring ennå. Sett en i kraft først, med «hjemmel declaration apply MAPPE»."
)
NOT_HERE = "Dette er ingen tekst. Send det til en fil, med «> FIL» til slutt i kommandoen."
ORDER = ("run", "setup", "migrate", "web", "worker", "stop", "status")


class Cannot(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """A command could not do what was asked; the message says why and what to do instead."""


class NoRegister(Cannot):
    """There is no register here yet."""


def main(argv: Sequence[str], installation: Installation) -> int:
    """Run one command; return its exit code."""
    parser = _parser()
    args = parser.parse_args(argv)
    args.installation = installation
    args.out = Output(as_json=args.json)
    role = getattr(args, "role", None) or getattr(args.command, "role", None)
    make = getattr(args.command, "makes_database", False)
    around: AbstractContextManager[object] = installation.database(role, make=make) if role else nullcontext()
    try:
        with around:
            return int(args.command.run(args))
    except BinaryToTerminalError:
        print(f"hjemmel {args.command.name}: {NOT_HERE}", file=sys.stderr)
        return COULD_NOT
    except Cannot as reason:
        print(f"hjemmel {args.command.name}: {reason}", file=sys.stderr)
        return COULD_NOT


def _parser() -> Parser:
    parser = Parser(prog="hjemmel", description="Et medlemsregister der ingenting står uten hjemmel.")
    choices = parser.add_subparsers(
        title="kommandoer", metavar="KOMMANDO", required=True, parser_class=Parser
    )
    for command in _commands():
        own = choices.add_parser(command.name, help=command.summary, description=command.summary)
        own.add_argument("--json", action="store_true", help="resultatet som JSON på stdout")
        own.set_defaults(command=command)
        command.add_arguments(own)
    return parser


def _commands() -> list[ModuleType]:
    """Return the command modules, those that run the house first."""
    names = [
        module.name for module in pkgutil.iter_modules(commands.__path__) if not module.name.startswith("_")
    ]
    modules = [import_module(f"{commands.__name__}.{name}") for name in names]
    return sorted(modules, key=lambda m: (ORDER.index(m.name) if m.name in ORDER else len(ORDER), m.name))
