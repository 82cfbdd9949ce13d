"""Reading organisation.yaml, units.yaml, offices.yaml and recipients.yaml."""

from dataclasses import dataclass

from hjemmel.declaration.findings import Report
from hjemmel.declaration.model import (
    LANGUAGES,
    RECIPIENT_KINDS,
    Agreement,
    Contact,
    Controller,
    Mail,
    Office,
    Organisation,
    Recipient,
    UnitKind,
)
from hjemmel.declaration.period import Period
from hjemmel.declaration.read.fields import Fields, entries
from hjemmel.declaration.text import Node


@dataclass(frozen=True, slots=True)
class OrganisationFile:
    """What organisation.yaml says: the organisation, and its activities in the order of the statement."""

    organisation: Organisation
    activities: tuple[str, ...]


def organisation(node: Node, report: Report) -> OrganisationFile:
    """Read organisation.yaml."""
    fields = Fields(
        node,
        report,
        required="organisation title about controllers answers daily requests contact mail changed"
        " activities",
        optional="languages reveals",
    )
    return OrganisationFile(
        Organisation(
            name=fields.name("organisation"),
            title=fields.text("title"),
            about=fields.text("about"),
            controllers=tuple(_controller(*entry, report) for entry in fields.entries("controllers")),
            answers=fields.name("answers"),
            daily=fields.name("daily"),
            requests=fields.name("requests"),
            contact=fields.read("contact", _contact, Contact("")),
            languages=_languages(fields),
            mail=fields.read("mail", _mail, Mail("", "")),
            changed=fields.day("changed"),
            reveals=fields.words("reveals"),
        ),
        fields.words("activities"),
    )


def _languages(fields: Fields) -> tuple[str, ...]:
    chosen = fields.words("languages") or ("nb",)
    node = fields.node("languages")
    for lang in chosen:
        if lang not in LANGUAGES and node is not None:
            fields.report.add("H006", node.place, LANGUAGES, value=lang)
    return chosen


def _controller(name: str, node: Node, report: Report) -> Controller:
    fields = Fields(node, report, required="title number address")
    return Controller(name, fields.word("title"), fields.word("number"), fields.word("address"))


def _contact(node: Node, report: Report) -> Contact:
    fields = Fields(node, report, required="email", optional="phone post web")
    return Contact(fields.word("email"), fields.word("phone"), fields.word("post"), fields.word("web"))


def _mail(node: Node, report: Report) -> Mail:
    fields = Fields(node, report, required="sender reply_to")
    return Mail(fields.word("sender"), fields.word("reply_to"))


def unit_kinds(node: Node, report: Report) -> tuple[UnitKind, ...]:
    """Read units.yaml."""
    return tuple(_unit_kind(name, entry, report) for name, entry in entries(node, report))


def _unit_kind(name: str, node: Node, report: Report) -> UnitKind:
    fields = Fields(node, report, required="title own", optional="under")
    return UnitKind(name, fields.text("title"), fields.text("own"), fields.words("under"))


def offices(node: Node, report: Report) -> tuple[Office, ...]:
    """Read offices.yaml."""
    return tuple(_office(name, entry, report) for name, entry in entries(node, report))


def _office(name: str, node: Node, report: Report) -> Office:
    fields = Fields(node, report, required="title at", optional="public")
    return Office(name, fields.text("title"), fields.words("at"), fields.truth("public"))


def recipients(node: Node, report: Report) -> tuple[Recipient, ...]:
    """Read recipients.yaml."""
    return tuple(_recipient(name, entry, report) for name, entry in entries(node, report))


def _recipient(name: str, node: Node, report: Report) -> Recipient:
    fields = Fields(
        node, report, required="kind title does place", optional="agreement statute transfer serves_all"
    )
    return Recipient(
        name=name,
        kind=fields.choice("kind", RECIPIENT_KINDS, "recipient"),
        title=fields.text("title"),
        does=fields.text("does"),
        place=fields.word("place"),
        agreement=fields.read("agreement", _agreement, None),
        statute=fields.word("statute") or None,
        transfer=fields.word("transfer") or None,
        serves_all=fields.truth("serves_all"),
    )


def _agreement(node: Node, report: Report) -> Agreement | None:
    fields = Fields(node, report, required="title since review")
    return Agreement(fields.text("title"), fields.day("since"), fields.review() or Period())
