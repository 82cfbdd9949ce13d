"""What is done with data: a processing activity and its rules."""

from dataclasses import dataclass
from datetime import date

from hjemmel.declaration.model.named import named
from hjemmel.declaration.model.words import Text
from hjemmel.declaration.period import Period


@dataclass(frozen=True, slots=True)
class Basis:
    """A legal basis: an article (`6.1.b`), the statute where it needs one, and the data it is `for_`.

    An empty `for_` is all data of the activity. `interest` completes "our interest in ..." for 6.1.f.
    """

    article: str
    statute: str | None = None
    for_: frozenset[str] = frozenset()
    interest: Text | None = None


@dataclass(frozen=True, slots=True)
class SubjectBasis:
    """The articles a purpose rests on for one category of subjects, where that is not those of all."""

    subject: str
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why data are used. `title` completes "in order to ..."; `basis` are articles of the activity's bases.

    `channels` are those a consent is given for, where the purpose rests on consent. `by_subject` gives some
    categories of subjects a basis of their own among those.
    """

    name: str
    title: Text
    basis: tuple[str, ...]
    data: frozenset[str] | None = None
    channels: tuple[str, ...] = ()
    by_subject: tuple[SubjectBasis, ...] = ()

    def basis_for(self, subject: str) -> tuple[str, ...]:
        """Return the articles the purpose rests on for a category of subjects."""
        return next((each.basis for each in self.by_subject if each.subject == subject), self.basis)


@dataclass(frozen=True, slots=True)
class DataUse:
    """A datum an activity holds, and the condition under which alone it does."""

    datum: str
    only_when: str | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """What holders of an office may do in an activity, at their unit and (`reach` below) all under it.

    `shielded` and `restricted` in `may` reach persons with a secret address and persons whose processing is
    restricted (GDPR art. 18), whom other duties do not see.
    """

    id: str
    office: str
    activity: str
    may: frozenset[str]
    sees: str = "current"
    data: frozenset[str] | None = None
    purposes: frozenset[str] | None = None
    reach: str = "below"


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Data that leave an activity: to whom, which, on what occasion, on which basis."""

    id: str
    to: str
    data: frozenset[str] | None
    when: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Keep:
    """How long what a `record` brings with it is held.

    Held through the day before `period` after the event `after` (counted from the day itself or from the
    end of its year), then deleted, anonymised or moved to the activity behind `archive:`. Without a period
    it is held until somebody reviews it, at least every `review`; `after` then only says when use ends.
    `at_request` is what happens earlier when the person asks.
    """

    id: str
    what: str
    then: str
    data: frozenset[str] | None = None
    period: Period | None = None
    after: str | None = None
    count_from: str = "date"
    when: str | None = None
    review: Period | None = None
    because: Text | None = None
    at_request: str | None = None


@dataclass(frozen=True, slots=True)
class KeptIn:
    """Data of an activity that lie outside the register: where, and how often somebody goes through them."""

    outside: Text
    review: Period


@dataclass(frozen=True, slots=True)
class Assessment:
    """An assessment of an activity: of impact (GDPR art. 35), of balance (6.1.f) or of risk (art. 32). One
    without a title goes by its kind.
    """

    kind: str
    title: Text | None
    done: date
    review: Period


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a warning or advice is not followed in an activity: its code, who decided when, and why."""

    finding: str
    by: str
    on: date
    because: Text


@dataclass(frozen=True, slots=True)
class Activity:
    """One processing activity (GDPR art. 30). A `planned` one is not enforced and not in the statement.

    `measures` names the security measures that protect it; none named is all the organisation has.
    """

    name: str
    title: Text
    controllers: tuple[str, ...]
    subjects: tuple[str, ...]
    purposes: tuple[Purpose, ...]
    data: tuple[DataUse, ...]
    basis: tuple[Basis, ...]
    sources: tuple[str, ...] = ()
    recipients: tuple[Disclosure, ...] = ()
    duties: tuple[Duty, ...] = ()
    keep: tuple[Keep, ...] = ()
    kept_in: tuple[KeptIn, ...] = ()
    logged: tuple[str, ...] = ()
    notes: Text | None = None
    planned: bool = False
    assessments: tuple[Assessment, ...] = ()
    measures: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the activity's data, in declared order."""
        return tuple(use.datum for use in self.data)

    def subset(self, data: frozenset[str] | None) -> tuple[str, ...]:
        """Return the data a rule speaks of, in declared order: all of them when the rule names none."""
        return self.names if data is None else tuple(name for name in self.names if name in data)

    def purpose(self, name: str) -> Purpose:
        """Return the purpose of that name. Raises KeyError."""
        return named(self.purposes, name)
