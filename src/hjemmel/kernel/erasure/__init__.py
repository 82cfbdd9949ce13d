"""Erasing one person at request: the plan, hiding at once, the walk, and the proof without the data."""
