"""Keep rules in the statement's own words, each with the place in the statement that says so."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _

from hjemmel.declaration import Declaration
from hjemmel.declaration.render import keep_sentence
from hjemmel.faces.look.language import code, said
from hjemmel.kernel.grounds.queries import in_force, of_version
from hjemmel.kernel.statement.queries import applied

NO_RULE, AT_REQUEST = "none", "request"
HAPPENS = ("record", "datum", "row", "reference", "person", "subject")


@dataclass(frozen=True)
class Rule:
    """A keep rule as a page tells it: the activity, the sentence, and where the statement says it."""

    id: str
    title: str
    sentence: str
    url: str = ""


@dataclass(frozen=True)
class Line:
    """What happened, and a number for each column."""

    what: str
    numbers: Sequence[int]


@dataclass(frozen=True)
class Group:
    """A rule with its lines, and where more is told of it."""

    rule: Rule
    lines: Sequence[Line]
    url: str = ""


class Rules:
    """The rules of one version of the declaration: the one in force, or one that was."""

    def __init__(self, version: int | None = None) -> None:
        self.number = int(applied()[1])
        self.version = version or self.number
        past = self.version != self.number
        self.declaration: Declaration | None = of_version(self.version) if past else in_force()

    @cached_property
    def titles(self) -> dict[str, str]:
        """What each activity is called."""
        return {a.name: said(a.title) for a in self.declaration.activities} if self.declaration else {}

    @cached_property
    def kept(self) -> frozenset[str]:
        """The keep rules there are."""
        activities = self.declaration.active if self.declaration else ()
        return frozenset(keep.id for activity in activities for keep in activity.keep)

    def title(self, rule: str) -> str:
        """What the activity of a rule is called."""
        name = rule.partition("/")[0]
        if rule == NO_RULE:
            return _("No rule any more")
        if rule == AT_REQUEST:
            return _("At somebody’s own request")
        return self.titles.get(name, name)

    def rule(self, rule: str) -> Rule:
        """A rule in words."""
        if rule == AT_REQUEST:
            return Rule(
                rule, self.title(rule), _("Somebody asked for it, and the rules allow it earlier then.")
            )
        if rule == NO_RULE:
            return Rule(rule, self.title(rule), _("The rule that held this was taken back."))
        activity = rule.partition("/")[0]
        keeps = (k for a in (self.declaration.active if self.declaration else ()) for k in a.keep)
        keep = next((keep for keep in keeps if keep.id == rule), None)
        if keep is None or self.declaration is None:
            return Rule(rule, self.title(rule), _("A rule that is in force no more."))
        sentence = keep_sentence(self.declaration, keep, code())
        return Rule(rule, self.title(rule), sentence, f"{self._statement()}#{activity}-keeps")

    def groups(
        self, columns: Sequence[Mapping[str, Mapping[str, int]]], urls: Mapping[str, str] | None = None
    ) -> list[Group]:
        """Counts side by side, each rule → what happens → how often: a line for what is in any of them."""
        found = []
        columns = [_requests_together(column) for column in columns]
        for rule in sorted({rule for column in columns for rule in column}):
            kinds = {what for column in columns for what in column.get(rule, {})}
            lines = [
                Line(happens(what), [column.get(rule, {}).get(what, 0) for column in columns])
                for what in sorted(kinds, key=_place)
            ]
            found.append(Group(self.rule(rule), lines, (urls or {}).get(rule, "")))
        return sorted(found, key=lambda group: (group.rule.title, group.rule.id))

    def _statement(self) -> str:
        languages = self.declaration.organisation.languages if self.declaration else ()
        lang = code() if code() in languages else (languages[0] if languages else "nb")
        if self.version == self.number:
            return reverse("statement_in", args=[lang])
        return reverse("edition_in", args=[self.version, lang])


def happens(what: str) -> str:
    """What happened, as the head of a line."""
    return {
        "record": _("Records"),
        "datum": _("Single data"),
        "row": _("Rows of data"),
        "reference": _("References to others"),
        "person": _("Persons"),
        "subject": _("Ids without a person"),
    }.get(what, what)


def _requests_together(counts: Mapping[str, Mapping[str, int]]) -> Mapping[str, Mapping[str, int]]:
    """The same, with what went by several requests under one name: whose it was is no business here."""
    found: dict[str, Counter[str]] = {}
    for rule, of in counts.items():
        name = AT_REQUEST if rule.startswith(f"{AT_REQUEST}:") else rule
        found.setdefault(name, Counter()).update(of)
    return found


def total(counts: Mapping[str, Mapping[str, int]], *kinds: str) -> int:
    """How much of some kinds there is in all."""
    return sum(of.get(kind, 0) for of in counts.values() for kind in kinds)


def _place(what: str) -> tuple[int, str]:
    return (HAPPENS.index(what) if what in HAPPENS else len(HAPPENS), what)
