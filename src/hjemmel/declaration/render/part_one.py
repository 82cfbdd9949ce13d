"""Part one of the statement: who answers, how data are looked after, who helps, rights and complaints."""

from collections.abc import Iterator

from hjemmel.declaration.model import Activity, Agreement, Controller, Declaration
from hjemmel.declaration.render.blocks import (
    Block,
    Link,
    Pairs,
    Piece,
    Row,
    Section,
    Words,
    items,
    outward,
    paragraph,
)
from hjemmel.declaration.render.explaining import (
    automatic,
    children,
    complaint,
    cookies,
    grounds,
    rights,
    special,
)
from hjemmel.declaration.render.language import Language, capital
from hjemmel.declaration.render.outside import recipients
from hjemmel.declaration.vocabulary import vocabulary

ROLES = ("answers", "daily", "requests")


def part_one(words: Language, declaration: Declaration, activities: tuple[Activity, ...]) -> Section:
    """Return the part. Only what the given `activities` need is told."""
    organisation = declaration.organisation
    parts: dict[str, tuple[Block, ...]] = {
        "responsible": (
            *_responsible(words, declaration, activities),
            *own(words, declaration, "responsible"),
        ),
        "promise": (*_promise(words, declaration), *own(words, declaration, "promise")),
        "measures": tuple(_measures(words, declaration)),
        "special": special(words, organisation),
        "grounds": grounds(words, organisation, activities),
        "recipients": recipients(words, declaration, activities),
        "automatic": automatic(words, organisation),
        "children": children(words, organisation),
        "cookies": cookies(words, declaration),
        "rights": (*rights(words, organisation), *own(words, declaration, "rights")),
        "complaint": (*complaint(words, organisation), *own(words, declaration, "complaint")),
    }
    sections = [
        Section(f"how-{name}", words.say(f"how.{name}.heading"), blocks)
        for name, blocks in parts.items()
        if blocks
    ]
    return Section("part-how", words.say("how.heading"), tuple(sections))


def own(words: Language, declaration: Declaration, place: str) -> tuple[Block, ...]:
    """Return the organisation's own words at a place, in paragraphs, if there are any."""
    text = declaration.organisation.paragraph(place)
    if text is None:
        return ()
    return tuple(paragraph(part.strip()) for part in words.of(text).split("\n\n") if part.strip())


def _responsible(
    words: Language, declaration: Declaration, activities: tuple[Activity, ...]
) -> Iterator[Block]:
    organisation = declaration.organisation
    ours = [each for each in organisation.controllers if each.agreement is None]
    count = {1: "one", 2: "two"}.get(len(ours), "several")
    titles = words.all_of([each.title for each in ours])
    yield paragraph(words.say(f"how.responsible.{count}", controllers=titles))
    yield items(*(_controller(words, each) for each in ours))
    if organisation.arrangement is not None:
        yield paragraph(words.of(organisation.arrangement))
    for other in organisation.controllers:
        done = [a for a in activities if other.name in a.controllers]
        if other.agreement is not None and done:
            yield paragraph(*_behalf(words, other, other.agreement, done))
    yield paragraph(_roles(words, declaration))
    contact = organisation.contact
    rows = [
        Row(((words.say(f"how.responsible.{key}"),), (_linked(key, value),)))
        for key in ("email", "phone", "post", "web")
        if (value := getattr(contact, key))
    ]
    sensitive = paragraph(words.say("how.responsible.sensitive"))
    yield Section("how-contact", words.say("how.responsible.contact"), (Pairs(tuple(rows)), sensitive))


def _controller(words: Language, controller: Controller) -> str:
    return words.say(
        "how.responsible.controller",
        title=controller.title,
        number=controller.number,
        address=controller.address,
    )


def _behalf(words: Language, controller: Controller, agreement: Agreement, done: list[Activity]) -> Words:
    """Return what is done for somebody else, each service a link to where it is told."""
    values = {
        "title": controller.title,
        "number": controller.number,
        "agreement": words.of(agreement.title),
        "since": words.day(agreement.since),
    }
    before, _, after = str(words.at("how.responsible.behalf")).partition("{activities}")
    listed: list[Piece] = []
    for activity in done:
        listed += [", "] if listed else []
        listed.append(Link(words.of(activity.title), f"#{activity.name}"))
    return (before.format_map(values), *listed, after.format_map(values))


def _roles(words: Language, declaration: Declaration) -> str:
    """Return which office does what, each office once."""
    offices: dict[str, list[str]] = {}
    for role in ROLES:
        office = getattr(declaration.organisation, role)
        offices.setdefault(office, []).append(words.say(f"how.responsible.roles.{role}"))
    said = [
        f"{capital(words.of(declaration.office(name).title))} {words.all_of(roles)}."
        for name, roles in offices.items()
    ]
    return " ".join(said)


def _linked(key: str, value: str) -> Link | str:
    if key == "email":
        return Link(value, f"mailto:{value}")
    if key == "phone":
        return Link(value, "tel:" + value.replace(" ", ""))
    return outward(value, value) if key == "web" else value


def _promise(words: Language, declaration: Declaration) -> Iterator[Block]:
    known = vocabulary().data
    held = dict.fromkeys(name for activity in declaration.active for name in activity.names)
    sealed = [words.of(known[name].one) for name in held if known[name].sealed]
    yield paragraph(words.say("how.promise.rules"))
    whose = {subject for activity in declaration.activities for subject in activity.subjects}
    staff = "employee" in whose and "officer" not in whose
    yield paragraph(words.say("how.promise.positions" if staff else "how.promise.offices"))
    if sealed:
        yield paragraph(words.say("how.promise.sealed", data=words.all_of(sealed)))
    yield paragraph(words.say("how.promise.longest"))
    organisation = declaration.organisation
    yield paragraph(words.say("how.promise.backups", backups=words.period(organisation.backups)))
    if sealed:
        yield paragraph(
            words.say("how.promise.backups_sealed", keys=words.period(organisation.sealed_backups))
        )
    yield paragraph(words.say("how.promise.never_sold"))


def _measures(words: Language, declaration: Declaration) -> Iterator[Block]:
    measures = declaration.organisation.measures
    if measures:
        yield paragraph(words.say("how.measures.intro"))
        yield items(
            *(
                words.say(
                    "how.measures.item", title=capital(words.of(each.title)), tested=words.day(each.tested)
                )
                for each in measures
            )
        )
