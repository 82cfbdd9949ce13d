"""The tree of units as everybody in the organisation may read it."""

from collections.abc import Iterable

from hjemmel.kernel.units.models import Unit


def names(ids: Iterable[int | None]) -> dict[int | None, str | None]:
    """Return the name of each unit, by id; None, a unit that is hidden, has none. One query.

    What points to a unit is read apart from it: a join would leave out the rows whose unit is hidden.
    """
    wanted = {pk for pk in ids if pk is not None}
    found: dict[int | None, str | None] = {None: None}
    found.update(Unit.objects.filter(pk__in=wanted).values_list("pk", "name"))
    return found
