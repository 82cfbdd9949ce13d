"""The pure half of the CSV import: a file in, checked drafts or problems out, row by row.

`inspect` finds out how a file is written and what its columns mean, `read` streams its rows as drafts, and
`Rejects` writes the refused ones back with reasons. No Django and no database: the engine above decides whom
a draft is about and what may be held.
"""

from hjemmel.domain.imports.csv.draft import Draft, Problem, Row
from hjemmel.domain.imports.csv.headings import Field
from hjemmel.domain.imports.csv.layout import Layout, inspect
from hjemmel.domain.imports.csv.mapfile import MapFile, as_map_text, load_map
from hjemmel.domain.imports.csv.reading import read
from hjemmel.domain.imports.csv.reasons import UnusableFile
from hjemmel.domain.imports.csv.rejects import Rejects

__all__ = [
    "Draft",
    "Field",
    "Layout",
    "MapFile",
    "Problem",
    "Rejects",
    "Row",
    "UnusableFile",
    "as_map_text",
    "inspect",
    "load_map",
    "read",
]
