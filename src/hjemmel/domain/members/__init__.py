"""Memberships: joining, belonging to a unit, leaving."""
