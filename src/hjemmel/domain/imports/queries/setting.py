"""What an import stands on: the activity it fills, for which purposes, in which units, with which rights."""

from dataclasses import dataclass
from typing import Literal

from hjemmel.declaration import Activity, Declaration
from hjemmel.domain.imports.queries.reasons import NotPossible
from hjemmel.domain.imports.queries.units import Place, Units
from hjemmel.kernel import clock
from hjemmel.kernel.clock.models import Installation
from hjemmel.kernel.grounds.queries import in_force

MEMBERSHIP, ROW = "membership", "import_row"


@dataclass(frozen=True, slots=True)
class Setting:
    """`unit` is the unit of rows that name none."""

    activity: str
    purposes: tuple[str, str]
    allow: Literal["real", "synthetic"]
    units: Units
    unit: Place | None


def setting(*, activity: str = "", unit: str = "") -> Setting:
    """Return what an import into `activity` stands on, its rows belonging to `unit` where they name none.

    Raises NotPossible, and NothingDeclaredError where no declaration is in force.
    """
    declaration = in_force()
    chosen = _activity(declaration, activity)
    staging = next((a for a in declaration.active if _keeps(a, ROW)), None)
    if staging is None:
        raise NotPossible("import.not_declared")
    kind = Installation.objects.values_list("kind", flat=True).first()
    if kind is None:
        raise NotPossible("import.no_installation")
    units = Units()
    place = units.find(unit, on=clock.after(clock.today(), days=1)) if unit else None
    if isinstance(place, str):
        raise NotPossible("import.unit", where=unit)
    return Setting(
        activity=chosen.name,
        purposes=(_first_purpose(chosen), _first_purpose(staging)),
        allow="real" if kind == Installation.Kind.PRODUCTION else "synthetic",
        units=units,
        unit=place,
    )


def _activity(declaration: Declaration, name: str) -> Activity:
    able = [a for a in declaration.active if _keeps(a, MEMBERSHIP)]
    for activity in able:
        if activity.name == (name or MEMBERSHIP):
            return activity
    if not name and len(able) == 1:
        return able[0]
    raise NotPossible("import.activity", where=name)


def _keeps(activity: Activity, record: str) -> bool:
    return any(keep.what == record for keep in activity.keep)


def _first_purpose(activity: Activity) -> str:
    """The purpose for which an activity's records are kept in order: the one it declares first."""
    return f"{activity.name}/{activity.purposes[0].name}"
