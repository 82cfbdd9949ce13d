"""The questions, each asked as the web asks: as the app role, in a transaction with actor and purposes."""

import os
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
from django.db import connection

from bench.ground.parts.asking import misspelt
from bench.ground.timing import cpu, spread
from bench.reads.asking import Asker, Someone, askers
from hjemmel.domain.members import queries as members
from hjemmel.domain.members.lookups import SORTS
from hjemmel.domain.offices.queries import rail
from hjemmel.domain.people import queries as people
from hjemmel.faces.office.purposes import REGISTER
from hjemmel.kernel import access

WARM = 3
DEEP = 100
SEARCHES: dict[str, Callable[[Someone], str | None]] = {
    "member number": lambda one: str(one.number),
    "e-mail": lambda one: one.email,
    "phone": lambda one: one.phone,
    "birth date": lambda one: str(one.born) if one.born else None,
    "whole name": lambda one: f"{one.given} {one.family}",
    "beginning of a name": lambda one: one.family[:4],
    "misspelt name": lambda one: misspelt(f"{one.given} {one.family}", seed=one.id),
    "street and number": lambda one: one.street,
    "street, postcode and place": lambda one: (
        f"{one.street}, {one.postcode} {one.place}" if one.street else None
    ),
    "postcode": lambda one: one.postcode,
    "place": lambda one: one.place,
}


class Clock:
    """Times calls, and says how many times a plain read by primary key each of them costs."""

    def __init__(self, owner: psycopg.Connection) -> None:
        self.owner = owner
        connection.ensure_connection()
        self.plain = 0.0

    def plainly(self, asker: Asker) -> dict[str, Any]:
        """Measure the plain read: one row by its key, unmasked, in such a transaction too."""

        def read(one: Someone) -> None:
            with self.owner.transaction():
                for _ in range(3):  # `acting` asks the settings, sets them and sets them back
                    self.owner.execute("select set_config('hjemmel.actor', %s, true)", (asker.actor,))
                self.owner.execute("select * from public.people_person where id = %s", (one.id,)).fetchall()

        found = self.calls(read, asker.people * 3, actor=None)
        self.plain = found["ms"]["p50"]
        return found

    def calls(self, call: Callable[[Any], Any], over: list[Any], *, actor: str | None) -> dict[str, Any]:
        """Return the spread of `call` over what it is given, as this actor."""
        times: list[float] = []
        load, used = os.getloadavg()[0], cpu(connection.connection)
        for at, one in enumerate([*over[:WARM], *over]):
            if at == WARM:
                used = cpu(connection.connection)
            start = time.perf_counter()
            if actor is None:
                call(one)
            else:
                with access.acting(actor=actor, purpose=REGISTER):
                    call(one)
            times.append(time.perf_counter() - start)
            if sum(times) > 60:
                break
        found: dict[str, Any] = {"ms": spread(times[WARM:] or times)}
        if actor is not None:
            spent = (cpu(connection.connection) - used) * 1000 / max(1, len(times) - WARM)
            found |= {"server cpu ms": round(spent, 1), "x plain": round(found["ms"]["p50"] / self.plain)}
        return found | {"load": round(load, 1)}


def measure(server: Any, given: Namespace) -> dict[str, Any]:
    """Ask everything; return the figures by what was asked and by reach."""
    with psycopg.connect(**(server.superuser() | {"dbname": connection.settings_dict["NAME"]})) as owner:
        owner.autocommit = True
        asking = askers(owner, people=given.times)
        clock = Clock(owner)
        figures: dict[str, Any] = {
            "persons": owner.execute("select count(*) from public.people_person").fetchall()[0][0],
            "plain read by primary key": clock.plainly(asking[0]),
        }
        parts = {"search": search, "lists": lists, "pages": pages}
        for part in given.only.split(","):
            print(part, flush=True)
            figures[part] = dict(parts[part](clock, asking))
    return figures


def search(clock: Clock, asking: list[Asker]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Search by each way of knowing somebody."""
    for name, typed in SEARCHES.items():
        for asker in asking:
            words = [word for one in asker.people if (word := typed(one))]
            row = clock.calls(people.search, words, actor=asker.actor)
            print(f"  {name}, {asker.reach}: {row}", flush=True)
            yield f"{name}, {asker.reach}", row


def lists(clock: Clock, asking: list[Asker]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The first page and a deep one of the widest list of each officer, in every order, both ways."""
    for asker in asking:

        def page(asked: tuple[str, bool, int], unit: int = asker.unit) -> None:
            sort, descending, number = asked
            members.unit_page(unit, sort=sort, descending=descending, page=number, below=True)

        for sort in SORTS:
            for descending in (False, True):
                for number in (1, DEEP):
                    name = f"{asker.reach}, {'-' * descending}{sort}, page {number}"
                    row = clock.calls(page, [(sort, descending, number)] * 5, actor=asker.actor)
                    print(f"  {name}: {row}", flush=True)
                    yield name, row


def pages(clock: Clock, asking: list[Asker]) -> Iterator[tuple[str, dict[str, Any]]]:
    """What a person's page and a unit's page read besides."""
    for asker in asking:

        def person(one: Someone) -> None:
            people.visible_person(one.id), members.memberships(one.id), rail()
            people.hjemler(one.id), people.who_sees(one.id), people.points([one.id])

        def counts(_: object, unit: int = asker.unit) -> None:
            members.unit_count(unit, below=True)

        yield f"a person's page, {asker.reach}", clock.calls(person, asker.people, actor=asker.actor)
        yield f"members counted, {asker.reach}", clock.calls(counts, [0] * 5, actor=asker.actor)
