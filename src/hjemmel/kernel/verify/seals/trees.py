"""The Merkle tree hash of RFC 9162, 2.1.1, worked out leaf by leaf as adding with carry: one hash waits at
each height.
"""

from hashlib import sha256

INNER = b"\x01"


class Tree:
    """The tree over the leaves taken so far."""

    def __init__(self) -> None:
        self.waiting: list[bytes | None] = []
        self.size = 0

    def take(self, leaf: bytes) -> None:
        """One more leaf."""
        self.size += 1
        for height, left in enumerate(self.waiting):
            if left is None:
                self.waiting[height] = leaf
                return
            leaf = sha256(INNER + left + leaf).digest()
            self.waiting[height] = None
        self.waiting.append(leaf)

    def root(self) -> bytes:
        """The hash over all of them."""
        found: bytes | None = None
        for left in self.waiting:
            if left is not None:
                found = left if found is None else sha256(INNER + left + found).digest()
        return sha256(b"").digest() if found is None else found
