"""The trees of both readings against RFC 9162, 2.1.1, written down as it stands there."""

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from hjemmel.kernel.audit.tree import Tree
from hjemmel.kernel.verify.seals.trees import Tree as Again

# Leaves are hashes: what is drawn is how many, and which.
LEAVES = st.builds(
    lambda seed, many: [sha256(seed + bytes([n])).digest() for n in range(many)],
    st.binary(max_size=4),
    st.integers(0, 200),
)


def naive(leaves: list[bytes]) -> bytes:
    """MTH of the RFC, over leaves that are hashed already."""
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256(b"").digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\x01" + naive(leaves[:split]) + naive(leaves[split:])).digest()


@given(leaves=LEAVES)
def test_the_root_of_any_tree(leaves: list[bytes]):
    grown, again = Tree(), Again()
    for leaf in leaves:
        grown.add(leaf)
        again.take(leaf)
    assert grown.root == again.root() == naive(leaves)
    assert len(grown.peaks) == len(leaves).bit_count()


@given(leaves=LEAVES, cut=st.integers(0, 200))
def test_what_is_kept_of_a_tree_grows_to_the_same(leaves: list[bytes], cut: int):
    first = Tree()
    for leaf in leaves[:cut]:
        first.add(leaf)
    later = Tree.grown(first.size, first.packed)
    for leaf in leaves[cut:]:
        later.add(leaf)
    assert (later.size, later.root) == (len(leaves), naive(leaves))


def test_the_known_roots_of_small_trees():
    """Test vectors that certificate transparency logs are tried with: leaves "", 00, 10, 20 21, …"""
    data = [b"", b"\x00", b"\x10", b"\x20\x21", b"\x30\x31", b"\x40\x41\x42\x43", bytes(range(0x50, 0x58)),
            bytes(range(0x60, 0x70))]  # fmt: skip
    roots = {
        1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    }
    tree = Tree()
    found = {}
    for one in data:
        tree.add(sha256(b"\x00" + one).digest())
        found[tree.size] = tree.root.hex()
    assert {size: found[size] for size in roots} == roots
