"""Previews and approvals as the office meets them: asking, seeing what came, approving, stopping."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from django.db import connection
from django.utils.translation import gettext_lazy as _

from hjemmel.kernel import clock
from hjemmel.kernel.access.actor import current
from hjemmel.kernel.statement.drafts import CONSTRAINTS, Work
from hjemmel.kernel.statement.models import Approval, Preview
from hjemmel.kernel.subjects.refusals import Sentence, refusals

REFUSALS: dict[str, tuple[str, Sentence]] = CONSTRAINTS | {
    "approval_by_another": (
        "", _("This lets your own office see or do more. Somebody else who is responsible must approve it."),
    ),
    "approval_of_shown": (
        "", _("The draft or the version in force has changed since this was shown. Look at it anew."),
    ),
    "approval_all_ticked": ("", _("Tick each change that must be ticked.")),
    "statement_approval_one_waits": ("", _("It is approved already, and on its way.")),
}  # fmt: skip
Confirmed = Literal["confirmed", "wrong", "spent", "none"]


@dataclass(frozen=True, slots=True)
class Shown:
    """What putting the draft in force would do. `may`: whether whoever asks may approve it (yes, other,
    alone, old, no).
    """

    id: int
    state: str
    day: date
    told: list[dict[str, Any]] = field(default_factory=list)
    counts: dict[str, Any] = field(default_factory=dict)
    wider: tuple[str, ...] = ()
    widened: tuple[str, ...] = ()
    may: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """An approval and what has come of it."""

    id: int
    state: str
    outcome: str
    office: str
    mine: bool
    alone: bool
    at: datetime
    ended_at: datetime | None
    version: int | None

    @property
    def waits(self) -> bool:
        """Whether something is still to happen."""
        return self.state in Approval.WAITING


def shown(work: Work) -> Shown | None:
    """Return the preview of the draft as it stands today, if one was asked for. Two queries."""
    row = Preview.objects.filter(
        draft_id=work.id or 0, digest=work.digest, based_on_id=work.based_on, day=clock.today()
    ).first()
    if row is None:
        return None
    return Shown(
        row.pk, row.state, row.day, row.told, row.counts, tuple(row.wider), tuple(row.widened), _may(row.pk)
    )


def ask(work: Work) -> int:
    """Ask for a preview of the draft as it stands, and return its number. Raises Refused."""
    return int(_call("preview_ask", work.id, work.version))


def approve(*, preview: int, ticked: Sequence[str]) -> int:
    """Approve what a preview showed, and return the approval's number. Raises Refused, PermissionDenied."""
    return int(_call("approve", preview, list(ticked)))


def confirm(*, approval: int, code: str) -> Confirmed:
    """Send back the code, and return whether it was right: after five wrong ones none is."""
    answer: Confirmed = _call("approval_confirm", approval, "".join(code.casefold().split()))
    return answer


def withdraw(*, approval: int) -> bool:
    """Stop what is approved and not in force yet; return whether there was anything to stop."""
    return bool(_call("approval_withdraw", approval))


def latest(*, draft: int | None = None) -> Given | None:
    """Return the latest approval (of a draft), if there is one. One query."""
    rows = Approval.objects.order_by("-id")
    row = (rows if draft is None else rows.filter(draft_id=draft)).first()
    actor = current()
    me = actor.subject_id if actor else None
    if row is None:
        return None
    return Given(
        row.pk, row.state, row.outcome, row.office, row.subject_id == me, row.alone, row.at, row.ended_at,
        row.version_id,
    )  # fmt: skip


def _may(preview: int) -> str:
    return str(_call("may_approve", preview))


def _call(function: str, *given: int | str | list[str] | None) -> Any:
    with refusals(REFUSALS), connection.cursor() as cursor:
        cursor.execute(f"select kernel.{function}({', '.join(['%s'] * len(given))})", list(given))
        row: tuple[Any] = cursor.fetchone()
    return row[0]
