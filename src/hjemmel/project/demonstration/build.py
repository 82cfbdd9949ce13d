"""Building the demonstration: triggers off, load in sets, derive the ledger, triggers on."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from enum import Enum
from importlib.resources import files
from secrets import choice
from typing import Any

from django.db import connection

from hjemmel.declaration import texts_of
from hjemmel.domain.people.formats import name as names
from hjemmel.kernel import access, catalog, clock
from hjemmel.kernel.clock.models import Installation
from hjemmel.kernel.consent.models import Wording
from hjemmel.kernel.retention.actions import run
from hjemmel.kernel.statement.actions import apply
from hjemmel.kernel.subjects.models import Subject
from hjemmel.kernel.units.models import Unit
from hjemmel.project.demonstration import names as drawn
from hjemmel.project.demonstration.officers import Officer, officers, tie

MEMBERS_A_CHAPTER = 80
LIST_OF_PEOPLE = "people.sql"
EXTRA = 22  # people made for the deadlines


class DemonstrationError(RuntimeError):
    """Raised where a demonstration would be built into a home that holds something else."""


class Holds(Enum):
    """What a register holds already."""

    NOTHING = "nothing"
    DEMONSTRATION = "demonstration"
    REGISTER = "register"  # of anybody: started by setup, or filled before that


def holds() -> Holds:
    """Return what the register holds: a demonstration is built into an empty one only."""
    with access.acting(actor="system:demo", purpose="accounts/administration"):
        if Installation.objects.filter(kind=Installation.Kind.DEMO).exists():
            return Holds.DEMONSTRATION
        held = Installation.objects.exists() or Subject.objects.exists() or Unit.objects.exists()
    return Holds.REGISTER if held else Holds.NOTHING


def build(*, persons: int = 2000, preset: str = "mission", seed: int = 1) -> dict[str, Any]:
    """Build the demonstration in one transaction and return its counts and log-ins (`username`,
    `password`, `who`). Runs as the owner. Raises DemonstrationError where the register holds anything.
    """
    if holds() is not Holds.NOTHING:
        message = "This home holds a register already. Give the demonstration a home of its own."
        raise DemonstrationError(message)
    password = "-".join(choice([n for n in drawn.FAMILY if n.isascii()]).lower() for _ in range(4))
    with access.acting(actor="system:demo", purpose="accounts/administration"):
        Installation.objects.create(kind=Installation.Kind.DEMO)
        apply(texts_of(preset))
        people = _load(persons, seed)
        logins = [
            {"username": o.username, "password": password, "who": o.title}
            for o in officers()
            if tie(o, password)
        ]
    _first_night()
    return {"persons": people, "logins": logins}


def _first_night() -> None:
    """What was due today or before goes, as on any night; whoever is due tomorrow is still there."""
    with connection.cursor() as cursor:
        cursor.execute("analyze")
        cursor.execute("set role hjemmel_keeper")
        run()
        cursor.execute("reset role")


def _load(persons: int, seed: int) -> int:
    today = clock.today()
    units = _plant_units(max(6, persons // MEMBERS_A_CHAPTER))
    wording = Wording.objects.create(
        purpose="contact_register/information",
        language="nb",
        text="Ja, send meg nytt om arbeidet på e-post. Jeg kan si nei igjen når som helst.",
    )
    root = Unit.objects.get(parent=None).pk
    values: dict[str, Any] = {
        "persons": persons + EXTRA,
        "today": today,
        "seed": seed,
        "units": units,
        "root": root,
    }
    values |= {"wording": wording.pk, "from": persons}
    with connection.cursor() as cursor, _triggers_off(cursor):
        cursor.execute(_text("draw.sql"), values)
        _plant_lists(cursor)
        for statement in _statements(LIST_OF_PEOPLE):
            cursor.execute(statement, values)
            if statement.startswith("create temp table demo "):
                # The last people exist for a deadline each, and have no other tie.
                cursor.execute("update demo set kind = 1000 where i >= %(from)s", values)
                cursor.execute("analyze demo")
        for statement in _statements("deadlines.sql"):
            cursor.execute(statement, values)
        _plant_officers(cursor, officers(), values)
        _derive(cursor)
        cursor.execute("select count(*) from people_person")
        found: tuple[int] = cursor.fetchone()
    return found[0]


def _plant_units(chapters: int) -> int:
    """The tree: a centre, regions, chapters. Returns the number of chapters."""
    opened = date(1950, 1, 1)
    root = Unit.objects.create(kind="central", name="Landskontoret", opened_on=opened)
    count = min(len(drawn.REGIONS), max(2, chapters // 12))
    regions = [
        Unit.objects.create(kind="region", name=f"Region {name}", parent=root, opened_on=opened)
        for name in drawn.REGIONS[:count]
    ]
    Unit.objects.bulk_create(
        Unit(
            kind="chapter",
            name=_chapter_name(n),
            parent=regions[n % count],
            ancestors=[],
            opened_on=opened,
        )
        for n in range(chapters)
    )
    return chapters


def _chapter_name(number: int) -> str:
    first, second = drawn.CHAPTERS[number % 20], drawn.CHAPTERS[(number // 20 * 7 + 3) % 20]
    if number < 20:
        return first
    tail = f" {number // 400 + 1}" if number >= 400 else ""
    return f"{first} og {second.lower()}{tail}"


def _plant_lists(cursor: Any) -> None:
    """Names, places and units to draw from, numbered."""
    rows = [
        (sex, era, n, name, names.sort_key(name), names.search_key(name))
        for sex, eras in enumerate(drawn.GIVEN)
        for era, list_ in enumerate(eras)
        for n, name in enumerate(list_)
    ]
    _copy(cursor, "demo_given", "sex int, era int, n int, name text, sort_key text, search_key text", rows)
    family = [(n, f, names.sort_key(f), names.search_key(f)) for n, f in enumerate(drawn.FAMILY)]
    _copy(cursor, "demo_family", "n int, name text, sort_key text, search_key text", family)
    places = [(n, code, place, number) for n, (code, place, number) in enumerate(drawn.PLACES)]
    _copy(cursor, "demo_place", "n int, postcode text, place text, municipality text", places)
    _copy(cursor, "demo_street", "n int, name text", list(enumerate(drawn.STREETS)))
    cursor.execute(
        "create temp table demo_unit on commit drop as"
        " select row_number() over (order by name) - 1 as n, id from units_unit where kind = 'chapter'"
    )


def _copy(cursor: Any, table: str, columns: str, rows: Sequence[tuple[Any, ...]]) -> None:
    cursor.execute(f"create temp table {table} ({columns}) on commit drop")
    marks = ", ".join(["%s"] * len(rows[0]))
    cursor.executemany(f"insert into {table} values ({marks})", rows)


def _plant_officers(cursor: Any, made: list[Officer], values: dict[str, Any]) -> None:
    """A leader for each chapter and region, drawn among its grown members, and those who log in."""
    cursor.execute(_text("officers.sql"), values)
    cursor.execute(
        "create temp table demo_login (subject_id bigint, unit_id bigint, office text) on commit drop"
    )
    for officer in made:
        cursor.execute(officer.chooses, values)


@contextmanager
def _triggers_off(cursor: Any) -> Iterator[None]:
    """Rows are loaded as they come; what triggers would have kept is derived afterwards, in sets."""
    tables = [t.name for t in catalog.tables() if t.subject]
    for name in tables:
        cursor.execute(f"alter table public.{name} disable trigger user")
    yield
    cursor.execute("set constraints all immediate")
    for name in tables:
        cursor.execute(f"alter table public.{name} enable trigger user")


def _derive(cursor: Any) -> None:
    """The ledger, the duties and the log's counts, as the triggers would have left them."""
    cursor.execute(
        "insert into grounds_ground (clause_id, record_id, subject_id, unit_id, since, ended, until)"
        " select clause_id, record_id, subject_id, unit_id, since, ended, until from grounds_fresh"
    )
    cursor.execute("select kernel.duties_anew()")
    for table in catalog.tables():
        if not table.subject:
            continue
        cursor.execute(
            f"insert into audit_tally (table_name, rows) select '{table.name}', count(*) from {table.name}"
        )
        if table.log_each:
            cursor.execute(
                "insert into audit_entry (at, actor, purpose, kind, table_name, record_id, subject_id)"
                f" select now(), 'system:demo', '', 'created', '{table.name}', {table.key}, {table.subject}"
                f" from {table.name}"
            )


def _statements(name: str) -> list[str]:
    """The statements of a file, each headed by `-- name:`."""
    parts = _text(name).split("-- name: ")[1:]
    return [part.partition("\n")[2].strip() for part in parts]


def _text(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")
