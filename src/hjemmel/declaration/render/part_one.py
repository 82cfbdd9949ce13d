"""Part one of the statement: who answers, how data are looked after, rights and complaints."""

from hjemmel.declaration.model import Declaration
from hjemmel.declaration.render.html import Html, tag
from hjemmel.declaration.render.language import Language, capital
from hjemmel.declaration.vocabulary import vocabulary

AUTHORITY = "https://www.datatilsynet.no/"


def part_one(words: Language, declaration: Declaration) -> tuple[Html, list[tuple[str, str]]]:
    """Return the section and its headings as (anchor, title), for the table of contents."""
    parts = {
        "responsible": _responsible(words, declaration),
        "promise": _promise(words, declaration),
        "special": _special(words, declaration),
        "rights": _rights(words, declaration),
        "complaint": _complaint(words, declaration),
    }
    told = {name: content for name, content in parts.items() if content}
    headings = [(f"how-{name}", words.say(f"how.{name}.heading")) for name in told]
    sections = [
        tag("section", tag("h3", title), *told[anchor.removeprefix("how-")], id=anchor)
        for anchor, title in headings
    ]
    return tag("section", tag("h2", words.say("how.heading")), *sections, id="how"), headings


def _responsible(words: Language, declaration: Declaration) -> list[Html]:
    organisation = declaration.organisation
    titles = [controller.title for controller in organisation.controllers]
    path = "how.responsible.one" if len(titles) == 1 else "how.responsible.several"
    offices = {
        key: words.of(declaration.office(getattr(organisation, key)).title)
        for key in ("answers", "daily", "requests")
    }
    controllers = [
        tag("li", words.say("how.responsible.controller", title=c.title, number=c.number), ", ", c.address)
        for c in organisation.controllers
    ]
    contact = organisation.contact
    rows: list[Html] = []
    for key in ("email", "phone", "post", "web"):
        if value := getattr(contact, key):
            rows += [tag("dt", words.say(f"how.responsible.{key}")), tag("dd", _linked(key, value))]
    return [
        tag("p", words.say(path, controllers=words.all_of(titles))),
        tag("ul", *controllers),
        tag("p", words.say("how.responsible.answers", **offices)),
        tag("h4", words.say("how.responsible.contact")),
        tag("dl", *rows),
        tag("p", words.say("how.responsible.sensitive")),
    ]


def _linked(key: str, value: str) -> Html:
    if key == "email":
        return tag("a", value, href=f"mailto:{value}")
    if key == "phone":
        return tag("a", value, href="tel:" + value.replace(" ", ""))
    return tag("a", value, href=value) if key == "web" else tag("span", value)


def _promise(words: Language, declaration: Declaration) -> list[Html]:
    known = vocabulary().data
    held = dict.fromkeys(name for activity in declaration.active for name in activity.names)
    sealed = [words.of(known[name].one) for name in held if known[name].sealed]
    said = [words.say("how.promise.rules"), words.say("how.promise.offices")]
    if sealed:
        said.append(words.say("how.promise.sealed", data=capital(words.all_of(sealed))))
    said += [words.say("how.promise.longest"), words.say("how.promise.never_sold")]
    for recipient in declaration.recipients:
        if recipient.serves_all and recipient.agreement is not None:
            said.append(
                words.say(
                    "how.promise.processor",
                    title=words.of(recipient.title),
                    does=words.of(recipient.does),
                    agreement=words.of(recipient.agreement.title),
                    since=words.day(recipient.agreement.since),
                )
            )
    return [tag("p", sentence) for sentence in said]


def _special(words: Language, declaration: Declaration) -> list[Html]:
    reveals = declaration.organisation.reveals
    if not reveals:
        return []
    said = [words.of(vocabulary().special[name]) for name in reveals]
    article = vocabulary().articles["9.2.d"]
    ground = words.say("how.special.ground", ground=words.of(article.ground), cite=words.of(article.cite))
    return [tag("p", words.say("how.special.reveals", reveals=words.all_of(said))), tag("p", ground)]


def _rights(words: Language, declaration: Declaration) -> list[Html]:
    items = [tag("li", item) for item in words.at("how.rights.items")]
    email = declaration.organisation.contact.email
    return [
        tag("p", words.say("how.rights.intro")),
        tag("ul", *items),
        tag("p", words.say("how.rights.how", email=email)),
    ]


def _complaint(words: Language, declaration: Declaration) -> list[Html]:
    email = declaration.organisation.contact.email
    return [
        tag("p", words.say("how.complaint.own", email=email)),
        tag("p", words.say("how.complaint.authority"), " ", tag("a", AUTHORITY, href=AUTHORITY)),
    ]
