"""The log: what was changed, by whom and why; values apart, so that they can go while the entry stays."""
