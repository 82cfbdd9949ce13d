"""Invariant 8: breaks in the log. A second reading: nothing here is shared with what seals.

`chain` follows the checkpoints: each signed by this register, each naming the one before it. `lines` hashes
every sealed line anew, in its place, up to the roots that were signed. `waiting` looks at lines that are not
sealed yet, and whether they can be as old as they say. `values` holds the values that are still there
against the commitments of their lines, and `outside` a checkpoint that was kept elsewhere against those that
are here.
"""

from hjemmel.kernel.verify.seals.examining import Examined, examine, verify
from hjemmel.kernel.verify.seals.notes import NoNoteError
from hjemmel.kernel.verify.seals.outcome import Found

__all__ = ["Examined", "Found", "NoNoteError", "examine", "verify"]
