"""Holds: what must not be deleted for now, by whose order, until when."""
