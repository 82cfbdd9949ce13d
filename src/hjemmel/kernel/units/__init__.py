"""The tree of units, and who holds which office where and when."""
