"""What stands in each column of the record, line by line."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hjemmel.declaration.model import Activity, Agreement, Controller, Declaration, Purpose, Recipient
from hjemmel.declaration.render.grounds import cited, purpose_grounds
from hjemmel.declaration.render.keeping import keep_sentence
from hjemmel.declaration.render.language import Language, capital, inside
from hjemmel.declaration.render.naming import named
from hjemmel.declaration.render.outside import abroad
from hjemmel.declaration.render.part_one import ROLES
from hjemmel.declaration.render.seeing import duty_sentence
from hjemmel.declaration.vocabulary import EEA, vocabulary


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a cell, and the id of the rule it tells, if it tells one."""

    text: str
    rule: str | None = None


def facts(words: Language, declaration: Declaration, day: str, version: str) -> Iterator[tuple[str, str]]:
    """Yield who keeps the record, how to reach them, and which version it is."""
    organisation = declaration.organisation
    first, *more = organisation.controllers
    yield words.say("record.facts.organisation"), first.title
    yield words.say("record.facts.number"), first.number
    yield words.say("record.facts.address"), first.address
    contact = organisation.contact
    reached = ", ".join(filter(None, (contact.email, contact.phone, contact.post, contact.web)))
    yield words.say("record.facts.contact"), reached
    for other in more:
        if other.agreement is None:
            yield words.say("record.facts.joint"), party(words, other).text
    for role in ROLES:
        office = declaration.office(getattr(organisation, role))
        yield words.say(f"record.facts.{role}"), capital(words.of(office.title))
    yield words.say("record.facts.changed"), day
    yield words.say("record.facts.version"), version


def party(words: Language, controller: Controller) -> Line:
    """Return a controller with number and address."""
    return Line(
        words.say(
            "how.responsible.controller",
            title=controller.title,
            number=controller.number,
            address=controller.address,
        )
    )


def agreement(words: Language, controller: Controller) -> Iterator[Line]:
    """Yield the agreement with another controller, and what happens to the data at its end."""
    if controller.agreement is not None:
        yield Line(_agreed(words, controller.agreement))
    if controller.at_end is not None:
        yield Line(capital(words.say(f"record.at_end.{controller.at_end}")))


def _agreed(words: Language, found: Agreement) -> str:
    return words.say(
        "record.agreement",
        title=capital(words.of(found.title)),
        since=words.day(found.since),
        often=words.often(found.review),
    )


def purposes(words: Language, declaration: Declaration, activity: Activity) -> Iterator[Line]:
    """Yield each purpose."""
    del declaration
    for purpose in activity.purposes:
        yield Line(capital(words.of(purpose.title)), _id(activity, purpose))


def basis(words: Language, declaration: Declaration, activity: Activity) -> Iterator[Line]:
    """Yield what each purpose rests on, in words and by article."""
    del declaration
    for purpose in activity.purposes:
        articles = {*purpose.basis, *(a for each in purpose.by_subject for a in each.basis)}
        said = words.say(
            "record.basis",
            title=capital(words.of(purpose.title)),
            grounds=purpose_grounds(words, activity, purpose),
            articles=cited(words, articles),
        )
        yield Line(said, _id(activity, purpose))


def _id(activity: Activity, purpose: Purpose) -> str:
    return f"{activity.name}/purpose/{purpose.name}"


def subjects(words: Language, declaration: Declaration, activity: Activity) -> Iterator[Line]:
    """Yield whose data."""
    del declaration
    for name in activity.subjects:
        yield Line(capital(words.of(vocabulary().subjects[name].many)))


def data(words: Language, declaration: Declaration, activity: Activity) -> Iterator[Line]:
    """Yield each datum, special categories marked, with its condition."""
    del declaration
    known = vocabulary()
    for use in activity.data:
        said = words.of(known.data[use.datum].one)
        if known.data[use.datum].special:
            said = words.say("record.special", datum=said)
        if use.only_when:
            condition = words.of(known.conditions[use.only_when].text)
            said = words.say("record.condition", datum=said, condition=condition)
        yield Line(capital(said), f"{activity.name}/data")


def sources(words: Language, declaration: Declaration, activity: Activity) -> Iterator[Line]:
    """Yield where the data come from."""
    del declaration
    for name in activity.sources:
        yield Line(capital(words.of(vocabulary().sources[name])))


def recipients(words: Language, declaration: Declaration, activity: Activity) -> Iterator[Line]:
    """Yield who gets which data and when, then the processors everything runs on."""
    for disclosure in activity.recipients:
        recipient = declaration.recipient(disclosure.to)
        names = named(words, activity.subset(disclosure.data), activity)
        yield Line(
            words.say(
                "record.recipient",
                title=_helper(words, recipient) if recipient.kind == "processor" else _who(words, recipient),
                when=words.of(vocabulary().occasions[disclosure.when]),
                data=words.say("record.everything") if disclosure.data is None else words.all_of(names),
            ),
            disclosure.id,
        )
    yield from (Line(_helper(words, each)) for each in declaration.recipients if each.serves_all)
    if not activity.recipients and not any(each.serves_all for each in declaration.recipients):
        yield Line(words.say("record.none"))


def helpers(words: Language, declaration: Declaration, activity: Activity) -> Iterator[Line]:
    """Yield the processors an activity runs on or hands data to."""
    for recipient in _used(declaration, activity):
        if recipient.kind == "processor":
            yield Line(_helper(words, recipient))


def _used(declaration: Declaration, activity: Activity) -> list[Recipient]:
    used = {disclosure.to for disclosure in activity.recipients}
    return [each for each in declaration.recipients if each.serves_all or each.name in used]


def _who(words: Language, recipient: Recipient) -> str:
    return capital(words.of(recipient.title))


def _helper(words: Language, recipient: Recipient) -> str:
    """Return a processor with its agreement or statute, its country, and when it is audited."""
    title, place = _who(words, recipient), words.country(recipient.place)
    if recipient.agreement is not None:
        agreed = recipient.agreement
        said = words.say(
            "record.processor_of",
            title=title,
            agreement=words.of(agreed.title),
            since=words.day(agreed.since),
            place=place,
        )
    else:
        statute = vocabulary().statutes[recipient.statute or ""]
        said = words.say("record.law_of", title=title, statute=words.of(statute.title), place=place)
    if recipient.audit is None:
        return said
    if recipient.audited is None:
        return f"{said}, {words.say('record.unaudited', often=words.often(recipient.audit))}"
    following = words.day(recipient.audit.add_to(recipient.audited))
    return f"{said}, {words.say('record.audit', audited=words.day(recipient.audited), next=following)}"


def transfers(words: Language, declaration: Declaration, activity: Activity) -> Iterator[Line]:
    """Yield the recipients outside the EEA with country and ground, or that there are none."""
    outside = [each for each in _used(declaration, activity) if each.place not in EEA]
    for recipient in outside:
        yield Line(" ".join([f"{_who(words, recipient)}.", *abroad(words, recipient)]))
    if not outside:
        yield Line(words.say("record.nowhere"))


def deletion(words: Language, declaration: Declaration, activity: Activity) -> Iterator[Line]:
    """Yield each keep rule, and what lies outside the register."""
    for keep in activity.keep:
        yield Line(keep_sentence(declaration, keep, words.code), keep.id)
    for kept in activity.kept_in:
        outside, often = words.of(kept.outside), capital(words.often(kept.review))
        yield Line(words.say("record.outside", outside=outside, often=often))


def measures(words: Language, declaration: Declaration, activity: Activity) -> Iterator[Line]:
    """Yield the security measures that protect an activity, and what the register does for all."""
    for measure in declaration.measures(activity):
        title, tested = capital(words.of(measure.title)), words.day(measure.tested)
        yield Line(words.say("record.measure", title=title, tested=tested))
    known = vocabulary().data
    sealed = [words.of(known[name].one) for name in activity.names if known[name].sealed]
    yield Line(words.say("how.promise.offices"))
    if sealed:
        yield Line(words.say("how.promise.sealed", data=words.all_of(sealed)))


def access(words: Language, declaration: Declaration, activity: Activity) -> Iterator[Line]:
    """Yield who sees what in the register."""
    for duty in activity.duties:
        yield Line(duty_sentence(words, declaration, activity, duty), duty.id)


def assessments(words: Language, declaration: Declaration, activity: Activity) -> Iterator[Line]:
    """Yield each assessment with the day it was done and the day it is looked at again."""
    del declaration
    for each in activity.assessments:
        yield Line(
            words.say(
                "record.assessment" if each.title else "record.assessment_alone",
                kind=words.say(f"record.assessed.{each.kind}"),
                title=words.of(each.title) if each.title else "",
                done=words.day(each.done),
                next=words.day(each.review.add_to(each.done)),
            )
        )


def reasons(words: Language, declaration: Declaration, activity: Activity) -> Iterable[Line]:
    """Yield why stricter guidance is not followed: which, why, who decided and when."""
    for each in activity.reasons:
        yield Line(
            words.say(
                "record.reason",
                finding=each.finding,
                because=words.of(each.because),
                by=inside(words.of(declaration.office(each.by).title)),
                on=words.day(each.on),
            )
        )
