"""The program `hjemmel`: the environment read, the commands run in it."""

import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

from hjemmel.faces import cli
from hjemmel.kernel.vault.root import RootKeyError
from hjemmel.project.config import ConfigError, from_environment
from hjemmel.project.house import House
from hjemmel.project.logs import WithoutValues
from hjemmel.project.postgres import ServerError, account, binaries, cluster, places
from hjemmel.project.running import AlreadyRunningError
from hjemmel.project.secrets import UnreadableSecretError
from hjemmel.project.supervise import KeepsEndingError

COULD_NOT = 2
TOLD = (
    RootKeyError,
    ServerError,
    AlreadyRunningError,
    KeepsEndingError,
    UnreadableSecretError,
    account.NoAccountError,
    binaries.NoBinariesError,
    cluster.ClusterError,
    places.UnsafePlaceError,
    PermissionError,
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return 0 (done), 1 (ran with findings or rejects) or 2 (could not)."""
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        return cli.main(sys.argv[1:] if argv is None else argv, House(from_environment()))
    except ConfigError as error:
        faults = error.faults
    except TOLD as error:
        faults = [str(error)]
    except KeyboardInterrupt:
        faults = ["avbrutt"]
    except BrokenPipeError:
        return COULD_NOT
    except Exception as error:  # noqa: BLE001 - an error's own message may quote a person's data
        told = WithoutValues().formatException(sys.exc_info())
        faults = [_NOT_READY] if _no_tables(error) else ["en feil i programmet:", told]
    for fault in faults:
        sys.stderr.write(f"hjemmel: {fault}\n")
    return COULD_NOT


_NOT_READY = "databasen er ikke klar for denne utgaven. Kjør «hjemmel migrate» først."


def _no_tables(error: BaseException | None) -> bool:
    """Return whether PostgreSQL missed a table, a column, a function or a schema."""
    missing = {"42P01", "42703", "42883", "3F000"}
    while error is not None and getattr(error, "sqlstate", None) not in missing:
        error = error.__cause__
    return error is not None


def _interrupt(*_: object) -> NoReturn:
    """End as Ctrl+C does, so that what was started is stopped."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    raise SystemExit(main())
