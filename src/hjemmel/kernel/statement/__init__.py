"""The declaration in force: applying a version, and the statement printed from it."""
