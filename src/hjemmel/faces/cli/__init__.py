"""The command line: `hjemmel COMMAND`. One module per command in `commands/`, found by being there.

A command module has `name`, `summary`, `add_arguments(parser)` and `run(args) -> int` (0 done, 1 ran with
findings or rejects, 2 could not). With `role` it gets the database up and Django ready, logged in as that
role; only with `makes_database` where there is none yet. The console is the actor. What it prints goes
through `args.out`; `Cannot` says why it could not.
"""

from hjemmel.faces.cli.frame import Cannot, main
from hjemmel.faces.cli.installation import Installation
from hjemmel.faces.cli.output import Output

__all__ = ["Cannot", "Installation", "Output", "main"]
