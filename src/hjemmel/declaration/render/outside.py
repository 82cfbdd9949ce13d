"""Who outside helps or gets data, told once for all services: suppliers, and controllers of their own."""

from hjemmel.declaration.model import Activity, Declaration, Recipient
from hjemmel.declaration.render.blocks import Block, Items, Row, Words, items, outward, paragraph
from hjemmel.declaration.render.language import Language, capital
from hjemmel.declaration.vocabulary import EEA, vocabulary


def recipients(
    words: Language, declaration: Declaration, activities: tuple[Activity, ...]
) -> tuple[Block, ...]:
    """Return what is told of the suppliers and the controllers of their own that the activities use, and of
    the controllers that no activity gives anything to: services through which people reach us.
    """
    given = {disclosure.to for activity in declaration.activities for disclosure in activity.recipients}
    used = {each.name for each in declaration.recipients if each.kind == "controller"} - given
    used |= {disclosure.to for activity in activities for disclosure in activity.recipients}
    used |= {cookie.set_by for cookie in declaration.organisation.cookies if cookie.set_by}
    found = [each for each in declaration.recipients if each.serves_all or each.name in used]
    processors = [each for each in found if each.kind == "processor"]
    controllers = [each for each in found if each.kind == "controller"]
    blocks: list[Block] = [paragraph(words.say("how.recipients.intro"))]
    if processors:
        blocks += [
            paragraph(words.say("how.recipients.processors")),
            items(*(_processor(words, each) for each in processors)),
        ]
        if all(each.place in EEA for each in processors):
            blocks.append(paragraph(words.say("how.recipients.eea")))
    if controllers:
        blocks += [
            paragraph(words.say("how.recipients.controllers")),
            Items(tuple(Row((_controller(words, each),)) for each in controllers)),
        ]
    return tuple(blocks)


def _processor(words: Language, recipient: Recipient) -> str:
    values = {"title": capital(words.of(recipient.title)), "does": words.of(recipient.does)}
    if recipient.agreement is not None:
        values |= {
            "agreement": words.of(recipient.agreement.title),
            "since": words.day(recipient.agreement.since),
        }
        said = [words.say("how.recipients.processor", **values)]
    else:
        statute = vocabulary().statutes[recipient.statute or ""]
        said = [words.say("how.recipients.processor_law", statute=words.of(statute.title), **values)]
    if recipient.serves_all:
        said.append(words.say("how.recipients.everything"))
    return " ".join(said + abroad(words, recipient))


def abroad(words: Language, recipient: Recipient) -> list[str]:
    """Return where a recipient outside the EEA is and on which ground data go there; nothing of others."""
    if recipient.place in EEA:
        return []
    country = words.country(recipient.place)
    return [words.say("how.recipients.abroad", country=country, transfer=recipient.transfer or "–")]


def _controller(words: Language, recipient: Recipient) -> Words:
    title = capital(words.of(recipient.title))
    said = " ".join(
        [
            words.say("how.recipients.controller", title=title, does=words.of(recipient.does)),
            *abroad(words, recipient),
        ]
    )
    if recipient.statement is None:
        return (said,)
    return (f"{said} ", outward(words.say("how.recipients.own_statement"), recipient.statement), ".")
