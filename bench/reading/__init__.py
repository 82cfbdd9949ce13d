"""How hard a statement is to read, and how long: ours in each language, beside files of others' texts."""
