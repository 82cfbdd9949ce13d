"""Checking what a declaration means: one module per kind of contradiction.

`examine` runs them all and notes findings; nothing is raised here.
"""

from hjemmel.declaration.check import (
    addresses,
    basis,
    data,
    duties,
    guidance,
    keep,
    law,
    least,
    meet,
    names,
    organisation,
    reasons,
    recipients,
    stored,
)
from hjemmel.declaration.check.case import Case
from hjemmel.declaration.check.known import Known
from hjemmel.declaration.findings import Report
from hjemmel.declaration.model import Declaration
from hjemmel.declaration.text import Places

__all__ = ["Known", "examine"]


def examine(declaration: Declaration, report: Report, places: Places, known: Known | None = None) -> None:
    """Note every contradiction. `known` is what the program stores; without it only the words are judged."""
    case = Case(declaration, report, places)
    for part in (
        names,
        data,
        basis,
        keep,
        duties,
        recipients,
        organisation,
        addresses,
        law,
        meet,
        guidance,
        least,
    ):
        part.check(case)
    if known is not None:
        stored.check(case, known)
    reasons.check(case, stored=known is not None)
