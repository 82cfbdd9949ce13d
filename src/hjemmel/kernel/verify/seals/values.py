"""The values that are still there: each fits the commitment of its line, and all that went were counted."""

from hashlib import sha256

from hjemmel.kernel.verify.reading import one
from hjemmel.kernel.verify.seals.outcome import Outcome
from hjemmel.kernel.verify.seals.streaming import stream

VALUES = """
select v.id, v.subject_id, v.datum, v.old, v.new, v.key, e.subject_id, e.datum, e.commitment
  from public.audit_value v left join public.audit_entry e on e.id = v.id order by v.id
"""
COUNTED = "select coalesce(sum(rows), 0)::bigint from public.audit_tally where table_name = 'audit_value'"
UNIT = "\x1f"  # between what is committed to


def check(outcome: Outcome) -> int:
    """Go through all values; return how many there are."""
    count = 0
    for line, subject, datum, old, new, key, of, named, commitment in stream(VALUES):
        count += 1
        told = UNIT.join([datum, *("-" if v is None else f"={v}" for v in (old, new))])
        fits = commitment is not None and sha256(bytes(key) + told.encode()).digest() == bytes(commitment)
        # A line that names nobody (a log-in) commits to whose it is.
        hers = of == subject if of is not None else new == str(subject)
        if not fits or not hers or named != datum:
            outcome.add("value_differs", f"entry {line}")
    counted = one(COUNTED)
    if counted != count:
        told = f"{count} values are there, {counted} by the log"
        outcome.add("values_uncounted", told, abs(counted - count))
    return count
