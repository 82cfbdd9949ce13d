"""What five published statements promise, fact by fact (facts.tsv), and where each is in a preset.

A row is source, activity, kind and value. The value is a name of the vocabulary (held, source), key words of
what the source does it for (why), or says in short what a rule must say: `sees` {office, at, data, purposes,
exactly}, `gets` {to, when, data}, `how_long` the keys of a keep rule or {outside, review}. `other` and
`right` are what fits no kind: a note, a basis, a condition, who alone sees, or a value `at` a place of the
declaration. The activity `organisation` stands for what concerns no single activity.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from hjemmel.declaration import Activity, Declaration, Duty, Keep, Text, load

FILE = Path(__file__).parent / "facts.tsv"
ORGANISATION = "organisation"


@dataclass(frozen=True)
class Fact:
    """One row, and the line it stands on."""

    line: int
    source: str
    activity: str
    kind: str
    value: Any

    def __str__(self) -> str:
        return f"{self.line}-{self.source}-{self.activity}-{self.kind}"

    @property
    def declaration(self) -> Declaration:
        """The preset of the source."""
        return preset(self.source)

    @property
    def told_in(self) -> Activity:
        """The activity the fact is about. Raises KeyError."""
        return self.declaration.activity(self.activity)


@cache
def preset(name: str) -> Declaration:
    """Return a preset by name."""
    return load(name)


@cache
def facts() -> tuple[Fact, ...]:
    """Return every row of the table."""
    head, *rows = FILE.read_text("utf-8").splitlines()
    assert head.split("\t") == ["source", "activity", "kind", "value"]
    yaml = YAML(typ="safe", pure=True)
    return tuple(
        Fact(line, source, activity, kind, yaml.load(value))
        for line, (source, activity, kind, value) in enumerate((row.split("\t") for row in rows), start=2)
    )


def in_model(fact: Fact) -> list[str]:
    """Return the ids of the rules, or the names, that say the fact in the model. Raises if nothing does."""
    found = list(_FINDERS[fact.kind](fact)) if fact.activity != ORGANISATION else _organisation(fact)
    assert found, f"nothing in the preset says {fact.value}"
    return found


def _held(fact: Fact) -> Iterator[str]:
    if fact.value in fact.told_in.names:
        yield f"{fact.activity}/data"


def _why(fact: Fact) -> Iterator[str]:
    """The purposes whose title holds all the words."""
    for purpose in fact.told_in.purposes:
        if all(word.lower() in purpose.title.nb.lower() for word in fact.value):
            yield f"{fact.activity}/purpose/{purpose.name}"


def _source(fact: Fact) -> Iterator[str]:
    if fact.value in fact.told_in.sources:
        yield fact.value


def _sees(fact: Fact) -> list[str]:
    """The duties of the office: at that kind of unit, with at least that data, for just those purposes."""
    activity, value = fact.told_in, fact.value
    assert value["at"] in fact.declaration.office(value["office"]).at
    duties = [duty for duty in activity.duties if duty.office == value["office"]]
    seen = {name for duty in duties for name in activity.subset(duty.data)}
    wanted = set(value.get("data", ()))
    assert wanted <= seen
    if value.get("exactly"):
        assert seen == wanted
    if not wanted:
        assert duties
    if purposes := value.get("purposes"):
        assert {name for duty in duties for name in duty.purposes or ()} == set(purposes)
    return [duty.id for duty in duties if _shares(activity, duty, wanted)]


def _shares(activity: Activity, duty: Duty, wanted: set[str]) -> bool:
    return not wanted or bool(wanted & set(activity.subset(duty.data)))


def _gets(fact: Fact) -> Iterator[str]:
    activity, value = fact.told_in, fact.value
    for disclosure in activity.recipients:
        enough = set(value.get("data", ())) <= set(activity.subset(disclosure.data))
        if (disclosure.to, disclosure.when) == (value["to"], value["when"]) and enough:
            yield disclosure.id


def _how_long(fact: Fact) -> Iterator[str]:
    activity, value = fact.told_in, fact.value
    if outside := value.get("outside"):
        kept = [k for k in activity.kept_in if outside in k.outside.nb and str(k.review) == value["review"]]
        yield from (k.outside.nb for k in kept)
        return
    for keep in activity.keep:
        if _says(keep, value) and set(value.get("data", ())) <= set(activity.subset(keep.data)):
            yield keep.id


def _says(keep: Keep, value: Mapping[str, Any]) -> bool:
    """Whether a keep rule has what is asked for; `open` asks for a rule that nothing but a review ends."""
    if value.get("open") and (keep.period is not None or keep.review is None):
        return False
    asked = {
        "what": keep.what,
        "for": str(keep.period),
        "after": keep.after,
        "then": keep.then,
        "when": keep.when,
        "review": str(keep.review),
        "at_request": keep.at_request,
        "year_end": keep.count_from == "year_end",
    }
    return all(asked[key] == said for key, said in value.items() if key in asked)


def _other(fact: Fact) -> Iterator[str]:
    key = next(key for key in _OTHERS if key in fact.value)
    return _OTHERS[key](fact.told_in, fact.value)


def _note(activity: Activity, value: Mapping[str, Any]) -> Iterator[str]:
    if activity.notes and value["note"] in activity.notes.nb:
        yield value["note"]


def _of_purpose(activity: Activity, value: Mapping[str, Any]) -> Iterator[str]:
    """One purpose's basis, or what it is for one category of subjects."""
    purpose = activity.purpose(value["purpose"])
    basis = purpose.basis_for(value["subject"]) if "subject" in value else purpose.basis
    if value["basis"] in basis:
        yield f"{activity.name}/purpose/{purpose.name}"


def _basis(activity: Activity, value: Mapping[str, Any]) -> Iterator[str]:
    purposes = [each for each in activity.purposes if value["basis"] in each.basis]
    yield from (f"{activity.name}/purpose/{each.name}" for each in purposes)


def _condition(activity: Activity, value: Mapping[str, Any]) -> Iterator[str]:
    uses = [use for use in activity.data if use.datum == value["of"]]
    if [use.only_when for use in uses] == [value["condition"]]:
        yield f"{activity.name}/data"


def _only_sees(activity: Activity, value: Mapping[str, Any]) -> Iterator[str]:
    if {duty.office for duty in activity.duties} == set(value["only_sees"]):
        yield from (duty.id for duty in activity.duties)


def _controllers(activity: Activity, value: Mapping[str, Any]) -> Iterator[str]:
    if activity.controllers == tuple(value["controllers"]):
        yield from activity.controllers


def _subject(activity: Activity, value: Mapping[str, Any]) -> Iterator[str]:
    if value["subject"] in activity.subjects:
        yield f"{activity.name}/data"


def _organisation(fact: Fact) -> list[str]:
    """What stands `at` a place: equal to `is`, or a text that `has` the words. A bare `says` is the program's
    own.
    """
    value = fact.value
    if "at" in value:
        found: Any = fact.declaration
        for key in value["at"].split("."):
            found = _step(found, key)
        if "is" in value:
            assert (found if isinstance(found, bool) else str(found)) == value["is"]
        else:
            assert value["has"] in (found.nb if isinstance(found, Text) else str(found))
    return [str(value.get("at") or value["says"])]


def _step(found: Any, key: str) -> Any:
    if isinstance(found, tuple):
        return next(each for each in found if key in {getattr(each, "name", ""), getattr(each, "place", "")})
    if isinstance(found, Declaration) and key == "controllers":
        return found.organisation.controllers
    step = getattr(found, key)
    return step if key != "text" else step.nb


_FINDERS = {
    "held": _held,
    "why": _why,
    "source": _source,
    "sees": _sees,
    "gets": _gets,
    "how_long": _how_long,
    "other": _other,
}
_OTHERS = {
    "note": _note,
    "purpose": _of_purpose,
    "basis": _basis,
    "condition": _condition,
    "only_sees": _only_sees,
    "controllers": _controllers,
    "subject": _subject,
}
