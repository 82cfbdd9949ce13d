"""Lines that no tree has yet. They wait for the next sealing, unless they say that they are older than that
can be: what was sealed last time lay before them.
"""

from dataclasses import dataclass
from datetime import datetime

from hjemmel.kernel.verify.seals.chain import LATE, Chain
from hjemmel.kernel.verify.seals.outcome import Outcome
from hjemmel.kernel.verify.seals.streaming import stream

WAITING = " union all ".join(
    f"""
select '{kind}', r.id, r.at from public.audit_{kind} r
 where not exists (select from public.audit_leaf l where l.kind = '{kind}' and l.line = r.id)"""
    for kind in ("entry", "tally")
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many lines wait, and since when."""

    count: int
    oldest: datetime | None


def check(outcome: Outcome, chain: Chain) -> Waiting:
    """Go through what waits."""
    count, oldest = 0, None
    earliest = chain.since - LATE if chain.since else None
    for kind, line, at in stream(WAITING):
        count += 1
        oldest = min(oldest or at, at)
        if earliest and at < earliest:
            outcome.add("line_out_of_time", f"{kind} {line}")
    return Waiting(count, oldest)
