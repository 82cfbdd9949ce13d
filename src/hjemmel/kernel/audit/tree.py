"""The Merkle tree over one month of the log (RFC 9162, 2.1), grown at the end and never read back.

Leaves and nodes are hashed under different first bytes, so neither can pass for the other. Only the roots of
the full subtrees are kept: sealing the ten millionth line needs twenty-some hashes, not ten million.
"""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

WIDTH: Final = 32
LEAF, NODE = b"\x00", b"\x01"


@dataclass(slots=True)
class Tree:
    """A tree of `size` leaves; `peaks` are the roots of its full subtrees, the largest first."""

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    @classmethod
    def grown(cls, size: int, peaks: bytes) -> "Tree":
        """Return the tree that `packed` was taken of."""
        return cls(size, [peaks[at : at + WIDTH] for at in range(0, len(peaks), WIDTH)])

    def add(self, leaf: bytes) -> None:
        """Put the hash of one more leaf at the end."""
        self.peaks.append(leaf)
        full = self.size
        while full & 1:
            right = self.peaks.pop()
            self.peaks[-1] = sha256(NODE + self.peaks[-1] + right).digest()
            full >>= 1
        self.size += 1

    @property
    def root(self) -> bytes:
        """The hash over the whole tree."""
        if not self.peaks:
            return sha256(b"").digest()
        found = self.peaks[-1]
        for left in reversed(self.peaks[:-1]):
            found = sha256(NODE + left + found).digest()
        return found

    @property
    def packed(self) -> bytes:
        """The peaks in one string."""
        return b"".join(self.peaks)
