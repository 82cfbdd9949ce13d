"""Invariant 5: columns that nobody declared."""

from hjemmel.kernel.catalog import completeness
from hjemmel.kernel.verify.result import Result, Tally


def verify() -> Result:
    """Every stored column of the database is a datum or plain in the catalog, third-party tables too."""
    tally = Tally(5, "undeclared_columns")
    tally.add_all(completeness.undeclared_columns())
    return tally.result(f"{completeness.stored_columns()} columns: all")
