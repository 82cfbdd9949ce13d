"""Hjemmel: a member register where nothing is held about a person without a ground for it."""

__version__ = "0.1.0"
