"""Requirements are shown through the real faces, each request as the unprivileged role of the web."""

from tests.domain.imports.conftest import register
from tests.faces.conftest import visit

__all__ = ["register", "visit"]
