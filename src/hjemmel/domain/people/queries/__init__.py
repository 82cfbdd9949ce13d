"""What the present actor may know of people. Everything is read through the masked views: what she may not
see is None, and whom she may not see is not there.
"""

from hjemmel.domain.people.queries.hjemler import Hjemmel, Viewer, hjemler, who_sees
from hjemmel.domain.people.queries.persons import (
    ContactRow,
    Named,
    Point,
    Points,
    VisiblePerson,
    contacts,
    may_enter_contact,
    persons,
    points,
    visible_person,
)
from hjemmel.domain.people.queries.search import Hit, HitUnit, finder, ids_of, likely_same, search

__all__ = [
    "ContactRow",
    "Hit",
    "HitUnit",
    "Hjemmel",
    "Named",
    "Point",
    "Points",
    "Viewer",
    "VisiblePerson",
    "contacts",
    "finder",
    "hjemler",
    "ids_of",
    "likely_same",
    "may_enter_contact",
    "persons",
    "points",
    "search",
    "visible_person",
    "who_sees",
]
