"""The program `hjemmel`: the environment read, the commands run in it."""

import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

from hjemmel.faces import cli
from hjemmel.project.config import ConfigError, from_environment
from hjemmel.project.house import House
from hjemmel.project.logs import WithoutValues
from hjemmel.project.postgres import ServerError, account, binaries, cluster, places
from hjemmel.project.running import AlreadyRunningError
from hjemmel.project.secrets import UnreadableSecretError
from hjemmel.project.supervise import KeepsEndingError

COULD_NOT = 2
TOLD = (
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
    except Exception:  # noqa: BLE001 - an error's own message may quote a person's data
        faults = ["en feil i programmet:", WithoutValues().formatException(sys.exc_info())]
    for fault in faults:
        sys.stderr.write(f"hjemmel: {fault}\n")
    return COULD_NOT


def _interrupt(*_: object) -> NoReturn:
    """End as Ctrl+C does, so that what was started is stopped."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    raise SystemExit(main())
