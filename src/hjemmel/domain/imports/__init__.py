"""Import: staged, matched without revealing, written row by row, undone or gone in thirty days."""
