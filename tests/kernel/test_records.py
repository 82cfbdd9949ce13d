"""What is recorded, as the program knows it and as the vocabulary tells it."""

from hjemmel.declaration import vocabulary
from hjemmel.kernel import catalog

OF_ANYBODY = {"consent", "hold"}


def test_of_every_record_the_vocabulary_says_whom_it_concerns():
    """Else an activity could keep it for people it does not speak of, and show them to its officers."""
    words = vocabulary().records
    recorded = {str(table.record) for table in catalog.records()}
    assert {name for name in recorded - OF_ANYBODY if not words[name].of} == set()
