"""Drafts of the declaration: what is being worked on, by whom it was changed, and changing it.

Whoever acts must be responsible for the declaration by the one in force; the database says so.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection
from django.db.backends.postgresql.psycopg_any import Jsonb
from django.utils.translation import gettext_lazy as _

from hjemmel.kernel.access.actor import current
from hjemmel.kernel.grounds.models import Version
from hjemmel.kernel.statement.models import Draft, Step
from hjemmel.kernel.subjects.refusals import Refused, Sentence, refusals

Files = Mapping[str, str]

CONSTRAINTS: dict[str, tuple[str, Sentence]] = {
    "draft_is_open": ("", _("This draft is not open any more. Look at the page anew.")),
    "draft_as_seen": ("", _("Somebody else saved first. Look once more, and save again.")),
    "draft_of_texts": ("", _("These are too many or too large to be the files of a declaration.")),
    "draft_has_changes": ("", _("There is nothing to undo.")),
    "draft_on_version": ("", _("Another version has been put in force since this draft was begun.")),
    "statement_draft_one_open": ("", _("Somebody has begun a draft already. Look at the page anew.")),
}


@dataclass(frozen=True, slots=True)
class Work:
    """The files as they stand: those of the open draft, else those in force (`id` None, `version` 0).

    `stale`: another version has come in force since it was begun.
    """

    files: dict[str, str] = field(repr=False)
    digest: str = ""
    id: int | None = None
    version: int = 0
    based_on: int = 0
    began_at: datetime | None = None
    changed_at: datetime | None = None
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """A line of a draft's history: what was done, when, by which office, and whether by whoever asks."""

    id: int
    draft: int
    at: datetime
    kind: str
    office: str
    mine: bool
    files: tuple[str, ...]
    undone: bool


@dataclass(frozen=True, slots=True)
class Past:
    """A version that is or was in force; `office` approved it, or nobody in the office did (the console)."""

    id: int
    valid_from: date
    replaced_on: date | None
    applied_at: datetime
    office: str = ""
    alone: bool = False
    approved_at: datetime | None = None
    draft: int | None = None


@dataclass(frozen=True, slots=True)
class Thrown:
    """A draft that was thrown away and can be taken up again."""

    id: int
    version: int
    began_at: datetime
    changed_at: datetime


def work() -> Work:
    """Return the open draft, or what is in force where there is none. Two queries."""
    version = Version.objects.get(replaced_on__isnull=True)
    draft = Draft.objects.filter(state=Draft.State.OPEN).first()
    if draft is None:
        return Work(files=dict(version.files), based_on=version.pk)
    return Work(
        files=dict(draft.files),
        digest=draft.digest,
        id=draft.pk,
        version=draft.version,
        based_on=draft.based_on_id,
        began_at=draft.began_at,
        changed_at=draft.changed_at,
        stale=draft.based_on_id != version.pk,
    )


def in_force_files() -> dict[str, str]:
    """Return the files of the declaration in force. One query."""
    return dict(Version.objects.values_list("files", flat=True).get(replaced_on__isnull=True))


def change(work: Work, changes: Mapping[str, str | None], *, uploaded: bool = False) -> int:
    """Put new texts into the draft (a new one where none is open), None for a file that goes, all in one
    step; return the draft's new version. Nothing new changes nothing, and begins no draft.

    Raises Refused where somebody was there first or the files are too large, and PermissionDenied.
    """
    changes = {name: text for name, text in changes.items() if work.files.get(name) != text}
    if not changes:
        return work.version
    if any("\0" in name or "\0" in (text or "") for name, text in changes.items()):
        raise Refused({"": CONSTRAINTS["draft_of_texts"][1]})
    with _writing():
        draft, seen = (work.id, work.version) if work.id is not None else (_call("draft_begin"), 1)
        return _call("draft_change", draft, seen, "uploaded" if uploaded else "changed", dict(changes))


def undo(work: Work) -> int:
    """Take back the last change that stands, and return the draft's new version. Raises as `change`."""
    with _writing():
        return _call("draft_undo", work.id, work.version)


def discard(*, draft: int, version: int) -> None:
    """Throw an open draft away: it stays in the history, and can be taken up again. Raises as `change`."""
    with _writing():
        _call("draft_put", draft, version, "discarded")


def restore(*, draft: int, version: int) -> None:
    """Take up a draft that was thrown away. Raises as `change`, where another is open too."""
    with _writing():
        _call("draft_put", draft, version, "restored")


def rebase(*, draft: int, version: int) -> None:
    """Lay a draft on the version now in force: what differs from that is what it changes. Raises as
    `change`.
    """
    with _writing():
        _call("draft_put", draft, version, "rebased")


def history(*, draft: int | None = None, most: int = 200) -> list[Done]:
    """Return what was done to a draft (or to any), the latest first. One query."""
    actor = current()
    me = actor.subject_id if actor else None
    steps = Step.objects.select_related("undone_by").order_by("-id")
    found = steps if draft is None else steps.filter(draft_id=draft)
    return [
        Done(
            id=step.pk,
            draft=step.draft_id,
            at=step.at,
            kind=step.kind,
            office=step.office,
            mine=step.subject_id == me,
            files=tuple(sorted(step.changes)),
            undone=hasattr(step, "undone_by"),
        )
        for step in found[:most]
    ]


def undoable(steps: Sequence[Done]) -> Done | None:
    """Return the change that would be taken back next, if there is one."""
    return next((s for s in steps if s.kind in {"changed", "uploaded"} and not s.undone), None)


def versions() -> list[Past]:
    """Return every version that has been in force, the latest first. One query."""
    rows = Version.objects.select_related("approval").defer("files").order_by("-id")
    return [_past(row) for row in rows]


def thrown() -> list[Thrown]:
    """Return the drafts that were thrown away, the latest first. One query."""
    rows = Draft.objects.filter(state=Draft.State.DISCARDED).defer("files").order_by("-changed_at")
    return [Thrown(row.pk, row.version, row.began_at, row.changed_at) for row in rows]


def _past(row: Version) -> Past:
    approval = getattr(row, "approval", None)
    here = Past(row.pk, row.valid_from, row.replaced_on, row.applied_at)
    if approval is None:
        return here
    return Past(
        *(here.id, here.valid_from, here.replaced_on, here.applied_at),
        office=approval.office,
        alone=approval.alone,
        approved_at=approval.at,
        draft=approval.draft_id,
    )


@contextmanager
def _writing() -> Iterator[None]:
    with refusals(CONSTRAINTS):
        yield


def _call(function: str, *given: int | str | dict[str, str | None] | None) -> int:
    values = [Jsonb(value) if isinstance(value, dict) else value for value in given]
    with connection.cursor() as cursor:
        cursor.execute(f"select kernel.{function}({', '.join(['%s'] * len(values))})", values)
        row: tuple[int] = cursor.fetchone()
    return row[0]
