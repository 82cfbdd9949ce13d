"""Who declares: the organisation, its controllers, units, offices and recipients."""

from dataclasses import dataclass
from datetime import date

from hjemmel.declaration.model.words import Text
from hjemmel.declaration.period import Period

MONTH = Period(months=1)  # GDPR art. 12 no. 3
BACKUPS, BACKUP_KEYS = Period(days=30), Period(days=7)
SOME_DAY = date(2001, 1, 1)  # to compare periods on


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement on data: what it is called, from which day, reviewed how often."""

    title: Text
    since: date
    review: Period


@dataclass(frozen=True, slots=True)
class Controller:
    """Who is responsible (GDPR art. 4 no. 7). `name` is the key activities use; `number` has nine digits.

    With an `agreement` this is somebody else, for whom the organisation is processor (art. 28); `at_end` says
    whether the data are returned or deleted when the agreement ends.
    """

    name: str
    title: str
    number: str
    address: str
    agreement: Agreement | None = None
    at_end: str | None = None


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
class Measure:
    """A security measure (GDPR art. 32), and the day it was last tested."""

    name: str
    title: Text
    tested: date


@dataclass(frozen=True, slots=True)
class Cookie:
    """What the organisation's pages store in or read from a browser (ekomloven § 3-15).

    Without `lasts` it goes when the browser is closed. `set_by` is a recipient, where it is not set by the
    organisation; `consent` tells whether it is set only after consent.
    """

    name: str
    title: Text
    does: Text
    kind: str
    lasts: Period | None = None
    set_by: str | None = None
    consent: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The organisation's own words at one of the marked places of the statement (PLACES)."""

    place: str
    text: Text


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who declares. The first controller is the organisation itself.

    `answers` (responsible), `daily` (has the daily charge) and `requests` (receives requests) are offices.
    `reveals` names the special categories (GDPR art. 9) that merely being tied to the organisation discloses.
    `arrangement` is what joint controllers agreed (art. 26); `answer_within` the time a request is answered
    in (art. 12 no. 3); `automatic` what is decided automatically (art. 22), nothing if it is not given;
    `undo` how long what was erased by hand can be taken back, not at all where it is not given;
    `backups` is how long a backup can be read, `backup_keys` how long one of the keys to what is encrypted;
    `children` the figures of law that the statement names under children and young people.
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
    arrangement: Text | None = None
    answer_within: Period = MONTH
    undo: Period | None = None
    backups: Period = BACKUPS
    backup_keys: Period = BACKUP_KEYS
    measures: tuple[Measure, ...] = ()
    cookies: tuple[Cookie, ...] = ()
    automatic: Text | None = None
    children: tuple[str, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()

    @property
    def number(self) -> str:
        """The organisation number, nine digits."""
        return self.controllers[0].number

    @property
    def sealed_backups(self) -> Period:
        """How long what is stored encrypted can be read in a backup: as long as both can, it and its key."""
        return min(self.backups, self.backup_keys, key=lambda period: period.add_to(SOME_DAY))

    def paragraph(self, place: str) -> Text | None:
        """Return the organisation's own words at a place of the statement, if there are any."""
        return next((paragraph.text for paragraph in self.paragraphs if paragraph.place == place), None)


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
class Recipient:
    """Who may get data: a processor, another recipient, or somebody who is controller herself.

    `place` is an ISO 3166 country; outside the EEA `transfer` names the ground (GDPR ch. V). `serves_all`
    is for a processor that every activity runs on, so that no activity needs to list it. A processor is
    audited every `audit`, last on `audited`; `statement` is the address of a controller's own statement;
    `delete_within` how soon after use the recipient deletes.
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
    audit: Period | None = None
    audited: date | None = None
    statement: str | None = None
    delete_within: Period | None = None
