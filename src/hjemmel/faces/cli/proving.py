"""What the command line says of runs: what went by which rule, what is left, and what goes when."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from hjemmel.faces.cli.frame import DONE, FINDINGS, Cannot
from hjemmel.faces.cli.output import Output

if TYPE_CHECKING:
    from hjemmel.kernel.retention.forecast import Outlook
    from hjemmel.kernel.retention.proofs import Told

HAPPENS = {
    "record": "oppføringer",
    "row": "rader med opplysninger",
    "datum": "enkeltopplysninger",
    "reference": "henvisninger til andre",
    "person": "personer",
    "subject": "id-er uten person",
}
NO_RULE = "ingen regel lenger"
FOUND = {
    "data_without_ground": "opplysninger uten hjemmel",
    "data_past_last_ground": "opplysninger som skulle vært slettet",
    "gone_without_log": "rader som er borte uten spor i loggen",
}
STATES = {
    "running": "i gang",
    "done": "ferdig",
    "broken": "avbrutt",
    "stopped": "stanset av bremsen",
}
KINDS = {
    "record": "Oppføringer",
    "part": "Opplysninger fra oppføringer som blir",
    "person": "Personer som går helt",
}


def lines(counts: dict[str, dict[str, int]]) -> list[str]:
    """How much went, a line a rule."""
    return [
        f"  {NO_RULE if rule == 'none' else rule} – "
        + ", ".join(f"{HAPPENS.get(what, what)}: {number}" for what, number in of.items())
        for rule, of in counts.items()
    ]


def search(out: Output) -> "Told | None":
    """Search for leftovers after the last run, where nobody has done so yet, and return that run; None too
    before any declaration, when nothing can be held.
    """
    from hjemmel.kernel.retention import proofs  # noqa: PLC0415 - it needs the models
    from hjemmel.kernel.verify.actions import leftovers  # noqa: PLC0415 - the same

    if not is_declared() or (number := proofs.unproved()) is None:
        return None
    out.progress("Leter etter rester …")
    proofs.prove(number, leftovers)
    return proofs.one(number)


def found(run: "Told") -> list[str]:
    """What the search after a run found."""
    if run.searched is None:
        return ["Det er ikke lett etter rester etter denne kjøringen."]
    size = f"{run.searched.rows} rader og {run.searched.grounds} hjemler"
    if not run.searched.left:
        return [f"Et nytt søk gjennom {size} fant ingen rester."]
    left = [f"  {FOUND.get(name, name)}: {number}" for name, number in run.searched.found.items() if number]
    return [f"Et nytt søk gjennom {size} fant rester:", *left]


def show(out: Output, number: int | None) -> int:
    """Print the proof of a run (the last that was done, if none is named). 1 where something is left."""
    from hjemmel.kernel.retention import proofs  # noqa: PLC0415 - it needs the models

    run = proofs.one(number)
    if run is None:
        raise Cannot(
            "Det har ikke vært noen kjøring ennå."
            if number is None
            else f"Det finnes ingen kjøring {number}."
        )
    out.result(run.as_json(), told(run))
    return FINDINGS if run.left or (run.searched and run.searched.left) else DONE


def told(run: "Told") -> list[str]:
    """A run in lines."""
    head = f"Kjøring {run.id} for {run.day}: {STATES[run.state]}."
    by = f"Utført av {run.actor}, etter erklæringens utgave {run.version or '–'}."
    took = f" på {run.seconds} sekunder" if run.seconds is not None else ""
    went = f"Gikk gjennom {run.swept} personer{took}; noe var forfalt for {run.due}."
    held = f"Gjenstår: {run.left} (databasen nektet: {run.refused}). Sikring holder på noe hos {run.held}."
    approved = [f"Godkjent av {run.approved} {run.approved_at}."] if run.approved else []
    return [head, by, *approved, went, *lines(run.counts), held, *found(run), f"Kontrollsum: {run.checksum}"]


def ahead(outlook: "Outlook") -> list[str]:
    """What goes when: a table a kind, a line a rule, a column a year."""
    years = list(outlook.years)
    told = [f"Som registeret står, fra {outlook.day} (erklæringens utgave {outlook.version}):"]
    for kind, title in KINDS.items():
        of = [line for line in outlook.lines if line.kind == kind]
        head = [*map(str, years), "senere", "uten dag"]
        told += ["", title, _row("regel", head)]
        for rule in sorted({line.rule for line in of}):
            by = {line.year: line.number for line in of if line.rule == rule}
            later = sum(n for year, n in by.items() if year is not None and year > years[-1])
            cells = [*(by.get(year, 0) for year in years), later, by.get(None, 0)]
            told.append(_row(rule, [str(cell) for cell in cells]))
    return told


def is_declared() -> bool:
    """Whether a declaration is in force."""
    from hjemmel.kernel.grounds.queries import NothingDeclaredError, in_force  # noqa: PLC0415 - needs models

    try:
        in_force()
    except NothingDeclaredError:
        return False
    return True


def _row(first: str, cells: Iterable[str]) -> str:
    return f"  {first:<32}" + "".join(f"{cell:>9}" for cell in cells)
