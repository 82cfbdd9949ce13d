"""Part two of the statement: each service in the same order, what and why, from where, who, how long."""

from collections.abc import Iterator

from hjemmel.declaration.model import Activity, Declaration
from hjemmel.declaration.render.blocks import (
    Block,
    Items,
    Row,
    Section,
    Strong,
    Table,
    Told,
    Words,
    paragraph,
)
from hjemmel.declaration.render.grounds import law
from hjemmel.declaration.render.language import Language, capital
from hjemmel.declaration.render.naming import grouped, groups
from hjemmel.declaration.render.seeing import duty_cells
from hjemmel.declaration.render.sentences import (
    activity_sentences,
    data_items,
    logged,
    only_that,
    purpose_cells,
    subjects,
)
from hjemmel.declaration.vocabulary import vocabulary

MANY = 6  # so many data are listed by group; fewer are told in a sentence


def part_two(words: Language, declaration: Declaration, activities: tuple[Activity, ...]) -> Section:
    """Return the part: one section an activity, and which offices are public."""
    return Section(
        "part-what",
        words.say("what.heading"),
        (
            paragraph(words.say("what.intro")),
            *(_activity(words, declaration, activity) for activity in activities),
            *_public(words, declaration),
        ),
    )


def _activity(words: Language, declaration: Declaration, activity: Activity) -> Section:
    rules = dict(activity_sentences(words, declaration, activity))
    parts: dict[str, tuple[Block, ...]] = {
        "why": tuple(_why(words, activity, rules)),
        "from": tuple(_from(words, activity)),
        "sees": tuple(_sees(words, declaration, activity, rules)),
        "gets": tuple(_gets(words, activity, rules)),
        "keeps": tuple(_keeps(words, activity, rules)),
    }
    sections = [
        Section(f"{activity.name}-{name}", words.say(f"what.{name}"), blocks)
        for name, blocks in parts.items()
        if blocks
    ]
    above = (*_marks(words, activity), *_responsible(words, declaration, activity))
    measures = tuple(_measures(words, declaration, activity))
    return Section(activity.name, words.of(activity.title), (*above, *sections, *measures))


def _marks(words: Language, activity: Activity) -> Iterator[Block]:
    if activity.planned:
        yield paragraph(words.say("planned"), kind="planned")


def _responsible(words: Language, declaration: Declaration, activity: Activity) -> Iterator[Block]:
    """Tell who answers for an activity, where that is not all of the organisation's own controllers."""
    controllers = [declaration.controller(name) for name in activity.controllers]
    ours = {each.name for each in declaration.organisation.controllers if each.agreement is None}
    mine = [each for each in controllers if each.agreement is None]
    others = [each for each in controllers if each.agreement is not None]
    if mine and {each.name for each in mine} != ours:
        titles = words.all_of([each.title for each in mine])
        yield paragraph(words.say("what.controllers", controllers=titles))
    if others:
        said = [words.say("what.behalf", controllers=words.all_of([each.title for each in others]))]
        said += [
            words.say(f"what.behalf_end.{each.at_end}", controller=each.title)
            for each in others
            if each.at_end
        ]
        yield paragraph(" ".join(said))


def _why(words: Language, activity: Activity, rules: dict[str, str]) -> Iterator[Block]:
    yield from _data(words, activity, rules[f"{activity.name}/data"])
    ids = [f"{activity.name}/purpose/{purpose.name}" for purpose in activity.purposes]
    if len(ids) == 1:
        yield paragraph(rules[ids[0]], rule=ids[0])
    else:
        cells = (purpose_cells(words, activity, purpose) for purpose in activity.purposes)
        rows = (Row(tuple((cell,) for cell in row), rule) for row, rule in zip(cells, ids, strict=True))
        yield Table(tuple(words.at("purpose.head")), tuple(rows))
    if activity.notes:
        yield paragraph(words.of(activity.notes))
    if activity.logged:
        yield Told(f"{activity.name}/logged", tuple(_logged(words, activity)))
    yield paragraph(*law(words, activity), kind="law")


def _logged(words: Language, activity: Activity) -> Iterator[Block]:
    told, untold = logged(activity)
    if told:
        yield paragraph(words.say("logged.list"))
        yield _grouped(words, told, {name: words.of(vocabulary().data[name].one) for name in told})
    yield from (paragraph(sentence) for sentence in only_that(words, untold))


def _data(words: Language, activity: Activity, sentence: str) -> Iterator[Block]:
    """Tell which data are held: few in a sentence, many in a list by group."""
    rule = f"{activity.name}/data"
    if len(activity.data) < MANY:
        yield paragraph(sentence, rule=rule)
    else:
        intro = paragraph(words.say("data.list", subjects=subjects(words, activity)))
        yield Told(rule, (intro, _grouped(words, activity.names, data_items(words, activity))))


def _grouped(words: Language, names: tuple[str, ...], said: dict[str, str]) -> Items:
    rows: list[Words] = []
    for name, data in grouped(names).items():
        title = Strong(f"{words.of(groups()[name].title)}:")
        rows.append((title, " " + words.all_of([said[datum] for datum in data])))
    return Items(tuple(Row((row,)) for row in rows))


def _from(words: Language, activity: Activity) -> Iterator[Block]:
    if activity.sources:
        sources = [words.of(vocabulary().sources[name]) for name in activity.sources]
        if len(sources) > 2:  # all begin with the same "from", which is said once of many
            sources[1:] = [source.partition(" ")[2] for source in sources[1:]]
        yield paragraph(words.say("sources", sources=words.all_of(sources)))


def _sees(
    words: Language, declaration: Declaration, activity: Activity, rules: dict[str, str]
) -> Iterator[Block]:
    """Tell who sees the data: one duty in a sentence, several in a table."""
    if not activity.duties:
        if not activity.planned:
            yield paragraph(words.say("duty.nobody"))
    elif len(activity.duties) == 1:
        (duty,) = activity.duties
        yield paragraph(rules[duty.id], rule=duty.id)
    else:
        rows = tuple(
            Row(tuple((cell,) for cell in duty_cells(words, declaration, activity, duty)), duty.id)
            for duty in activity.duties
        )
        yield Table(tuple(words.at("duty.head")), rows)


def _gets(words: Language, activity: Activity, rules: dict[str, str]) -> Iterator[Block]:
    if not activity.recipients:
        yield paragraph(words.say("recipient.nobody"))
    for disclosure in activity.recipients:
        yield paragraph(rules[disclosure.id], rule=disclosure.id)


def _keeps(words: Language, activity: Activity, rules: dict[str, str]) -> Iterator[Block]:
    if len(activity.keep) == 1:
        yield paragraph(rules[activity.keep[0].id], rule=activity.keep[0].id)
    elif activity.keep:
        yield Items(tuple(Row(((rules[keep.id],),), keep.id) for keep in activity.keep))
    for kept in activity.kept_in:
        often = capital(words.often(kept.review))
        yield paragraph(words.say("keep.outside", outside=words.of(kept.outside), often=often))


def _measures(words: Language, declaration: Declaration, activity: Activity) -> Iterator[Block]:
    """Tell which measures protect an activity, where it is not all of them."""
    if activity.measures:
        titles = [words.of(each.title) for each in declaration.measures(activity)]
        yield paragraph(words.say("what.measures", measures=words.all_of(titles)))


def _public(words: Language, declaration: Declaration) -> Iterator[Block]:
    public = [office for office in declaration.offices if office.public]
    rows = [
        Row(((words.say("public", title=capital(words.of(o.title))),),), f"office/{o.name}/public")
        for o in public
    ]
    if rows:
        yield Section("part-public", words.say("what.public"), (Items(tuple(rows)),))
