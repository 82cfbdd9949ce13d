"""What an import does: decide what becomes of each row, write it, and leave the rest to a person."""

from hjemmel.domain.imports.actions.persons import import_persons
from hjemmel.domain.imports.actions.report import Options, Progress, Report
from hjemmel.domain.imports.queries.reasons import NotPossible

__all__ = ["NotPossible", "Options", "Progress", "Report", "import_persons"]
