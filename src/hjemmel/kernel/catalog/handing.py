"""How a datum looks when it leaves the register: in a file to a recipient, or on a page open to all.

    catalog.hands(Person, "person.name", Shown(_("Family name"), "r.family_name"), …)

One way for each datum. What has none cannot leave.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from hjemmel.kernel.catalog.registry import CatalogError, Table, find


@dataclass(frozen=True, slots=True)
class Shown:
    """One column: its heading (translated when it is read), SQL over the row `r`, and what stands for the
    values where they are words of a fixed set. `offices`: the value is an office, told by its title.
    """

    title: Any
    sql: str
    words: Mapping[str, Any] = field(default_factory=dict)
    offices: bool = False


@dataclass(frozen=True, slots=True)
class Handing:
    """The columns of one datum, from one table: of a record table the row of the ground itself, else the
    first row of the subject's that passes `where`.
    """

    datum: str
    table: str
    columns: tuple[Shown, ...]
    where: str = "true"

    @property
    def source(self) -> Table:
        """The table in the catalog."""
        found = find(self.table)
        if found is None or found.subject is None:
            message = f"{self.datum} is handed over from {self.table}, which holds nobody."
            raise CatalogError(message)
        return found


_handings: dict[str, Handing] = {}


def hands(model: type[models.Model], datum: str, *columns: Shown, where: str = "true") -> None:
    """Enter how a datum is handed over."""
    if datum in _handings:
        message = f"{datum} is handed over in two ways."
        raise CatalogError(message)
    _handings[datum] = Handing(datum, model._meta.db_table, columns, where)


def handings() -> Iterable[Handing]:
    """All of them, in the order they were entered: that of the columns of a file."""
    return tuple(_handings.values())
