"""The declaration as values: frozen, compared by content, free of files and lines.

What is a set has no order and is a frozenset; what is shown to people in an order is a tuple in that order.
`None` for a subset of data or purposes means all that the activity declares.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from hjemmel.declaration.period import Period

LANGUAGES = ("nb", "nn", "en")
MAY = ("read", "change", "export", "shielded", "restricted")
SEES = ("current", "ended")
REACH = ("below", "unit")
COUNT_FROM = ("date", "year_end")
RECIPIENT_KINDS = ("processor", "recipient", "controller")


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in bokmål, nynorsk and English. An empty language falls back to bokmål."""

    nb: str
    nn: str = ""
    en: str = ""

    def of(self, lang: str) -> str:
        """Return the words in `lang`: nb, nn or en."""
        return {"nn": self.nn, "en": self.en}.get(lang, self.nb) or self.nb


@dataclass(frozen=True, slots=True)
class Controller:
    """Who is responsible (GDPR art. 4 no. 7). `name` is the key activities use; `number` has nine digits."""

    name: str
    title: str
    number: str
    address: str


@dataclass(frozen=True, slots=True)
class Contact:
    """The channels by which people reach the organisation about their data."""

    email: str
    phone: str = ""
    post: str = ""
    web: str = ""


@dataclass(frozen=True, slots=True)
class Mail:
    """What outgoing e-mail is sent as."""

    sender: str
    reply_to: str


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who declares. The first controller is the organisation itself.

    `answers` (responsible), `daily` (has the daily charge) and `requests` (receives requests) are offices.
    `reveals` names the special categories (GDPR art. 9) that merely being tied to the organisation discloses.
    """

    name: str
    title: Text
    about: Text
    controllers: tuple[Controller, ...]
    answers: str
    daily: str
    requests: str
    contact: Contact
    languages: tuple[str, ...]
    mail: Mail
    changed: date
    reveals: tuple[str, ...] = ()

    @property
    def number(self) -> str:
        """The organisation number, nine digits."""
        return self.controllers[0].number


@dataclass(frozen=True, slots=True)
class UnitKind:
    """A kind of unit: its title, how a holder of an office speaks of her own, and what it lies under."""

    name: str
    title: Text
    own: Text
    under: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Office:
    """An office (verv or employment), the kinds of unit it is held at, and whether holders are published."""

    name: str
    title: Text
    at: tuple[str, ...]
    public: bool = False


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement with a recipient: what it is called, from which day, reviewed how often."""

    title: Text
    since: date
    review: Period


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who may get data: a processor, another recipient, or somebody who is controller herself.

    `place` is an ISO 3166 country; outside the EEA `transfer` names the ground (GDPR ch. V). `serves_all`
    is for a processor that every activity runs on, so that no activity needs to list it.
    """

    name: str
    kind: str
    title: Text
    does: Text
    place: str
    agreement: Agreement | None = None
    statute: str | None = None
    transfer: str | None = None
    serves_all: bool = False


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
class Purpose:
    """Why data are used. `title` completes "in order to ..."; `basis` are articles of the activity's bases.

    `channels` are those a consent is given for, where the purpose rests on consent.
    """

    name: str
    title: Text
    basis: tuple[str, ...]
    data: frozenset[str] | None = None
    channels: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True)
class KeptIn:
    """Data of an activity that lie outside the register: where, and how often somebody goes through them."""

    outside: Text
    review: Period


@dataclass(frozen=True, slots=True)
class Activity:
    """One processing activity (GDPR art. 30). A `planned` one is not enforced and not in the statement."""

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

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the activity's data, in declared order."""
        return tuple(use.datum for use in self.data)

    def subset(self, data: frozenset[str] | None) -> tuple[str, ...]:
        """Return the data a rule speaks of, in declared order: all of them when the rule names none."""
        return self.names if data is None else tuple(name for name in self.names if name in data)

    def purpose(self, name: str) -> Purpose:
        """Return the purpose of that name. Raises KeyError."""
        return _named(self.purposes, name)


@dataclass(frozen=True, slots=True)
class Declaration:
    """Everything an organisation declares. `digest` is the SHA-256 (hex) of the content, not of its text."""

    organisation: Organisation
    unit_kinds: tuple[UnitKind, ...]
    offices: tuple[Office, ...]
    recipients: tuple[Recipient, ...]
    activities: tuple[Activity, ...]
    digest: str = ""

    @property
    def active(self) -> tuple[Activity, ...]:
        """The activities that are enforced and published, in the order of the statement."""
        return tuple(activity for activity in self.activities if not activity.planned)

    @property
    def planned(self) -> tuple[Activity, ...]:
        """The activities that are declared, and neither enforced nor published yet."""
        return tuple(activity for activity in self.activities if activity.planned)

    def activity(self, name: str) -> Activity:
        """Return the activity of that name. Raises KeyError."""
        return _named(self.activities, name)

    def office(self, name: str) -> Office:
        """Return the office of that name. Raises KeyError."""
        return _named(self.offices, name)

    def unit_kind(self, name: str) -> UnitKind:
        """Return the kind of unit of that name. Raises KeyError."""
        return _named(self.unit_kinds, name)

    def recipient(self, name: str) -> Recipient:
        """Return the recipient of that name. Raises KeyError."""
        return _named(self.recipients, name)

    def controller(self, name: str) -> Controller:
        """Return the controller of that name. Raises KeyError."""
        return _named(self.organisation.controllers, name)


class _Named(Protocol):
    @property
    def name(self) -> str: ...


_Thing = TypeVar("_Thing", bound=_Named)


def _named(things: Iterable[_Thing], name: str) -> _Thing:
    for thing in things:
        if thing.name == name:
            return thing
    raise KeyError(name)
