"""Offices: who is appointed to what, from and to."""
