"""Checking what a declaration means: one module per kind of contradiction.

`examine` runs them all and notes findings; nothing is raised here.
"""

from hjemmel.declaration.check.known import Known
from hjemmel.declaration.findings import Report
from hjemmel.declaration.model import Declaration
from hjemmel.declaration.text import Places

__all__ = ["Known", "examine"]


def examine(declaration: Declaration, report: Report, places: Places, known: Known | None = None) -> None:
    """Note every contradiction in the declaration. `known` is what the program stores, where that is asked."""
