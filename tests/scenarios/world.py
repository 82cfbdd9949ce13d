"""Where stories take place: a preset in force, a small tree of units, and those who look after it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TypeVar

from django.db import connection

from hjemmel.declaration import Declaration, load
from hjemmel.kernel import access
from hjemmel.kernel.units.models import Unit
from tests.acting import as_app
from tests.kernel.retention import register
from tests.kernel.verify import presets
from tests.planting import officer

PRESETS = ("youth", "interest", "union", "courses", "mission")
PLACES = {"central": ("Fjellheim",), "region": ("Nord",), "chapter": ("Havna", "Lia"), "club": ("Verftet",)}
ALWAYS = date(1950, 1, 1)
KEEPS = ("membership", "contact_register", "holds")  # activities that somebody has to look after

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class World:
    """A register of one preset. `keepers` says who may change what an activity holds."""

    preset: str
    declaration: Declaration
    keepers: dict[str, int]
    purposes: tuple[str, ...]

    def ask(self, activity: str, act: Callable[[], Answer]) -> Answer:
        """Have whoever looks after the activity do something, as the web does it for her."""
        keeper = self.keepers.get(activity, self.keepers["contact_register"])
        with as_app(actor=f"officer:{keeper}", purpose=self.purposes):
            return act()


@cache
def declared(preset: str) -> Declaration:
    """The preset as it is shipped."""
    return load(preset)


def begin(preset: str) -> World:
    """Put the preset in force in an empty register, and let somebody look after it."""
    declaration = declared(preset)
    presets.put_in_force(preset)
    root = _tree(declaration)
    keepers = {name: office for name in KEEPS if (office := _keeper(declaration, name))}
    people = {
        office: officer(office, root, given=office, starts_on=ALWAYS).pk
        for office in sorted({*keepers.values()})
    }
    register.settle()
    purposes = tuple(f"{a.name}/{p.name}" for a in declaration.active for p in a.purposes)
    return World(preset, declaration, {name: people[of] for name, of in keepers.items()}, purposes)


def _tree(declaration: Declaration) -> int:
    """A few units of each kind, each under the first one of a kind that it may lie under."""
    with access.acting(actor="console", purpose=()), connection.cursor() as cursor:
        cursor.execute("delete from units_unit")
        made: dict[str, Unit] = {}
        for kind in declaration.unit_kinds:
            over = next((made[name] for name in kind.under if name in made), None)
            for name in PLACES[kind.name]:
                unit = Unit.objects.create(kind=kind.name, name=name, parent=over, opened_on=ALWAYS)
                made.setdefault(kind.name, unit)
    return made["central"].pk


def _keeper(declaration: Declaration, activity: str) -> str | None:
    """The office that may change what the activity holds, of the whole organisation."""
    for one in declaration.active:
        if one.name == activity:
            return next(duty.office for duty in one.duties if {"change", "read"} <= duty.may)
    return None
