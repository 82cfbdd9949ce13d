"""pg_dump and pg_restore, fed and read as streams: nothing that they carry lands on the disk in the open."""

import re
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from hjemmel.project.backup import BackupError
from hjemmel.project.postgres import binaries as pg

PIECE = 2**20
# Left to the program: schemas with their first rights and the extension are there already; the rights on the
# server's own functions only a superuser gives.
NOT_READ_IN = re.compile(r"\d+; \d+ \d+ (SCHEMA -|EXTENSION -|COMMENT -|ACL pg_catalog|DATABASE)")


def dump(binaries: Path, login: Mapping[str, Any], arguments: Sequence[str]) -> Iterator[bytes]:
    """Yield what pg_dump writes. Raises BackupError, at the end, where it did not come to its own."""
    command = [str(binaries / "pg_dump"), "--format=custom", *arguments]
    with tempfile.TemporaryFile() as said, _started(command, binaries, login, stderr=said) as running:
        if running.stdout is None:
            raise BackupError("pg_dump kan ikke leses.")
        while piece := running.stdout.read(PIECE):
            yield piece
        if running.wait() != 0:
            raise BackupError(f"pg_dump: {_said(said)}")


def contents(binaries: Path, archive: Iterable[bytes]) -> str:
    """Return the list of what an archive holds, without what is not read in."""
    command = [str(binaries / "pg_restore"), "--list"]
    told = _feed(command, binaries, {}, archive, whole=False)
    return "\n".join(line for line in told.splitlines() if not NOT_READ_IN.match(line)) + "\n"


def restore(
    binaries: Path,
    login: Mapping[str, Any],
    archive: Iterable[bytes],
    *,
    listed: Path,
    sections: Sequence[str],
) -> None:
    """Read sections of an archive into a database. Raises BackupError at its first error."""
    command = [str(binaries / "pg_restore"), "--exit-on-error", f"--use-list={listed}"]
    command += [f"--section={section}" for section in sections]
    _feed([*command, f"--dbname={login['dbname']}"], binaries, login, archive)


def _feed(
    command: list[str],
    binaries: Path,
    login: Mapping[str, Any],
    archive: Iterable[bytes],
    *,
    whole: bool = True,
) -> str:
    """Give the program all of the archive on stdin; return what it wrote. It may close its ears early where
    it has heard enough. The archive is read to its end if it is to be `whole`: only then is it known to be.
    """
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as out:
        with _started(command, binaries, login, stdin=subprocess.PIPE, stdout=out, stderr=said) as running:
            try:
                _write(running, archive, whole=whole)
            except BaseException:
                running.kill()
                raise
            if running.wait() != 0:
                raise BackupError(f"{Path(command[0]).name}: {_said(said)}")
        out.seek(0)
        return bytes(out.read()).decode(errors="replace")


def _write(running: "subprocess.Popen[bytes]", archive: Iterable[bytes], *, whole: bool) -> None:
    ears = running.stdin
    listening = ears is not None
    for piece in archive:
        if listening and ears is not None:
            try:
                ears.write(piece)
                ears.flush()
            except BrokenPipeError:
                listening = False
        if not listening and not whole:
            break
    if ears is not None:
        try:
            ears.close()
        except BrokenPipeError:
            return


def _started(
    command: list[str], binaries: Path, login: Mapping[str, Any], **streams: Any
) -> "subprocess.Popen[bytes]":
    place = {"PGHOST": "host", "PGPORT": "port", "PGUSER": "user", "PGPASSWORD": "password"}
    known = {name: str(login[key]) for name, key in place.items() if key in login}
    known |= {
        f"PG{key.upper()}": str(value)
        for key, value in login.items()
        if key not in {*place.values(), "dbname"} and re.fullmatch(r"ssl[a-z]+", key)
    }
    environment = pg.environment(binaries) | known
    given: dict[str, Any] = {"stdout": subprocess.PIPE} | streams
    return subprocess.Popen(command, env=environment, **given)


def _said(file: Any) -> str:
    """Return the first line of what a program complained of. It names a table, and no value of a row."""
    file.seek(0)
    lines = [line for line in file.read().decode(errors="replace").splitlines() if "error" in line]
    what, mark, why = (lines or ["ukjent feil"])[0].strip().partition("ERROR:")
    return f"{what}{mark}" + re.sub(r'"[^"]*"', "…", why)
