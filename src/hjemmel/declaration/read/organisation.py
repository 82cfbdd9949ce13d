"""Reading organisation.yaml, units.yaml, offices.yaml and recipients.yaml."""

from dataclasses import dataclass

from hjemmel.declaration.findings import Report
from hjemmel.declaration.model import (
    BACKUP_KEYS,
    BACKUPS,
    MONTH,
    PLACES,
    Agreement,
    Contact,
    Controller,
    Cookie,
    Mail,
    Measure,
    Office,
    Organisation,
    Paragraph,
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
    fields = Fields(node, report, "organisation")
    return OrganisationFile(
        Organisation(
            name=fields.name("organisation"),
            title=fields.text("title"),
            about=fields.text("about"),
            controllers=tuple(_controller(*entry, report) for entry in fields.entries("controllers")),
            answers=fields.name("answers"),
            daily=fields.name("daily"),
            requests=fields.name("requests"),
            backups=fields.review("backups") or BACKUPS,
            backup_keys=fields.review("backup_keys") or BACKUP_KEYS,
            contact=fields.read("contact", _contact, Contact("")),
            languages=fields.words("languages") or ("nb",),
            mail=fields.read("mail", _mail, Mail("", "")),
            changed=fields.day("changed"),
            reveals=fields.words("reveals"),
            arrangement=fields.text_or_none("arrangement"),
            answer_within=fields.period("answer_within") or MONTH,
            undo=fields.period("undo"),
            measures=tuple(_measure(*entry, report) for entry in fields.entries("measures")),
            cookies=tuple(_cookie(*entry, report) for entry in fields.entries("cookies")),
            automatic=fields.text_or_none("automatic"),
            children=fields.words("children"),
            paragraphs=_paragraphs(fields),
        ),
        fields.words("activities"),
    )


def _controller(name: str, node: Node, report: Report) -> Controller:
    fields = Fields(node, report, "controller")
    return Controller(
        name=name,
        title=fields.word("title"),
        number=fields.word("number"),
        address=fields.word("address"),
        agreement=fields.read("agreement", _agreement, None),
        at_end=fields.choice("at_end", "") or None,
    )


def _measure(name: str, node: Node, report: Report) -> Measure:
    fields = Fields(node, report, "measure")
    return Measure(name, fields.text("title"), fields.day("tested"))


def _cookie(name: str, node: Node, report: Report) -> Cookie:
    fields = Fields(node, report, "cookie")
    return Cookie(
        name=name,
        title=fields.text("title"),
        does=fields.text("does"),
        kind=fields.choice("kind", "necessary"),
        lasts=fields.lasts("lasts"),
        set_by=fields.word("set_by") or None,
        consent=fields.truth("consent"),
    )


def _paragraphs(fields: Fields) -> tuple[Paragraph, ...]:
    """Read the organisation's own words, by the places that the statement has for them."""
    if (node := fields.node("paragraphs")) is None:
        return ()
    own = Fields(node, fields.report, "paragraphs")
    return tuple(Paragraph(place, own.text(place)) for place in PLACES if place in own)


def _contact(node: Node, report: Report) -> Contact:
    fields = Fields(node, report, "contact")
    return Contact(fields.word("email"), fields.word("phone"), fields.word("post"), fields.word("web"))


def _mail(node: Node, report: Report) -> Mail:
    fields = Fields(node, report, "mail")
    return Mail(fields.word("sender"), fields.word("reply_to"))


def unit_kinds(node: Node, report: Report) -> tuple[UnitKind, ...]:
    """Read units.yaml."""
    return tuple(_unit_kind(name, entry, report) for name, entry in entries(node, report))


def _unit_kind(name: str, node: Node, report: Report) -> UnitKind:
    fields = Fields(node, report, "unit_kind")
    return UnitKind(name, fields.text("title"), fields.text("own"), fields.words("under"))


def offices(node: Node, report: Report) -> tuple[Office, ...]:
    """Read offices.yaml."""
    return tuple(_office(name, entry, report) for name, entry in entries(node, report))


def _office(name: str, node: Node, report: Report) -> Office:
    fields = Fields(node, report, "office")
    return Office(name, fields.text("title"), fields.words("at"), fields.truth("public"))


def recipients(node: Node, report: Report) -> tuple[Recipient, ...]:
    """Read recipients.yaml."""
    return tuple(_recipient(name, entry, report) for name, entry in entries(node, report))


def _recipient(name: str, node: Node, report: Report) -> Recipient:
    fields = Fields(node, report, "recipient")
    return Recipient(
        name=name,
        kind=fields.choice("kind", "recipient"),
        title=fields.text("title"),
        does=fields.text("does"),
        place=fields.word("place"),
        agreement=fields.read("agreement", _agreement, None),
        statute=fields.word("statute") or None,
        transfer=fields.word("transfer") or None,
        serves_all=fields.truth("serves_all"),
        audit=fields.review("audit"),
        audited=fields.day("audited") if "audited" in fields else None,
        statement=fields.word("statement") or None,
        delete_within=fields.period("delete_within"),
    )


def _agreement(node: Node, report: Report) -> Agreement | None:
    fields = Fields(node, report, "agreement")
    return Agreement(fields.text("title"), fields.day("since"), fields.review() or Period())
