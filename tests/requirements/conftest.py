from tests.domain.imports.conftest import register

__all__ = ["register"]
