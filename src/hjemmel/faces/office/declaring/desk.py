"""What every page of the declaration stands on: the draft or what is in force, read, and what can be done."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from hjemmel.declaration import Activity, Declaration, Finding
from hjemmel.declaration.edit import Line, Spot, UnreadableError, value_at
from hjemmel.declaration.edit.spots import ACTIVITIES
from hjemmel.declaration.findings import folded
from hjemmel.faces.look.language import code
from hjemmel.faces.look.pages import Link
from hjemmel.faces.office.declaring.options import Around
from hjemmel.faces.office.declaring.study import Study, study
from hjemmel.faces.office.declaring.worded import Words
from hjemmel.faces.office.room import room
from hjemmel.kernel.statement import drafts


@dataclass(frozen=True)
class Told:
    """A finding as a page shows it."""

    level: str
    code: str
    message: str
    allowed: str
    do: str
    where: str
    file: str
    line: int
    reason_url: str = ""


class Desk:
    """The work in hand for one request."""

    def __init__(self) -> None:
        self.work = drafts.work()

    @cached_property
    def study(self) -> Study:
        """The files as they stand, read."""
        return study(self.work.files)

    @property
    def declaration(self) -> Declaration | None:
        """What they declare, where they can be read."""
        return self.study.declaration

    def activity(self, name: str) -> Activity | None:
        """An activity by name."""
        found = self.declaration.activities if self.declaration else ()
        return next((each for each in found if each.name == name), None)

    def around(self, spot: Spot) -> Around | None:
        """What a spot is chosen in, or None where the files cannot be read."""
        if self.declaration is None:
            return None
        return Around(self.declaration, self.activity(spot.activity or ""))

    def held(self, spot: Spot) -> Any:
        """What stands at a spot as plain values; None where nothing does."""
        try:
            return value_at(self.work.files.get(spot.file, ""), spot.path)
        except UnreadableError:
            return None


def findings(found: Iterable[Finding], study: Study | None = None) -> list[Told]:
    """Findings as a page shows them: in the words of the forms, or (without `study`) of the files."""
    words = Words(study.declaration) if study else None
    return [_told(finding, words) for finding in folded(found)]


def _told(finding: Finding, words: Words | None) -> Told:
    if words:
        message, allowed, do = words.of(finding)
    else:
        message, do = finding.said(code())
        allowed = ", ".join(finding.allowed)
    return Told(
        level=finding.level,
        code=finding.code,
        message=message,
        allowed=allowed,
        do=do,
        where=f"{finding.file}:{finding.line}" if finding.line else finding.file,
        file=finding.file,
        line=finding.line,
        reason_url=_reason_url(finding),
    )


def _reason_url(finding: Finding) -> str:
    """Where one says why a warning or advice is not followed: at the activity it is about."""
    if finding.level == "error" or not finding.file.startswith(ACTIVITIES):
        return ""
    address = reverse("declaring_add", args=[f"{finding.file.removesuffix('.yaml')}/reasons"])
    return f"{address}?finding={finding.code}"


def differing(
    before: Study, after: Study, *, but: Iterable[str] = ()
) -> tuple[list[Line], list[Line]] | None:
    """The lines of the statement that go and that come (`but` those that are told already); None where it
    cannot be printed.
    """
    old, new = before.lines(), after.lines()
    if new is None:
        return None
    here, there = {*but, *(line.text for line in old or ())}, {line.text for line in new}
    return [ln for ln in old or () if ln.text not in there], [ln for ln in new if ln.text not in here]


def declaring_room(
    request: HttpRequest, desk: Desk, *, title: str, crumbs: Iterable[Link] = (), **more: Any
) -> dict[str, Any]:
    """The context of a page of the declaration."""
    home = reverse("declaring")
    way = [Link(label=_("The declaration"), url=home), *crumbs]
    places = [
        ("declaring", _("Activities")),
        ("declaring_organisation", _("Organisation")),
        ("declaring_files", _("Files")),
        ("declaring_effects", _("Preview and approve")),
        ("declaring_history", _("History")),
    ]
    tabs = [
        Link(label=label, url=reverse(name), current=request.path == reverse(name)) for name, label in places
    ]
    return room(
        request, title=title, crumbs=way, desk=desk, work=desk.work, tabs=tabs,
        errors=len(desk.study.errors), **more,
    )  # fmt: skip
