"""Which days can stand in the register: one rule, for the constraints of tables and for what people type.

The first is before anybody now held was born, the last beyond anything that is planned; so no year of one,
four or five digits, and no due date that never comes. Nobody is born after today. That is real time, also
where a demonstration lives on another day: a constraint is asked again when a backup is read in.
"""

from datetime import date
from typing import Final

from django.db import models
from django.db.models.functions import Now, TruncDate

FIRST: Final = date(1850, 1, 1)
LAST: Final = date(2149, 12, 31)
ENDING: Final = "_days"  # of the constraints' names, by which a refusal is known


def within(name: str, *fields: str) -> models.CheckConstraint:
    """Return the constraint `name`: the days in `fields`, where there are any, lie from FIRST to LAST."""
    condition = models.Q()
    for field in fields:
        condition &= models.Q(**{f"{field}__range": (FIRST, LAST)})
    return models.CheckConstraint(condition=condition, name=name)


def born(name: str, field: str) -> models.CheckConstraint:
    """Return the constraint `name`: the day in `field` lies from FIRST to today."""
    condition = models.Q(**{f"{field}__gte": FIRST, f"{field}__lte": TruncDate(Now())})
    return models.CheckConstraint(condition=condition, name=name)
