"""Sentences for every enforceable rule, each from a template and the words of the vocabulary."""

from collections.abc import Iterable, Iterator, Sequence

from hjemmel.declaration.model import Activity, Basis, Declaration, Disclosure, Duty, Purpose
from hjemmel.declaration.render.keeping import keep_sentence
from hjemmel.declaration.render.language import Language, capital, language
from hjemmel.declaration.vocabulary import vocabulary


def sentences(declaration: Declaration, lang: str = "nb") -> dict[str, str]:
    """Return the sentence of every enforceable rule of the active activities, by rule id."""
    words = language(lang)
    found = {
        rule: sentence
        for activity in declaration.active
        for rule, sentence in activity_sentences(words, declaration, activity)
    }
    for office in declaration.offices:
        if office.public:
            found[f"office/{office.name}/public"] = words.say("public", title=_inside(words.of(office.title)))
    return found


def activity_sentences(
    words: Language, declaration: Declaration, activity: Activity
) -> Iterator[tuple[str, str]]:
    """Yield the rules of an activity with their sentences, in the order they are told."""
    about = subjects(words, activity)
    data = words.all_of(data_items(words, activity))
    yield f"{activity.name}/data", words.say("data.sentence", subjects=about, data=data)
    for purpose in activity.purposes:
        yield f"{activity.name}/purpose/{purpose.name}", purpose_sentence(words, activity, purpose)
    if activity.logged:
        yield f"{activity.name}/logged", words.say("logged", data=_named(words, activity.logged))
    for duty in activity.duties:
        yield duty.id, duty_sentence(words, declaration, activity, duty)
    for disclosure in activity.recipients:
        yield disclosure.id, recipient_sentence(words, declaration, activity, disclosure)
    for keep in activity.keep:
        yield keep.id, keep_sentence(declaration, keep, words.code)


def subjects(words: Language, activity: Activity) -> str:
    """Return whose data an activity holds, in the plural."""
    return words.all_of([words.of(vocabulary().subjects[name].many) for name in activity.subjects])


def data_items(words: Language, activity: Activity) -> list[str]:
    """Return each datum of an activity in words, with its condition."""
    known = vocabulary()
    found: list[str] = []
    for use in activity.data:
        item = words.of(known.data[use.datum].one)
        if use.only_when:
            condition = words.of(known.conditions[use.only_when].text)
            item = words.say("data.only_when", datum=item, condition=condition)
        found.append(item)
    return found


def purpose_sentence(words: Language, activity: Activity, purpose: Purpose) -> str:
    """Return why data are used and on which basis."""
    bases = [basis for basis in activity.basis if basis.article in purpose.basis]
    said = [
        words.say("purpose.for", title=words.of(purpose.title)),
        basis_sentence(words, bases, "purpose.basis"),
    ]
    if purpose.data is not None:
        said.append(words.say("purpose.only", data=_named(words, activity.subset(purpose.data))))
    if purpose.channels:
        channels = [words.of(vocabulary().channels[name]) for name in purpose.channels]
        said.append(words.say("purpose.channels", channels=words.any_of(channels)))
    return " ".join(said)


def basis_sentence(words: Language, bases: Sequence[Basis], path: str) -> str:
    """Return the grounds in words and the articles they stand in. 9.2.d is explained once, in part one."""
    articles = [basis.article for basis in bases]
    unsaid = {"9.2.d"} | ({"6.1.a"} if "9.2.a" in articles else set())
    grounds = dict.fromkeys(_ground(words, basis) for basis in bases if basis.article not in unsaid)
    cites = dict.fromkeys(words.of(vocabulary().articles[article].cite) for article in articles)
    return words.say(path, grounds=words.all_of(list(grounds)), cites=words.all_of(list(cites)))


def _ground(words: Language, basis: Basis) -> str:
    ground = words.of(vocabulary().articles[basis.article].ground)
    if basis.interest is not None:
        return words.say("purpose.interest", ground=ground, interest=words.of(basis.interest))
    if basis.statute is not None:
        return words.say("purpose.duty", statute=words.of(vocabulary().statutes[basis.statute].title))
    return ground


def duty_sentence(words: Language, declaration: Declaration, activity: Activity, duty: Duty) -> str:
    """Return what holders of an office may do, with which data, about whom, where and why."""
    office = declaration.office(duty.office)
    may = [words.say(f"duty.may.{verb}") for verb in ("read", "change", "export") if verb in duty.may]
    said = [
        words.say(
            "duty.every" if duty.data is None else "duty.some",
            office=capital(words.of(office.title)),
            may=words.all_of(may),
            data=_named(words, activity.subset(duty.data)),
            subjects=_about(words, activity, duty),
            where=_where(words, declaration, duty),
        )
    ]
    if duty.purposes is not None:
        titles = [words.of(p.title) for p in activity.purposes if p.name in duty.purposes]
        said.append(words.say("duty.only_for", purposes=words.all_of(titles)))
    whom = [words.say(f"duty.shielded_who.{verb}") for verb in ("shielded", "restricted") if verb in duty.may]
    if whom:
        said.append(words.say("duty.shielded", whom=words.all_of(whom)))
    return " ".join(said)


def _about(words: Language, activity: Activity, duty: Duty) -> str:
    records = [vocabulary().records[keep.what] for keep in activity.keep]
    ends = any(record.ends for record in records)
    about = subjects(words, activity)
    return words.say("duty.and_ended", subjects=about) if duty.sees == "ended" and ends else about


def _where(words: Language, declaration: Declaration, duty: Duty) -> str:
    kinds = [declaration.unit_kind(name) for name in declaration.office(duty.office).at]
    where = words.any_of([words.of(kind.own) for kind in kinds])
    return words.say("duty.unit_only", where=where) if duty.reach == "unit" else where


def recipient_sentence(
    words: Language, declaration: Declaration, activity: Activity, disclosure: Disclosure
) -> str:
    """Return who gets which data, when, and on which basis."""
    recipient = declaration.recipient(disclosure.to)
    sentence = words.say(
        "recipient.every" if disclosure.data is None else "recipient.some",
        title=words.of(recipient.title),
        does=words.of(recipient.does),
        data=_named(words, activity.subset(disclosure.data)),
        when=words.of(vocabulary().occasions[disclosure.when]),
    )
    return f"{sentence} {basis_sentence(words, [disclosure.basis], 'recipient.basis')}"


def _named(words: Language, names: Iterable[str]) -> str:
    return words.all_of([words.of(vocabulary().data[name].one) for name in names])


def _inside(title: str) -> str:
    return title[:1].lower() + title[1:]
