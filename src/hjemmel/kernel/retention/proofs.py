"""The proof of a run: what went by which rule, what was held back and why, and what a fresh search for
leftovers found afterwards. It names nobody, so it may be printed, and stays when the data are gone.
"""

import hashlib
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from django.db.models import F
from django.utils import timezone

from hjemmel.kernel import access
from hjemmel.kernel.retention.models import Proof, Run
from hjemmel.kernel.retention.queries import Counts

JOB = "job:retention"


@dataclass(frozen=True, slots=True)
class Searched:
    """What a fresh search found: counts by the name of what was searched for; each is to be 0."""

    at: datetime
    seconds: int
    rows: int
    grounds: int
    found: Mapping[str, int]

    @property
    def left(self) -> int:
        """How much was found in all."""
        return sum(self.found.values())


@dataclass(frozen=True, slots=True)
class Told:
    """A run as it is told: for which day, by whom, by which version of the declaration, when, how much.

    `approved` is the office that let it go on where the brake had stopped it. `searched` is None until the
    search after it is done.
    """

    id: int
    day: date
    actor: str
    state: str
    began_at: datetime
    ended_at: datetime | None
    due: int
    swept: int
    left: int
    refused: int
    held: int
    counts: Counts
    version: int | None
    digest: str
    valid_from: date | None
    approved: str
    approved_at: datetime | None
    searched: Searched | None

    @property
    def seconds(self) -> int | None:
        """How long it took."""
        return round((self.ended_at - self.began_at).total_seconds()) if self.ended_at else None

    def facts(self) -> dict[str, Any]:
        """Everything as plain values, for JSON."""
        found = self.searched
        return {
            "run": self.id,
            "day": self.day.isoformat(),
            "actor": self.actor,
            "state": self.state,
            "began_at": self.began_at.isoformat(),
            "ended_at": self.ended_at.isoformat() if self.ended_at else None,
            "persons_due": self.due,
            "subjects_swept": self.swept,
            "left": self.left,
            "refused": self.refused,
            "held": self.held,
            "counts": self.counts,
            "declaration": {"version": self.version, "digest": self.digest},
            "approved": {"office": self.approved, "at": self.approved_at and self.approved_at.isoformat()},
            "searched": found
            and {
                "at": found.at.isoformat(),
                "seconds": found.seconds,
                "rows": found.rows,
                "grounds": found.grounds,
                "found": dict(found.found),
            },
        }

    @property
    def checksum(self) -> str:
        """A digest of all of it, by which a print is told from another."""
        text = json.dumps(self.facts(), sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def as_json(self) -> dict[str, Any]:
        """Plain values with the checksum. Numbers and rules only, nothing about anybody."""
        return self.facts() | {"checksum": self.checksum}


def unproved() -> int | None:
    """Return the number of the last run that came to its end, where no search has been made after it."""
    last = Run.objects.filter(state=Run.State.DONE).order_by("-pk").first()
    if last is None or Proof.objects.filter(pk=last.pk).exists():
        return None
    return last.pk


class Found(Protocol):
    """What a search comes back with."""

    @property
    def counts(self) -> Mapping[str, int]:
        """How much is left, by the name of what was searched for."""
        raise NotImplementedError

    @property
    def rows(self) -> int:
        """How many rows were gone through."""
        raise NotImplementedError

    @property
    def grounds(self) -> int:
        """How many grounds were."""
        raise NotImplementedError


def prove(run: int, search: Callable[[date], Found]) -> None:
    """Search for what should be gone by the run's day, and keep what was found with the run. Once made, a
    proof is not changed. For the keeper; the search comes from above, for it shares nothing with what it
    checks.
    """
    began = time.monotonic()
    found = search(Run.objects.values_list("day", flat=True).get(pk=run))
    made = {
        "at": timezone.now(),
        "seconds": round(time.monotonic() - began),
        "rows": found.rows,
        "grounds": found.grounds,
        "found": dict(found.counts),
    }
    with access.acting(actor=JOB, purpose=()):
        Proof.objects.get_or_create(run_id=run, defaults=made)


def how_many() -> int:
    """Return how many runs there have been. One query."""
    return Run.objects.count()


def told(*, first: int = 0, size: int = 50) -> list[Told]:
    """Return some of the runs, the latest first. Two queries."""
    return _tell(Run.objects.order_by("-pk")[first : first + size])


def one(number: int | None = None) -> Told | None:
    """Return a run, or the last that came to its end; None where there is none. Two queries."""
    runs = Run.objects.filter(state=Run.State.DONE) if number is None else Run.objects.filter(pk=number)
    found = _tell(runs.order_by("-pk")[:1])
    return found[0] if found else None


def _tell(runs: Any) -> list[Told]:
    rows = runs.select_related("proof").prefetch_related("approvals")
    return [
        _told(run)
        for run in rows.annotate(
            of_digest=F("version__digest"),
            of_day=F("version__valid_from"),
        )
    ]


def _told(run: Any) -> Told:
    approval = next(iter(run.approvals.all()), None)
    return Told(
        id=run.pk,
        day=run.day,
        actor=run.actor,
        state=run.state,
        began_at=run.began_at,
        ended_at=run.ended_at,
        due=run.due,
        swept=run.swept,
        left=run.left,
        refused=run.refused,
        held=run.held,
        counts=run.counts,
        version=run.version_id,
        digest=run.of_digest or "",
        valid_from=run.of_day,
        approved=approval.office if approval else "",
        approved_at=approval.at if approval else None,
        searched=_searched(getattr(run, "proof", None)),
    )


def _searched(proof: Proof | None) -> Searched | None:
    if proof is None:
        return None
    return Searched(proof.at, proof.seconds, proof.rows, proof.grounds, proof.found)
