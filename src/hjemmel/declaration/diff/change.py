"""A change, and the words for it in three languages."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from hjemmel.declaration.model import LANGUAGES, Activity, Declaration, Text
from hjemmel.declaration.render.language import Language, capital
from hjemmel.declaration.tongues import tongue
from hjemmel.declaration.vocabulary import vocabulary

# Wider is to people's disadvantage: more data, more uses, more eyes, more hands, longer, less protection.
DIRECTIONS = ("wider", "narrower", "other")
KINDS = (
    *("begun", "ended", "planned", "subject", "purpose", "datum", "basis", "source", "recipient", "access"),
    *("time", "outside", "logged", "measure", "assessment", "reason", "controller", "office", "unit"),
    *("contact", "rights", "cookie", "language", "special", "wording", "order"),
)
Fill = Callable[[Language], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `activity` is the name of the one it lies in, or None for the organisation as a whole.

    `old` and `new` are the ids of the rules it concerns, in the version each belongs to; `data` the data it
    is about and `office` whose sight it is, where it is about those. `words` is one or two sentences.
    """

    activity: str | None
    kind: str
    direction: str
    words: Text
    subjects: tuple[str, ...] = ()
    old: str | None = None
    new: str | None = None
    data: tuple[str, ...] = ()
    office: str | None = None


def nothing(words: Language) -> Mapping[str, str]:
    """Fill no hole."""
    del words
    return {}


def said(path: str, fill: Fill = nothing) -> Text:
    """Return the sentence at a path of texts/diff.*.yaml in each language, its holes filled by `fill`."""
    return Text(*(capital(_say(tongue("diff", code), path, fill)) for code in LANGUAGES))


def _say(words: Language, path: str, fill: Fill) -> str:
    return words.say(f"diff.{path}", **fill(words))


@dataclass(frozen=True, slots=True)
class Both:
    """The same activity before and after."""

    before: Declaration
    after: Declaration
    old: Activity
    new: Activity

    @property
    def name(self) -> str:
        """The activity's name."""
        return self.new.name

    @property
    def common(self) -> frozenset[str]:
        """The data held before and after: others are told once, where they come or go."""
        return frozenset(self.old.names) & frozenset(self.new.names)

    @property
    def whole(self) -> tuple[str, ...]:
        """The data of the activity after, and those it held before."""
        return tuple(dict.fromkeys((*self.new.names, *self.old.names)))

    def change(
        self, kind: str, direction: str, path: str, fill: Fill = nothing, *, lead: str = "subjects"
    ) -> Change:
        """Return a change of this activity, led by whom it is about or (`lead`) by the activity's title."""

        def values(words: Language) -> Mapping[str, str]:
            return {"lead": self._lead(words, lead), **fill(words)}

        planned = self.old.planned and self.new.planned
        return Change(
            activity=self.name,
            kind=kind,
            direction="other" if planned else direction,
            words=said(path, values),
            subjects=tuple(dict.fromkeys((*self.new.subjects, *self.old.subjects))),
        )

    def _lead(self, words: Language, lead: str) -> str:
        title = words.of(self.new.title)
        whom = title if lead == "title" else capital(subjects(words, self.new.subjects))
        if self.old.planned and self.new.planned:
            return words.say("diff.lead_planned", lead=whom)
        return words.say("diff.lead", lead=whom)


def ruled(change: Change, old: str | None, new: str | None, data: Iterable[str] = ()) -> Change:
    """Return the change with the ids of the rules it comes from, and the data it is about."""
    return replace(change, old=old, new=new, data=tuple(data))


def subjects(words: Language, names: Iterable[str]) -> str:
    """Return categories of people in the plural."""
    return words.all_of([words.of(vocabulary().subjects[name].many) for name in names])
