"""Invariant 5: columns and other stores that nobody declared."""

from hjemmel.kernel.catalog import completeness
from hjemmel.kernel.verify.result import Result, Tally


def verify() -> Result:
    """Every stored column of the database is a datum or plain in the catalog, third-party tables too, and
    nothing is stored outside columns.
    """
    tally = Tally(5, "undeclared_columns")
    tally.add_all(completeness.undeclared_columns())
    tally.add_all(completeness.undeclared_objects())
    return tally.result(f"{completeness.stored_columns()} columns, and large objects: all")
