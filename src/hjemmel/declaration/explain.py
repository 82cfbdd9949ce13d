"""Why a datum is there: who has it, what for, on which ground, who sees and gets it, until when.

Every line names the rule it comes from and where that is written, and the order when rules meet says which of
them decides.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from hjemmel.declaration.check.law import floor_of
from hjemmel.declaration.findings import Report
from hjemmel.declaration.model import Activity, Declaration
from hjemmel.declaration.order import Claim, Outcome, due, settle
from hjemmel.declaration.read import read
from hjemmel.declaration.render.grounds import cited, ground
from hjemmel.declaration.render.keeping import keep_sentence
from hjemmel.declaration.render.language import Language, capital
from hjemmel.declaration.render.seeing import duty_sentence
from hjemmel.declaration.render.sentences import purpose_sentence, recipient_sentence, subjects
from hjemmel.declaration.render.suiting import suited
from hjemmel.declaration.text import Places
from hjemmel.declaration.tongues import tongue
from hjemmel.declaration.vocabulary import vocabulary

ASPECTS = ("held", "why", "basis", "from", "sees", "gets", "keeps")
A_DAY = date(2001, 6, 30)  # any: rules are compared as if all that ends a relation happened the same day


class UnknownDatumError(LookupError):
    """Raised for a datum that is no word of the language. `near` are those it may have been meant for."""

    def __init__(self, name: str) -> None:
        known = list(vocabulary().data)
        ends = [datum for datum in known if datum.partition(".")[2] == name]
        self.near = tuple(ends or get_close_matches(name, known, n=5, cutoff=0.5))
        super().__init__(name)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said: the rule it comes from, where that is written (file:line), and the words."""

    rule: str
    place: str
    words: str


@dataclass(frozen=True, slots=True)
class Reason:
    """An activity that has the datum: what is said of it by aspect (ASPECTS), in order."""

    activity: str
    title: str
    planned: bool
    lines: Mapping[str, tuple[Line, ...]]


@dataclass(frozen=True, slots=True)
class Explained:
    """A datum explained. `decides` is the rule that keeps it longest where all its rules meet, `over` those
    it decides over, and `because` why, in words.
    """

    datum: str
    title: str
    reasons: tuple[Reason, ...]
    decides: str | None
    over: tuple[str, ...]
    because: str


def explain(texts: Mapping[str, str], declaration: Declaration, datum: str, lang: str = "nb") -> Explained:
    """Return what a declaration says of a datum. `texts` are its files.

    Raises UnknownDatumError for what is no datum at all.
    """
    known = vocabulary().data.get(datum)
    if known is None:
        raise UnknownDatumError(datum)
    words = suited(tongue("explain", lang), declaration)
    _, places = read(texts, Report())
    having = [activity for activity in declaration.activities if datum in activity.names]
    outcome = meeting([activity for activity in having if not activity.planned], datum)
    return Explained(
        datum=datum,
        title=capital(words.of(known.one)),
        reasons=tuple(_reason(words, declaration, activity, datum, places) for activity in having),
        decides=None if outcome is None else outcome.wins.name,
        over=() if outcome is None else tuple(claim.name for claim in outcome.over),
        because=_because(words, outcome),
    )


def meeting(activities: list[Activity], datum: str) -> Outcome | None:
    """Return which rule decides over a datum where all that hold it meet in one person, and what ends them
    happens the same day; None where no rule holds it.
    """
    claims = []
    for activity in activities:
        claims += [
            Claim("rule", keep.id, due(keep, {keep.after: A_DAY} if keep.after else {}))
            for keep in activity.keep
            if datum in activity.subset(keep.data)
        ]
        if floor := floor_of(activity, datum):
            from_year = floor.count_from == "year_end"
            start = date(A_DAY.year, 12, 31) if from_year else A_DAY
            claims.append(Claim("floor", floor.statute, floor.period.add_to(start)))
    return settle(claims) if any(claim.kind == "rule" for claim in claims) else None


def _because(words: Language, outcome: Outcome | None) -> str:
    if outcome is None:
        return words.say("explain.decides.nobody")
    if outcome.wins.kind == "floor":
        statute = words.of(vocabulary().statutes[outcome.wins.name].title)
        return words.say("explain.decides.floor", statute=statute)
    if not outcome.over:
        return words.say("explain.decides.alone")
    if all(claim.until == outcome.until for claim in outcome.over):
        return words.say("explain.decides.equal")
    return words.say("explain.decides." + ("open" if outcome.until is None else "longest"))


def _reason(
    words: Language, declaration: Declaration, activity: Activity, datum: str, places: Places
) -> Reason:
    file = f"activities/{activity.name}.yaml"
    found: dict[str, list[Line]] = {aspect: [] for aspect in ASPECTS}
    for aspect, rule, path, item, said in _said(words, declaration, activity, datum):
        place = places.find(file, path, item)
        found[aspect].append(Line(rule, f"{file}:{place.line}" if place.line else file, said))
    lines = {aspect: tuple(those) for aspect, those in found.items()}
    return Reason(activity.name, words.of(activity.title), activity.planned, lines)


def _said(
    words: Language, declaration: Declaration, activity: Activity, datum: str
) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield the aspect, the rule, its path (and item) in the file, and the words, of all that is said."""
    yield from _use(words, activity, datum)
    for duty in activity.duties:
        if datum in activity.subset(duty.data):
            alike = [other.id for other in activity.duties if other.office == duty.office]
            path = f"duties.{duty.office}" + (f".{alike.index(duty.id)}" if len(alike) > 1 else "")
            yield "sees", duty.id, path, "", duty_sentence(words, declaration, activity, duty)
    for at, given in enumerate(activity.recipients):
        if datum in activity.subset(given.data):
            said = recipient_sentence(words, declaration, activity, given)
            yield "gets", given.id, f"recipients.{at}", "", said
    for at, keep in enumerate(activity.keep):
        if datum in activity.subset(keep.data):
            yield "keeps", keep.id, f"keep.{at}", "", keep_sentence(declaration, keep, words.code)


def _use(words: Language, activity: Activity, datum: str) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield who is meant, what for, on which ground, and where the datum comes from."""
    rule = f"{activity.name}/data"
    use = next(use for use in activity.data if use.datum == datum)
    said = words.say("explain.held", subjects=subjects(words, activity))
    if use.only_when:
        condition = words.of(vocabulary().conditions[use.only_when].text)
        said = words.say("explain.held_if", held=said.rstrip("."), condition=condition)
    yield "held", rule, "data", datum, said
    for purpose in activity.purposes:
        if datum in activity.subset(purpose.data):
            name = f"{activity.name}/purpose/{purpose.name}"
            yield "why", name, f"purposes.{purpose.name}", "", purpose_sentence(words, activity, purpose)
    for at, basis in enumerate(activity.basis):
        if not basis.for_ or datum in basis.for_:
            said = f"{capital(ground(words, basis))} ({cited(words, [basis.article])})."
            yield "basis", f"{activity.name}/basis/{basis.article}", f"basis.{at}", "", said
    if activity.sources:
        sources = [words.of(vocabulary().sources[name]) for name in activity.sources]
        yield "from", rule, "sources", "", words.say("sources", sources=words.all_of(sources))
