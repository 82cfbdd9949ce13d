"""Memberships that this officer ended today, and may still take back. Kept in her session: ids and the name
of the unit, nothing of the person.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from hjemmel.kernel import clock

KEY = "ended_today"


@dataclass(frozen=True, kw_only=True)
class Ending:
    """One of them: where to send the undoing, which unit, at what time of day."""

    url: str
    unit: str
    at: datetime


def remember(request: HttpRequest, *, person_id: int, membership_id: int, unit: str, at: datetime) -> None:
    """Keep an ending for the rest of the day."""
    day = clock.today().isoformat()
    new = {"day": day, "person": person_id, "membership": membership_id, "unit": unit, "at": at.isoformat()}
    request.session[KEY] = [new, *_today(request)]


def forget(request: HttpRequest, *, membership_id: int) -> None:
    """It was taken back, or cannot be."""
    request.session[KEY] = [one for one in _today(request) if one["membership"] != membership_id]


def ended(request: HttpRequest, *, membership_id: int) -> bool:
    """Whether this officer ended that membership today."""
    return any(one["membership"] == membership_id for one in _today(request))


def undoable(request: HttpRequest) -> list[Ending]:
    """Return today's endings, the latest first."""
    return [
        Ending(
            url=reverse("undo_end", args=[one["person"], one["membership"]]),
            unit=one["unit"],
            at=datetime.fromisoformat(one["at"]),
        )
        for one in _today(request)
    ]


def _today(request: HttpRequest) -> list[dict[str, Any]]:
    day = clock.today().isoformat()
    return [one for one in request.session.get(KEY, []) if one["day"] == day]
