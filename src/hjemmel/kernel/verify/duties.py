"""The duties that the declaration gives, and those that the database acts by, in the same terms."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from hjemmel.declaration import Activity, Declaration, Duty, Keep
from hjemmel.kernel import catalog
from hjemmel.kernel.verify.reading import fetch
from hjemmel.kernel.verify.result import Tally
from hjemmel.kernel.verify.sight import Reading, Tenure, allowed

BATCH = 2_000


class Key(NamedTuple):
    """One duty, through one keep rule, for one purpose."""

    office: str
    duty: str
    rule: str
    purpose: str


class Terms(NamedTuple):
    """What the duty lets its holder do there."""

    record: str
    data: frozenset[str]
    change: frozenset[str]
    below: bool
    ended: bool
    export: bool
    shielded: bool
    restricted: bool


FIELDS = "below, {row}sees_ended, {row}may_export, {row}may_shielded, {row}may_restricted, {row}purposes"


def declared(declaration: Declaration) -> dict[Key, Terms]:
    """Every duty, keep rule and purpose that meet in some datum."""
    found: dict[Key, Terms] = {}
    for activity in declaration.active:
        for duty in activity.duties:
            found |= dict(_terms(activity, duty))
    return found


def _terms(activity: Activity, duty: Duty) -> Iterator[tuple[Key, Terms]]:
    for purpose in (f"{activity.name}/{p.name}" for p in activity.purposes):
        data = allowed(activity, duty, frozenset({purpose}))
        for keep in activity.keep:
            if both := data & frozenset(activity.subset(keep.data)):
                terms = Terms(
                    record=keep.what,
                    data=both,
                    change=both if "change" in duty.may else frozenset(),
                    below=duty.reach == "below",
                    ended=duty.sees == "ended",
                    export="export" in duty.may,
                    shielded="shielded" in duty.may,
                    restricted="restricted" in duty.may,
                )
                yield Key(duty.office, duty.id, keep.id, purpose), terms


def enforced() -> dict[Key, Terms]:
    """The rules of duty as they stand in the database."""
    names = places()
    rows = fetch(
        "select o.office, o.rule, c.rule, c.record, o.bits::text, o.change_bits::text, o."
        + FIELDS.format(row="o.")
        + " from public.access_officeduty o join public.grounds_clause c on c.id = o.clause_id"
        " and c.status = 'live'"
    )
    return {
        Key(office, duty, rule, purpose): _stored(record, bits, change, rest, names)
        for office, duty, rule, record, bits, change, *rest, purposes in rows
        for purpose in purposes
    }


def _stored(record: str, bits: str, change: str, rest: Iterable[bool], names: Mapping[int, str]) -> Terms:
    return Terms(record, spell(bits, names), spell(change, names), *rest)


def unshown(declaration: Declaration) -> list[str]:
    """The duties that the masks leave out as implied, and that no other that they heed shows all of.

    The second reading: purpose by purpose, and over the two relations that there can be, one that lasts and
    one that has ended.
    """
    left_out = set(
        fetch(
            "select o.office, o.rule, c.rule, unnest(o.purposes) from public.access_officeduty o"
            " join public.grounds_clause c on c.id = o.clause_id and c.status = 'live' where o.implied"
        )
    )
    should = declared(declaration)
    keeps = {keep.id: (activity.name, keep) for activity in declaration.active for keep in activity.keep}
    heeded = [(key, terms) for key, terms in should.items() if tuple(key) not in left_out]
    return [
        f"{key.duty} through {key.rule} for {key.purpose} is left out, and nothing shows all of it"
        for key, less in should.items()
        if tuple(key) in left_out
        and not any(
            (other.office, other.purpose) == (key.office, key.purpose)
            and _shows(more, less)
            and _stands(keeps[other.rule], keeps[key.rule], ended=less.ended)
            for other, more in heeded
        )
    ]


def _shows(more: Terms, less: Terms) -> bool:
    """Whether one duty shows all data of all people that the other does."""
    wider = (
        more.below >= less.below,
        more.ended >= less.ended,
        more.shielded >= less.shielded,
        more.restricted >= less.restricted,
    )
    return more.record == less.record and more.data >= less.data and all(wider)


def _stands(more: tuple[str, Keep], less: tuple[str, Keep], *, ended: bool) -> bool:
    """Whether a record is held by the one keep rule as long as the other is looked through: while the
    relation lasts, or after it too.
    """
    (activity, long), (other, short) = more, less
    if activity != other or (long.when is not None and long.when != short.when):
        return False
    if long.id == short.id or long.period is None:
        return True
    events = {table.record: table.ended for table in catalog.records()}
    return not ended and long.after == events[long.what]


def places() -> dict[int, str]:
    """Which datum each place of a bit set means."""
    return dict(fetch("select position, name from public.catalog_datum"))


def spell(bits: str, names: Mapping[int, str]) -> frozenset[str]:
    """The data of a bit set, written as 0 and 1. A place without a name stays visible as its number."""
    return frozenset(names.get(place, f"place {place}") for place, bit in enumerate(bits) if bit == "1")


def verify(declaration: Declaration, reading: Reading, tenures: list[Tenure], tally: Tally) -> int:
    """Count the duties that somebody has without a tenure and a declared duty that give it, and those that a
    tenure gives and nobody has. Returns how many there are.
    """
    given: dict[str, list[tuple[Key, Terms]]] = {}
    for key, terms in declared(declaration).items():
        given.setdefault(key.office, []).append((key, terms))
    names, count = places(), 0
    tally.add_all(
        f"tenure {tenure}: {rule} is left out, or heeded, other than the rule says"
        for tenure, rule in fetch(
            "select d.tenure_id, o.rule from public.access_duty d"
            " join public.access_officeduty o on o.id = d.duty_id where d.implied <> o.implied"
        )
    )
    for start in range(0, len(tenures), BATCH):
        batch = tenures[start : start + BATCH]
        should = {
            (tenure.id, key): (_of(tenure), terms)
            for tenure in batch
            if reading.held_there(tenure)
            for key, terms in given.get(tenure.office, ())
        }
        there = _there([tenure.id for tenure in batch], names)
        count += len(should)
        for tenure, key in should.keys() ^ there.keys():
            what = "is had and not given" if (tenure, key) in there else "is given and not had"
            tally.add(f"tenure {tenure}: {key.duty} through {key.rule} for {key.purpose} {what}")
        for tenure, key in should.keys() & there.keys():
            if should[tenure, key] != there[tenure, key]:
                tally.add(f"tenure {tenure}: {key.duty} through {key.rule} for {key.purpose} differs")
    return count


def _of(tenure: Tenure) -> tuple[Any, ...]:
    return tenure.subject_id, tenure.unit_id, tenure.starts_on, tenure.ends_on


def _there(ids: list[int], names: Mapping[int, str]) -> dict[tuple[int, Key], tuple[Any, Terms]]:
    rows = fetch(
        "select d.tenure_id, d.actor_id, d.unit_id, d.starts_on, d.ends_on, o.office, o.rule, c.rule,"
        " d.record, d.bits::text, d.change_bits::text, d."
        + FIELDS.format(row="d.")
        + " from public.access_duty d join public.access_officeduty o on o.id = d.duty_id"
        " join public.grounds_clause c on c.id = d.clause_id where d.tenure_id = any(%s)",
        [ids],
    )
    return {
        (tenure, Key(office, duty, rule, purpose)): (
            (actor, unit, starts, ends),
            _stored(record, bits, change, rest, names),
        )
        for tenure, actor, unit, starts, ends, office, duty, rule, record, bits, change, *rest, purposes in (
            rows
        )
        for purpose in purposes
    }
