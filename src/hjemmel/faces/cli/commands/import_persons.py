"""hjemmel import persons: a member list into the register, row by row."""

import argparse
import os
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from hjemmel.faces.cli.frame import NOTHING_DECLARED, Cannot

if TYPE_CHECKING:
    from hjemmel.domain.imports.actions import Progress, Report

name = "import"
summary = "Les inn en medlemsliste (CSV). Avbrutt og startet igjen fortsetter den der den var."
role = "owner"

SECONDS_BETWEEN_LINES = 5.0
SECONDS_BETWEEN_REWRITES = 0.5
DONE, FINDINGS = 0, 1
GONE = "Registeret sletter filene sammen med radene, når tiden deres er ute. Rett i en kopi utenfor mappen."
GONE_TRIED = "Etter en prøvekjøring slettes filene den første natten. Rett i en kopi utenfor mappen."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the file and what its headings do not say."""
    parser.add_argument("what", choices=["persons"], metavar="persons", help="det som leses inn: persons")
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV-filen")
    parser.add_argument("--unit", default="", metavar="U", help="laget for rader uten lag: navn eller nummer")
    parser.add_argument("--activity", default="", metavar="A", help="aktiviteten i erklæringen (membership)")
    parser.add_argument("--map", type=Path, metavar="M", help="tilordningsfil for overskrifter, lag og typer")
    parser.add_argument("--dry-run", action="store_true", help="vis hva som ville skje, og skriv ingenting")


def run(args: argparse.Namespace) -> int:
    """Import the file; 1 where rows were refused or wait."""
    from hjemmel.domain.imports.actions import (  # noqa: PLC0415 - it needs the models
        NotPossible,
        Options,
        import_persons,
    )
    from hjemmel.domain.imports.csv import UnusableFile  # noqa: PLC0415 - it needs the models' floor
    from hjemmel.kernel.grounds.queries import NothingDeclaredError  # noqa: PLC0415 - it needs the models

    for path, what in ((args.file, "CSV"), (args.map, "JSON eller YAML")):
        if path is not None and not os.access(path, os.R_OK):
            raise Cannot(f"Finner ikke {path}, eller får ikke lese den.")
        if path is not None and not path.is_file():
            raise Cannot(f"{path} er ingen fil. Velg en fil som er lagret som {what}.")
    options = Options(
        unit=args.unit,
        activity=args.activity,
        map_path=args.map,
        dry_run=args.dry_run,
    )
    meter = Meter()
    try:
        report = import_persons(args.file, options=options, tell=meter.tell)
    except (UnusableFile, NotPossible) as reason:
        raise Cannot(f"{reason.message} {reason.do}") from None
    except NothingDeclaredError:
        raise Cannot(NOTHING_DECLARED) from None
    except BaseException:
        meter.close()
        if not args.dry_run and meter.read:
            args.out.progress("Avbrutt. Samme kommando en gang til fortsetter der den var.")
        raise
    meter.close()
    args.out.result(_data(report), _lines(report))
    return FINDINGS if report.rejected or report.queued else DONE


class Meter:
    """Tells on stderr how far it has come: a line written over on a screen, else a line now and then."""

    def __init__(self) -> None:
        self.read = 0
        self._began = self._told = time.monotonic()
        self._screen = sys.stderr.isatty()
        self._open = False

    def tell(self, progress: "Progress") -> None:
        """Take note of the progress, and tell of it if it is time."""
        self.read = progress.read
        now = time.monotonic()
        whole = progress.read >= progress.records
        wait = SECONDS_BETWEEN_REWRITES if self._screen else SECONDS_BETWEEN_LINES
        if now - self._told < wait and not whole:
            return
        self._told = now
        line = _progress(progress, now - self._began)
        if self._screen:
            sys.stderr.write(f"\r{line}\x1b[K")
            self._open = True
        else:
            sys.stderr.write(f"{line}\n")
        sys.stderr.flush()

    def close(self) -> None:
        """Leave the line that was being written over."""
        if self._open:
            sys.stderr.write("\n")
            self._open = False


def _progress(progress: "Progress", seconds: float) -> str:
    done = progress.read - progress.before
    line = f"{_number(progress.read)} av {_number(progress.records)} rader"
    if not done or seconds < 1:
        return line
    rate = done / seconds
    left = max(progress.records - progress.read, 0) / rate
    return f"{line}, {_number(round(rate))} i sekundet, {_time(left)} igjen"


def _time(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole} s" if whole < 90 else f"{round(whole / 60)} min"


def _number(number: int) -> str:
    return f"{number:,}".replace(",", " ")


def _data(report: "Report") -> dict[str, object]:
    return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(report).items()}


def _lines(report: "Report") -> list[str]:
    did = "Prøvekjøring, ingenting er skrevet." if report.dry_run else "Lest inn."
    lines = [
        did,
        f"  lest        {_number(report.read)}",
        f"  nye         {_number(report.added)}",
        f"  endret      {_number(report.changed)}",
        f"  uendret     {_number(report.unchanged)}",
        f"  venter      {_number(report.queued)}",
        f"  avvist      {_number(report.rejected)}",
    ]
    if report.unread:
        lines.append(f"Kolonner som ikke ble lest: {', '.join(report.unread)}")
    if report.unsure:
        lines.append(f"Overskrifter vi gjettet på: {', '.join(report.unsure)}")
    if report.dropped:
        told = ", ".join(f"{datum} ({_number(count)})" for datum, count in report.dropped.items())
        lines.append(f"Utelatt, fordi registeret ikke har hjemmel til å ha det: {told}")
    if report.rejects_file:
        lines.append(f"Avviste rader, med grunn: {report.rejects_file}")
    if report.queued_file:
        lines.append(f"Rader som venter på et menneske: {report.queued_file}")
    if report.rejects_file or report.queued_file:
        lines.append(GONE_TRIED if report.dry_run else GONE)
    return lines
