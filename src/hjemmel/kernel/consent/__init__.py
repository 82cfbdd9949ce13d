"""Consents: append-only rows bound to an address and a wording."""
