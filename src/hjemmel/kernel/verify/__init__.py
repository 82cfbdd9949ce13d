"""Does the register keep its own promises? Counts of what breaks them, each to be 0.

What should be is worked out by a second reading of the declaration (`naive`, `sight`): plain Python over raw
rows, which shares no SQL with the triggers, views and policies that it checks.
"""
