"""Actors, subjects and search words to ask with: the same ones for every form that is compared."""

import random
from dataclasses import dataclass

import psycopg

LEVELS = ("chapter", "county", "national")


@dataclass(frozen=True)
class Asker:
    """One officer: her level, her actor setting, her unit and some of the people she reaches."""

    level: str
    actor: str
    unit: int
    subjects: list[int]
    names: list[str]


def askers(connection: psycopg.Connection, *, each: int = 5) -> list[Asker]:
    """Return officers of every level with 200 subjects each, as superuser (RLS does not apply)."""
    found = []
    for level in LEVELS:
        rows = connection.execute(
            "select actor, unit_id from bench_actor where kind = %s order by hashint8(actor) limit %s",
            (level, each),
        ).fetchall()
        for actor, unit in rows:
            people = connection.execute(
                """select p.id, p.given_name || ' ' || p.family_name from people_person p
                  join members_membership m on m.subject_id = p.id
                   join units_unit u on u.id = m.unit_id where u.ancestors @> array[%s::bigint]
                     and m.left_on is null
                   order by hashint8(p.id) limit 200""",
                (unit,),
            ).fetchall()
            found.append(
                Asker(level, f"officer:{actor}", unit, [row[0] for row in people], [row[1] for row in people])
            )
    return found


def misspelt(name: str, *, seed: int, faults: int = 1) -> str:
    """Return the name with letters swapped, dropped or doubled, as a hand at a keyboard does."""
    chance = random.Random(seed)
    for _ in range(faults):
        at = chance.randrange(1, len(name) - 1)
        kind = chance.choice(("swap", "drop", "double"))
        if kind == "swap":
            name = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
        elif kind == "drop":
            name = name[:at] + name[at + 1 :]
        else:
            name = name[:at] + name[at] + name[at:]
    return name
