"""Sentences for every enforceable rule, each from a template and the words of the vocabulary."""

from collections.abc import Iterator

from hjemmel.declaration.model import Activity, Declaration, Disclosure, Purpose
from hjemmel.declaration.render.explaining import undone
from hjemmel.declaration.render.grounds import ground, purpose_grounds
from hjemmel.declaration.render.keeping import keep_sentence
from hjemmel.declaration.render.language import Language, capital, language
from hjemmel.declaration.render.naming import named, object_of
from hjemmel.declaration.render.seeing import duty_sentence
from hjemmel.declaration.render.suiting import suited
from hjemmel.declaration.vocabulary import vocabulary


def sentences(declaration: Declaration, lang: str = "nb") -> dict[str, str]:
    """Return the sentence of every enforceable rule of the active activities, by rule id."""
    words = suited(language(lang), declaration)
    found = {
        rule: sentence
        for activity in declaration.active
        for rule, sentence in activity_sentences(words, declaration, activity)
    }
    for office in declaration.offices:
        if office.public:
            found[f"office/{office.name}/public"] = words.say("public", title=capital(words.of(office.title)))
    if declaration.organisation.undo:
        found["undo"] = undone(words, declaration.organisation.undo)
    return found


def activity_sentences(
    words: Language, declaration: Declaration, activity: Activity
) -> Iterator[tuple[str, str]]:
    """Yield the rules of an activity with their sentences, in the order they are told."""
    data = words.all_of(list(data_items(words, activity).values()))
    yield f"{activity.name}/data", words.say("data.sentence", subjects=subjects(words, activity), data=data)
    for purpose in activity.purposes:
        yield f"{activity.name}/purpose/{purpose.name}", purpose_sentence(words, activity, purpose)
    if activity.logged:
        yield f"{activity.name}/logged", _logged_sentence(words, activity)
    for duty in activity.duties:
        yield duty.id, duty_sentence(words, declaration, activity, duty)
    for disclosure in activity.recipients:
        yield disclosure.id, recipient_sentence(words, declaration, activity, disclosure)
    for keep in activity.keep:
        yield keep.id, keep_sentence(declaration, keep, words.code)


def _logged_sentence(words: Language, activity: Activity) -> str:
    told, untold = logged(activity)
    said = [words.say("logged.sentence", data=words.all_of(named(words, told)))] if told else []
    return " ".join(said + only_that(words, untold))


def logged(activity: Activity) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the data whose changes are logged: those of which the log says what they were, and those of
    which it says only that they changed.
    """
    known = vocabulary().data
    untold = tuple(name for name in activity.logged if known[name].unlogged)
    return tuple(name for name in activity.logged if name not in untold), untold


def only_that(words: Language, untold: tuple[str, ...]) -> list[str]:
    """Return what is said of data of which the log says only that they changed, if there are any."""
    known = vocabulary().data
    data = words.all_of([words.of(known[name].one) for name in untold])
    return [words.say("logged.only_that", data=data)] if untold else []


def subjects(words: Language, activity: Activity) -> str:
    """Return whose data an activity holds, in the plural."""
    return words.all_of([words.of(vocabulary().subjects[name].many) for name in activity.subjects])


def data_items(words: Language, activity: Activity) -> dict[str, str]:
    """Return each datum of an activity in words, with its condition."""
    known = vocabulary()
    found: dict[str, str] = {}
    for use in activity.data:
        item = words.of(known.data[use.datum].one)
        if use.only_when:
            condition = words.of(known.conditions[use.only_when].text)
            item = words.say("data.only_when", datum=item, condition=condition)
        found[use.datum] = item
    return found


def purpose_sentence(words: Language, activity: Activity, purpose: Purpose) -> str:
    """Return which data are used for what and on which basis."""
    title = words.of(purpose.title)
    if purpose.data is None:
        said = [words.say("purpose.all", title=title)]
    else:
        what, many = object_of(words, activity.subset(purpose.data), activity)
        path = "purpose.some" if what else "purpose.many"
        said = [words.say(path, title=title, data=what or many)]
    said.append(words.say("purpose.basis", grounds=purpose_grounds(words, activity, purpose)))
    return " ".join(said + _channels(words, purpose))


def purpose_cells(words: Language, activity: Activity, purpose: Purpose) -> tuple[str, str, str]:
    """Return the same as cells: what for, which data, on which basis."""
    title = words.of(purpose.title)
    for channels in _channels(words, purpose):
        title = words.say("purpose.chosen", title=title, channels=channels)
    data = words.all_of(named(words, activity.subset(purpose.data), activity))
    if purpose.data is None:
        data = words.say("purpose.data")
    return title, data, purpose_grounds(words, activity, purpose)


def _channels(words: Language, purpose: Purpose) -> list[str]:
    """Return how one is reached, or may choose to be, where that is said."""
    if not purpose.channels:
        return []
    channels = [words.of(vocabulary().channels[name]) for name in purpose.channels]
    path = "purpose.channel" if len(channels) == 1 else "purpose.channels"
    return [words.say(path, channels=words.any_of(channels))]


def recipient_sentence(
    words: Language, declaration: Declaration, activity: Activity, disclosure: Disclosure
) -> str:
    """Return who gets which data, what for, when, on which basis, and how soon they go there."""
    recipient = declaration.recipient(disclosure.to)
    kind = {"processor": "processor", "controller": "controller"}.get(recipient.kind, "does")
    title = capital(words.of(recipient.title))
    said = [
        words.say(f"recipient.{kind}", title=title, does=words.of(recipient.does)),
        words.say(
            "recipient.every" if disclosure.data is None else "recipient.some",
            data=words.all_of(named(words, activity.subset(disclosure.data), activity)),
            when=words.of(vocabulary().occasions[disclosure.when]),
        ),
        words.say("recipient.basis", grounds=ground(words, disclosure.basis)),
    ]
    if recipient.delete_within is not None:
        said.append(words.say("recipient.delete_within", period=words.period(recipient.delete_within)))
    return " ".join(said)
