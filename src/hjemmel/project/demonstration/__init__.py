"""An invented organisation with invented people: everything drawn from a seed, written in sets.

`build()` makes units in three levels, families who share an e-mail address, minors, present and former
members and officers, leap-day births, and somebody one day before, on and after each deadline; then it lets
the first night pass (retention), as any register does.
"""

from hjemmel.project.demonstration.build import DemonstrationError, Holds, build, holds

__all__ = ["DemonstrationError", "Holds", "build", "holds"]
