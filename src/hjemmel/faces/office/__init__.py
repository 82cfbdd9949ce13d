"""The office: where those with duties work."""
