"""What the page kinds show: small, frozen objects that a view fills and a template writes.

They hold text and addresses only, no models, so a view decides what leaves the database.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

Kind = Literal["text", "day", "moment", "number", "kroner", "phone", "email", "lines"]
Colour = Literal["neutral", "accent", "brand1", "info", "success", "warning", "danger"]


@dataclass(frozen=True, kw_only=True)
class Link:
    """An address with its text; ``count`` (and whether there are more) and ``current`` are used in rails
    and tabs.
    """

    label: str
    url: str
    count: int | None = None
    over: bool = False
    current: bool = False
    icon: str = ""


@dataclass(frozen=True, kw_only=True)
class RailGroup:
    """A heading in the office's rail with the pages under it."""

    label: str
    links: Sequence[Link]


@dataclass(frozen=True, kw_only=True)
class Chip:
    """What ties a person to us today, or another short state: colour never says it alone."""

    label: str
    colour: Colour = "neutral"


@dataclass(frozen=True, kw_only=True)
class Masked:
    """A value the reader may not see, with the reason said in plain words."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One labelled value. ``None`` is written as a dash; a ``Masked`` value says why."""

    label: str
    value: Any
    kind: Kind = "text"
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class PersonHead:
    """The head of a person's page. ``number`` and ``unit`` may be ``Masked`` or None."""

    name: str | Masked | None
    number: str | Masked | None = None
    unit: Link | Masked | None = None
    chips: Sequence[Chip] = ()
    actions: Sequence[Link] = ()


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of a person's page: facts, or a template of its own with ``context`` as its variables."""

    name: str
    title: str
    facts: Sequence[Fact] = ()
    template: str = ""
    context: dict[str, Any] = field(default_factory=dict)
    action: Link | None = None
    empty: str = ""


@dataclass(frozen=True, kw_only=True)
class GroundLine:
    """One ground as a reader meets it: why, since, until, who sees it and what it holds.

    ``until`` is the day on which the data go; None says that the relation is open. While it is not known,
    ``lasts`` says shortly what it waits for, or ``after`` in a whole sentence; ``rules`` are the sentences of
    the declaration, one a rule.
    """

    activity: str
    reason: str
    since: date | None
    until: date | None = None
    ended: date | None = None
    after: str = ""
    lasts: str = ""
    rules: Sequence[str] = ()
    unit: str = ""
    holds: Sequence[str] = ()
    seen_by: Sequence[str] = ()
    basis: str = ""


@dataclass(frozen=True, kw_only=True)
class Errand:
    """Something on the front page that needs a person: what, how many (``over``: more than were counted),
    by when. Without an address it is done elsewhere.
    """

    label: str
    count: int
    over: bool = False
    url: str = ""
    deadline: date | None = None


@dataclass(frozen=True, kw_only=True)
class Night:
    """What the house did by itself in the night to a day: a lead, how many of what, where more is told."""

    day: date
    lead: str
    facts: Sequence[Fact]
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One of the organisation's numbers, with what it was before when that is worth saying."""

    label: str
    value: int
    note: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A field that both you and someone else changed: both values, raw and as shown."""

    name: str
    label: str
    yours: str
    theirs: str
    yours_shown: str
    theirs_shown: str
