"""The privacy statement as HTML: part one for all of it, part two activity by activity, in a fixed order.

Every sentence that a rule enforces stands in an element whose `data-rule` is the id of that rule.
"""

from collections.abc import Iterator
from datetime import date

from hjemmel.declaration.model import Activity, Declaration
from hjemmel.declaration.render.html import Html, join, tag
from hjemmel.declaration.render.language import Language, capital, language
from hjemmel.declaration.render.part_one import part_one
from hjemmel.declaration.render.sentences import activity_sentences, data_items, subjects
from hjemmel.declaration.vocabulary import vocabulary


def statement(
    declaration: Declaration,
    lang: str = "nb",
    *,
    preview: bool = False,
    changed: date | None = None,
    version: str | None = None,
) -> str:
    """Return the statement as an HTML article. Planned activities stand in it only as a `preview`.

    `changed` and `version` are those of the version in force; without them, the declared date and the first
    eight digits of the digest. Raises LookupError for a language the statement is not written in.
    """
    words = language(lang)
    activities = declaration.activities if preview else declaration.active
    one, headings = part_one(words, declaration)
    body = join(
        _head(
            words, declaration, changed or declaration.organisation.changed, version or declaration.digest[:8]
        ),
        tag("p", words.say("preview"), class_="statement-preview") if preview else Html(),
        _contents(words, headings, activities),
        one,
        tag(
            "section",
            tag("h2", words.say("what.heading")),
            *(_activity(words, declaration, activity) for activity in activities),
            _public(words, declaration),
            id="what",
        ),
    )
    return tag("article", body, class_="statement", lang=lang)


def document(declaration: Declaration, lang: str = "nb", *, preview: bool = False) -> str:
    """Return the statement as a whole HTML page, for a file of its own."""
    title = language(lang).say("title", organisation=declaration.organisation.title.of(lang))
    head = tag("head", tag("meta", charset="utf-8"), tag("title", title))
    body = tag("body", tag("main", Html(statement(declaration, lang, preview=preview))))
    return "<!doctype html>\n" + tag("html", head, body, lang=lang) + "\n"


def _head(words: Language, declaration: Declaration, changed: date, version: str) -> Html:
    organisation = declaration.organisation
    dated = tag("time", words.day(changed), datetime=changed.isoformat())
    before, _, after = words.at("changed").partition("{date}")
    return tag(
        "header",
        tag("h1", words.say("title", organisation=words.of(organisation.title))),
        tag("p", words.of(organisation.about), class_="statement-about"),
        tag(
            "p",
            before,
            dated,
            after,
            " · ",
            words.say("version", version=version),
            class_="statement-version",
        ),
    )


def _contents(words: Language, headings: list[tuple[str, str]], activities: tuple[Activity, ...]) -> Html:
    def entries(links: list[tuple[str, str]]) -> Html:
        return tag("ol", *(tag("li", tag("a", title, href=f"#{anchor}")) for anchor, title in links))

    services = [(activity.name, words.of(activity.title)) for activity in activities]
    return tag(
        "nav",
        tag("h2", words.say("contents"), id="contents"),
        tag(
            "ol",
            tag("li", tag("a", words.say("how.heading"), href="#how"), entries(headings)),
            tag("li", tag("a", words.say("what.heading"), href="#what"), entries(services)),
        ),
        aria_labelledby="contents",
    )


def _activity(words: Language, declaration: Declaration, activity: Activity) -> Html:
    told = dict(activity_sentences(words, declaration, activity))
    parts = (
        ("what.why", _why(words, activity, told)),
        ("what.from", [tag("p", _sources(words, activity))] if activity.sources else []),
        ("what.sees", _sees(words, activity, told)),
        ("what.gets", _gets(words, activity, told)),
        ("what.keeps", list(_keeps(words, activity, told))),
    )
    controllers = [declaration.controller(name).title for name in activity.controllers]
    return tag(
        "section",
        tag("h3", words.of(activity.title)),
        tag("p", words.say("planned"), class_="statement-planned") if activity.planned else Html(),
        tag("p", words.say("what.controllers", controllers=words.all_of(controllers))),
        *(join(tag("h4", words.say(path)), *content) for path, content in parts if content),
        id=activity.name,
    )


def _why(words: Language, activity: Activity, told: dict[str, str]) -> list[Html]:
    items = [tag("li", item) for item in data_items(words, activity)]
    data = tag(
        "div",
        tag("p", words.say("data.list", subjects=subjects(words, activity))),
        tag("ul", *items),
        data_rule=f"{activity.name}/data",
    )
    rules = [f"{activity.name}/purpose/{purpose.name}" for purpose in activity.purposes]
    if activity.logged:
        rules.append(f"{activity.name}/logged")
    paragraphs = [tag("p", told[rule], data_rule=rule) for rule in rules]
    notes = [tag("p", words.of(activity.notes))] if activity.notes else []
    return [data, *paragraphs, *notes]


def _sources(words: Language, activity: Activity) -> str:
    sources = [words.of(vocabulary().sources[name]) for name in activity.sources]
    return words.say("sources", sources=words.all_of(sources))


def _sees(words: Language, activity: Activity, told: dict[str, str]) -> list[Html]:
    if not activity.duties:
        return [] if activity.planned else [tag("p", words.say("duty.nobody"))]
    items = [tag("li", told[duty.id], data_rule=duty.id) for duty in activity.duties]
    return [tag("p", words.say("duty.only_these")), tag("ul", *items)]


def _gets(words: Language, activity: Activity, told: dict[str, str]) -> list[Html]:
    if not activity.recipients:
        return [tag("p", words.say("recipient.nobody"))]
    return [tag("p", told[disclosure.id], data_rule=disclosure.id) for disclosure in activity.recipients]


def _keeps(words: Language, activity: Activity, told: dict[str, str]) -> Iterator[Html]:
    if activity.keep:
        yield tag("ul", *(tag("li", told[keep.id], data_rule=keep.id) for keep in activity.keep))
    for kept in activity.kept_in:
        often = capital(words.often(kept.review))
        yield tag("p", words.say("keep.outside", outside=words.of(kept.outside), often=often))


def _public(words: Language, declaration: Declaration) -> Html:
    public = [office for office in declaration.offices if office.public]
    items = []
    for office in public:
        title = words.of(office.title)
        said = words.say("public", title=title[:1].lower() + title[1:])
        items.append(tag("li", said, data_rule=f"office/{office.name}/public"))
    return tag("ul", *items) if items else Html()
