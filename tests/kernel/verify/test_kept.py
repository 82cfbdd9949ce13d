import pytest

from hjemmel.kernel.verify.actions import verify
from tests.kernel.verify.register import NAMES


@pytest.mark.requirement("ORG-06")
def test_a_register_that_keeps_its_promises_counts_nothing(planted):
    results = verify()
    assert [(r.name, r.count, r.examples) for r in results] == [(name, 0, ()) for name in NAMES]
    assert [r.number for r in results] == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert all(r.checked for r in results)


def test_an_empty_register_counts_nothing(db):
    assert [r.count for r in verify()] == [0] * len(NAMES)
