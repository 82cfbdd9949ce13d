"""Sealed data: a key per subject, wrapped by a master key kept outside the database."""
