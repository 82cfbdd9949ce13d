"""The checkpoints, first to last: signed by this register, numbered without a gap, each naming the last."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hjemmel.kernel.verify.seals.notes import NoNoteError, Note, Signer, read
from hjemmel.kernel.verify.seals.outcome import Outcome
from hjemmel.kernel.verify.seals.streaming import stream

ALL = "select number, month, size, root, note from public.audit_checkpoint order by number"
# A transaction may take long, and clocks are put right: a day covers both.
LATE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Chain:
    """How many checkpoints there are, and the last of them as it says of itself."""

    count: int
    last: Note | None
    since: datetime | None  # the latest that any of them says


def follow(outcome: Outcome) -> Chain:
    """Go through all checkpoints."""
    signer, last, latest, count = Signer(), None, None, 0
    for number, month, size, root, text in stream(ALL):
        count += 1
        try:
            note = read(text)
        except NoNoteError:
            outcome.add("signature_differs", f"checkpoint {number}: no note")
            continue
        if not signer.signed(note):
            outcome.add("signature_differs", f"checkpoint {number}")
        if (note.number, note.month, note.size, note.root) != (number, month, size, bytes(root)):
            outcome.add("checkpoint_differs", f"checkpoint {number}")
        if number != count or note.previous != (last.digest if last else "none"):
            outcome.add("chain_broken", f"checkpoint {number} does not follow on the one before it")
            count = number
        elif latest and (note.since is None or note.since < latest - LATE):
            outcome.add("chain_broken", f"checkpoint {number} reaches back beyond the one before it")
        latest = max(filter(None, (latest, note.since)), default=None)
        last = note
    return Chain(count, last, latest)


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a checkpoint stands in its month, and the times it allows its lines."""

    number: int
    month: date
    size: int
    root: bytes
    earliest: datetime | None
    latest: datetime | None

    @classmethod
    def of(cls, number: int, month: date, size: int, root: bytes, text: str) -> "Mark":
        """The mark that a row makes; of one without a readable note nothing is known of times."""
        try:
            note = read(text)
        except NoNoteError:
            return cls(number, month, size, bytes(root), None, None)
        earliest = note.since - LATE if note.since else None
        return cls(number, month, size, bytes(root), earliest, note.sealed + LATE)
