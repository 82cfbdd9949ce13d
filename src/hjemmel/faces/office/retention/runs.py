"""A run as a page tells it, on screen and on paper: numbers, rules and offices, nobody's name."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hjemmel.faces.look.language import said
from hjemmel.faces.look.pages import Colour, Fact
from hjemmel.faces.look.writing import day, moment, number
from hjemmel.faces.office.retention.desk import by_office
from hjemmel.kernel.grounds.queries import in_force
from hjemmel.kernel.retention import approvals, proofs

STATES: dict[str, tuple[str | Promise, Colour]] = {
    "running": (gettext_lazy("Under way"), "info"),
    "done": (gettext_lazy("Done"), "success"),
    "broken": (gettext_lazy("Broken off"), "warning"),
    "stopped": (gettext_lazy("Stopped by the brake"), "warning"),
}


@dataclass(frozen=True)
class Answer:
    """What somebody responsible said of a stopped run."""

    yes: bool
    office: str
    said: approvals.Said


@dataclass(frozen=True)
class Sheet:
    """Everything that is told of one run."""

    run: proofs.Told
    stopped: approvals.Stopped | None
    state: str | Promise
    colour: Colour
    facts: Sequence[Fact]
    held_back: Sequence[Fact]
    found: Sequence[Fact]
    answers: Sequence[Answer]
    organisation: str
    organisation_number: str
    printed: str

    @property
    def clean(self) -> bool:
        """Whether it came to its end, left nothing but what a hold keeps, and a search found nothing."""
        searched = self.run.searched
        return self.run.state == "done" and not self.run.left and searched is not None and not searched.left


def sheet(number_: int) -> Sheet | None:
    """Return a run in words, or None where there is none of that number."""
    run = proofs.one(number_)
    if run is None:
        return None
    stopped = approvals.stopped(number_)
    state, colour = STATES[run.state]
    organisation = in_force().organisation
    return Sheet(
        run=run,
        stopped=stopped,
        state=state,
        colour=colour,
        facts=_facts(run),
        held_back=_held_back(run),
        found=_found(run),
        answers=[
            Answer(one.says == "approved", by_office(one.office), one)
            for one in (stopped.said if stopped else ())
        ],
        organisation=said(organisation.title),
        organisation_number=organisation.number,
        printed=moment(timezone.now()),
    )


def _facts(run: proofs.Told) -> list[Fact]:
    actors = {
        "job:retention": _("The register itself, in the night"),
        "console": _("By hand, from the server"),
    }
    facts = [
        Fact(label=_("About what was due on"), value=run.day, kind="day"),
        Fact(label=_("Done by"), value=actors.get(run.actor, run.actor)),
    ]
    if run.approved:
        facts.append(
            Fact(
                label=_("Approved by"),
                value=by_office(run.approved),
                note=moment(run.approved_at or run.began_at),
            )
        )
    facts.append(Fact(label=_("Began"), value=run.began_at, kind="moment"))
    if run.state != "stopped":
        facts.append(Fact(label=_("Took"), value=_length(run.seconds)))
        facts.append(Fact(label=_("Persons of whom something was due"), value=run.due, kind="number"))
        facts.append(Fact(label=_("Persons gone through"), value=run.swept, kind="number"))
    version = _("version %(n)s") % {"n": run.version} if run.version else None
    facts.append(Fact(label=_("The declaration in force"), value=version, note=_since(run)))
    return facts


def _since(run: proofs.Told) -> str:
    if run.valid_from is None:
        return ""
    return _("in force from %(day)s") % {"day": day(run.valid_from)}


def _length(seconds: int | None) -> str | None:
    if seconds is None:
        return None
    if seconds < 120:
        return ngettext("%(n)s second", "%(n)s seconds", seconds) % {"n": number(seconds)}
    return _("%(n)s minutes") % {"n": number(round(seconds / 60))}


def _held_back(run: proofs.Told) -> list[Fact]:
    """What was due and did not go, a line a reason. Each reason there is has its line here."""
    waits = run.left - run.refused
    facts = [
        Fact(label=_("Somebody was writing to them; they go the next night"), value=waits, kind="number"),
        Fact(label=_("A hold keeps something of theirs"), value=run.held, kind="number"),
        Fact(
            label=_("The database refused; see to it before the next night"), value=run.refused, kind="number"
        ),
    ]
    return [fact for fact in facts if fact.value]


def _found(run: proofs.Told) -> list[Fact]:
    names = {
        "data_without_ground": _("Data that no rule holds"),
        "data_past_last_ground": _("Data that should have been deleted"),
        "gone_without_log": _("Rows that are gone without a trace in the log"),
    }
    found = run.searched.found if run.searched else {}
    return [
        Fact(label=label, value=found[name], kind="number") for name, label in names.items() if name in found
    ]
