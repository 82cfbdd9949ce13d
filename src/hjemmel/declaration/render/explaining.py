"""What the law wants explained to everybody: grounds, machines, children, cookies, rights, complaints."""

from datetime import date
from functools import partial

from hjemmel.declaration.law import figures
from hjemmel.declaration.model import MONTH, Activity, Cookie, Declaration, Organisation
from hjemmel.declaration.period import Period
from hjemmel.declaration.render.blocks import Block, Items, Link, Row, Strong, Table, items, paragraph
from hjemmel.declaration.render.grounds import cited, term
from hjemmel.declaration.render.language import Language, capital
from hjemmel.declaration.vocabulary import vocabulary

AUTHORITY = "https://www.datatilsynet.no/"
SHORTEST_MONTH = 28


def special(words: Language, organisation: Organisation) -> tuple[Block, ...]:
    """Return what belonging discloses, and why a register may be kept all the same."""
    if not organisation.reveals:
        return ()
    reveals = words.all_of([words.of(vocabulary().special[name]) for name in organisation.reveals])
    cite = cited(words, ["9.2.d"])
    return (
        paragraph(words.say("how.special.reveals", reveals=reveals)),
        paragraph(words.say("how.special.ground", cite=cite)),
    )


def grounds(
    words: Language, organisation: Organisation, activities: tuple[Activity, ...]
) -> tuple[Block, ...]:
    """Return each ground that is relied on, what it means and where it stands."""
    bases = [basis.article for activity in activities for basis in activity.basis]
    bases += [d.basis.article for activity in activities for d in activity.recipients]
    means = partial(_means, words, organisation)
    rows = [
        Row(((capital(term(words, article)),), (means(article),), (cited(words, [article]),)))
        for article in sorted(set(bases))
    ]
    if not rows:
        return ()
    head = tuple(words.at("how.grounds.head"))
    must = [paragraph(said)] if (said := _must(words, activities)) else []
    return (paragraph(words.say("how.grounds.intro")), Table(head, tuple(rows)), *must)


def _must(words: Language, activities: tuple[Activity, ...]) -> str:
    """Return whether one must give the data, and what follows if one does not (GDPR art. 13 no. 2 e)."""
    used = {article for activity in activities for purpose in activity.purposes for article in purpose.basis}
    agreed = {
        "member" if subject == "member" else "other"
        for activity in activities
        for purpose in activity.purposes
        for subject in activity.subjects
        if "6.1.b" in purpose.basis_for(subject)
    }
    kind = "both" if len(agreed) > 1 else "".join(agreed)
    without = words.say(f"how.grounds.must.without.{kind}") if agreed else ""
    said = [article for article in ("6.1.b", "6.1.c", "6.1.a") if article in used]
    must = words.at("how.grounds.must")
    return " ".join(str(must[article]).format_map({"without": without}) for article in said)


def _means(words: Language, organisation: Organisation, article: str) -> str:
    if article not in words.at("how.grounds.terms"):
        return "–"
    revealed = [words.of(vocabulary().special[name]) for name in organisation.reveals]
    reveals = words.any_of(revealed) or words.say("how.grounds.opinion")
    return str(words.at("how.grounds.terms")[article]["means"]).format_map({"reveals": reveals})


def automatic(words: Language, organisation: Organisation) -> tuple[Block, ...]:
    """Return what is decided by machine (GDPR art. 22)."""
    said = organisation.automatic
    return (paragraph(words.say("how.automatic.none") if said is None else words.of(said)),)


def children(words: Language, organisation: Organisation) -> tuple[Block, ...]:
    """Return the ages that matter, as the law had them when the declaration last changed."""
    if not organisation.children:
        return ()
    return (items(*(_age(words, name, organisation.changed) for name in organisation.children)),)


def _age(words: Language, name: str, day: date) -> str:
    figure = figures()[name]
    age = str(figure.on(day) or figure.values[-1].value)
    if name in words.at("how.children.figures"):
        return words.say(f"how.children.figures.{name}", age=age)
    return words.say("how.children.figure", title=words.of(figure.title), age=age)


def cookies(words: Language, declaration: Declaration) -> tuple[Block, ...]:
    """Return which cookies are set, by whom, for how long and when (ekomloven § 3-15)."""
    found = declaration.organisation.cookies
    if not found:
        return (paragraph(words.say("how.cookies.none")),)
    head = tuple(words.at("how.cookies.head"))
    rows = tuple(Row(tuple((cell,) for cell in _cookie(words, declaration, each))) for each in found)
    asked = [paragraph(words.say("how.cookies.refuse"))] if any(each.consent for each in found) else []
    return (paragraph(words.say("how.cookies.intro")), Table(head, rows), *asked)


def _cookie(words: Language, declaration: Declaration, cookie: Cookie) -> tuple[str, str, str, str]:
    does = capital(words.of(cookie.does))
    if cookie.set_by is not None:
        recipient = words.of(declaration.recipient(cookie.set_by).title)
        does = words.say("how.cookies.set_by", does=does, recipient=recipient)
    lasts = words.say("how.cookies.session") if cookie.lasts is None else words.period(cookie.lasts)
    when = "consent" if cookie.consent else "necessary" if cookie.kind == "necessary" else "other"
    return words.of(cookie.title), does, lasts, words.say(f"how.cookies.{when}")


def rights(words: Language, organisation: Organisation) -> tuple[Block, ...]:
    """Return the rights, how to use them, and how soon one gets an answer."""
    told = words.at("how.rights.items")
    contact = organisation.contact
    reached = {"email": contact.email, "phone": contact.phone, "post": contact.post}
    channels = [
        words.say(f"how.rights.channels.{key}", value=value) for key, value in reached.items() if value
    ]
    return (
        paragraph(words.say("how.rights.intro")),
        Items(tuple(Row(((Strong(f"{each['name']}:"), f" {each['means']}"),)) for each in told)),
        *((paragraph(undone(words, organisation.undo), rule="undo"),) if organisation.undo else ()),
        paragraph(words.say("how.rights.how", channels=words.any_of(channels))),
        paragraph(_deadline(words, organisation)),
    )


def undone(words: Language, period: Period) -> str:
    """Return how long what was erased by hand can be taken back, and what becomes of it then."""
    return words.say("how.rights.undo", period=words.period(period))


def _deadline(words: Language, organisation: Organisation) -> str:
    """Return when an answer comes at the latest: what was promised, and never after a month."""
    within = organisation.answer_within
    if within == MONTH:
        return words.say("how.rights.deadline.month")
    certain = not within.years and not within.months and within.days <= SHORTEST_MONTH
    path = "days" if certain else "sooner"
    return words.say(f"how.rights.deadline.{path}", period=words.period(within))


def complaint(words: Language, organisation: Organisation) -> tuple[Block, ...]:
    """Return where to complain: to the organisation, and to the authority."""
    return (
        paragraph(words.say("how.complaint.own", email=organisation.contact.email)),
        paragraph(words.say("how.complaint.authority"), " ", Link("datatilsynet.no", AUTHORITY)),
    )
