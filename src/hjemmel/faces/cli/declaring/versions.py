"""hjemmel declaration versions, export and affected: what has been in force, and whom it touched."""

import argparse
import os
import re
from pathlib import Path

from hjemmel.faces.cli.declaring.sources import day
from hjemmel.faces.cli.frame import DONE, NOTHING_DECLARED, Cannot

FILE = re.compile(r"(activities/)?[a-z0-9_]+\.yaml")


def add_export(parser: argparse.ArgumentParser) -> None:
    """Take the folder, and which version."""
    parser.add_argument("folder", metavar="MAPPE", help="en mappe som er tom eller ikke finnes")
    parser.add_argument("--version", type=int, metavar="NUMMER", help="ellers den som gjelder")
    parser.set_defaults(role="owner")


def add_affected(parser: argparse.ArgumentParser) -> None:
    """Take since when, and the file for their ids."""
    parser.add_argument(
        "--since", type=int, metavar="NUMMER", help="utgaven før endringen (ellers den forrige)"
    )
    parser.add_argument("--file", metavar="FIL", help="skriv id-ene deres i denne filen")
    parser.set_defaults(role="owner")


def versions(args: argparse.Namespace) -> int:
    """List every version with its dates, the latest first."""
    from hjemmel.kernel.statement.editions import editions  # noqa: PLC0415 - it needs the models

    found = editions()
    if not found:
        raise Cannot(NOTHING_DECLARED)
    data = [
        {"version": e.number, "valid_from": e.valid_from, "replaced_on": e.replaced_on, "digest": e.digest}
        for e in found
    ]
    said = [
        f"{e.number}: {day(e.valid_from)} – {'gjelder' if e.replaced_on is None else day(e.replaced_on)}"
        for e in found
    ]
    args.out.result(data, said)
    return DONE


def export(args: argparse.Namespace) -> int:
    """Write the files of a version into a folder."""
    from hjemmel.kernel.statement.editions import edition  # noqa: PLC0415 - it needs the models

    found = edition(_number(args.version))
    if found is None:
        raise Cannot(f"Det finnes ingen utgave {args.version}. Se «hjemmel declaration versions».")
    folder = Path(args.folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Cannot(f"{folder} er ikke tom. Velg en mappe som er tom eller ikke finnes.")
    if strange := [name for name in found.files if not FILE.fullmatch(name)]:
        raise Cannot(f"Utgave {found.number} har filnavn som ikke kan skrives: {', '.join(strange)}.")
    for name, text in found.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    data = {"version": found.number, "files": sorted(found.files)}
    args.out.result(data, [f"Utgave {found.number} ligger i {folder}: {len(found.files)} filer."])
    return DONE


def affected(args: argparse.Namespace) -> int:
    """Tell how many are touched by what has changed to their disadvantage; their ids go to a file alone."""
    from hjemmel.kernel import access  # noqa: PLC0415 - it needs the models
    from hjemmel.kernel.statement.editions import affected_since, before  # noqa: PLC0415 - it needs the models

    now = _number(None)
    since = args.since if args.since is not None else before(now)
    if since is None:
        raise Cannot("Det har bare vært én utgave, så ingenting er endret.")
    with access.acting(actor="console", purpose="declaration/notice"):
        found = affected_since(since)
    if found is None:
        raise Cannot(f"Det finnes ingen utgave {since} som kan leses. Se «hjemmel declaration versions».")
    if args.file:
        _write(Path(args.file), found)
    persons = "person" if len(found) == 1 else "personer"
    said = [f"Endringer siden utgave {since} er til ulempe for {len(found)} {persons}."]
    said += [f"Id-ene står i {args.file}."] if args.file else []
    args.out.result({"since": since, "version": now, "persons": len(found), "file": args.file}, said)
    return DONE


def _number(asked: int | None) -> int:
    from hjemmel.kernel.statement.editions import latest  # noqa: PLC0415 - it needs the models

    number = asked if asked is not None else latest()
    if number is None:
        raise Cannot(NOTHING_DECLARED)
    return number


def _write(path: Path, ids: list[int]) -> None:
    """Write the ids into a new file that its owner alone can read. Raises Cannot."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise Cannot(f"{path} kan ikke skrives: {error.strerror}. Velg en fil som ikke finnes.") from None
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.writelines(f"{each}\n" for each in ids)
