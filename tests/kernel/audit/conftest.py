"""Registers of their own, for what is broken off."""

from tests.domain.imports.conftest import register

__all__ = ["register"]
