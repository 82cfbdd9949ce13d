"""What the statement says of giving data away, against the rows that the database gives by; and what was
given, against the declaration that was in force then and the lines of the log (invariant 7).
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any, NamedTuple

from hjemmel.declaration import Declaration, Period, Recipient, Rule, recall
from hjemmel.kernel import catalog
from hjemmel.kernel.verify.duties import places, spell
from hjemmel.kernel.verify.reading import fetch
from hjemmel.kernel.verify.result import Result, Tally

CONSENT = {"6.1.a", "9.2.a"}
LENGTH = "(extract(year from {0}) * 12 + extract(month from {0}))::int, extract(day from {0})::int"
Length = tuple[int, int] | None


class Terms(NamedTuple):
    """What goes to whom through one keep rule, when, and on what it rests."""

    activity: str
    recipient: str
    occasion: str
    basis: tuple[str, ...]
    statutes: tuple[str, ...]
    data: frozenset[str]
    consent: bool


class Party(NamedTuple):
    """What lets a recipient have data."""

    kind: str
    statute: str | None
    agreed_on: date | None
    review: Length
    audited_on: date | None
    audit: Length
    delete_within: Length


def compare(declaration: Declaration, found: Mapping[str, Rule], tally: Tally) -> None:
    """Both ways: from every recipient told of to the rows, and from every row back."""
    should = dict(_declared(declaration))
    there = _enforced()
    for key in sorted(should.keys() ^ there.keys()):
        what = "told and not carried out" if key in should else "carried out and not told"
        tally.add(f"{key[0]} through {key[1]} is {what}")
    for key in sorted(should.keys() & there.keys()):
        for name, told, done in zip(Terms._fields, should[key], there[key], strict=True):  # noqa: SLF001 public
            if told != done:
                tally.add(f"{key[0]} through {key[1]}: {name} is told otherwise")
    ways = {each.datum for each in catalog.handings()}
    carried = {rule for rule, _keep in should}
    for rule in (rule for rule in found.values() if rule.kind == "recipient"):
        told_of = rule.fields["data"]
        missing = sorted(set(told_of if isinstance(told_of, tuple) else ()) - ways)
        tally.add_all(f"{rule.id}: {datum} is told and has no way out" for datum in missing)
        if rule.id not in carried:
            tally.add(f"{rule.id} is told and carried out by nothing")
    parties = _parties()
    told_parties = {each.name: _party(each) for each in declaration.recipients}
    for name in sorted(told_parties.keys() | parties.keys()):
        if told_parties.get(name) != parties.get(name):
            tally.add(f"recipient {name} is told otherwise than the database acts by")


def verify() -> Result:
    """Invariant 7: every time that data were given rests on what was declared and agreed at the moment, and
    has a line of the log for each person.
    """
    tally = Tally(7, "given_without_basis")
    versions = fetch("select applied_at, files::text from public.grounds_version order by applied_at desc")
    known: dict[datetime, Declaration | None] = {}
    signed = _signed()
    rows = fetch(
        "select d.id, d.at, d.day, d.rule, d.activity, d.recipient, d.basis, d.data, d.persons,"
        " (select count(*) from public.audit_entry e where e.kind = 'disclosed' and e.record_id = d.id),"
        " (select count(distinct e.subject_id) from public.audit_entry e"
        "   where e.kind = 'disclosed' and e.record_id = d.id)"
        " from public.disclosure_disclosure d order by d.id"
    )
    for number, at, day, rule, activity, recipient, basis, data, persons, lines, subjects in rows:
        told = partial("disclosure {}: {}".format, number)
        if (persons, persons) != (lines, subjects):
            tally.add(told("the lines of the log are not as many as the persons"))
        since, files = next(((v, f) for v, f in versions if v <= at), (None, None))
        if since is None or files is None:
            tally.add(told("no declaration was in force"))
            continue
        if since not in known:
            known[since] = recall(json.loads(files))
        if (declaration := known[since]) is None:
            continue  # in an older language of declarations
        tally.add_all(
            told(fault)
            for fault in _faults(declaration, (rule, activity, recipient, tuple(basis), frozenset(data)))
        )
        tally.add_all(told(fault) for fault in _not_agreed(declaration, recipient, day, signed))
    loose = fetch(
        "select e.id from public.audit_entry e where e.kind = 'disclosed' and not exists ("
        "select from public.disclosure_disclosure d where d.id = e.record_id)"
    )
    tally.add_all(f"audit_entry {entry}: no such disclosure" for (entry,) in loose)
    return tally.result(f"{len(rows)} disclosures and their lines of the log: all")


def _declared(declaration: Declaration) -> Iterator[tuple[tuple[str, str], Terms]]:
    for activity in declaration.active:
        for each in activity.recipients:
            basis = (each.basis,)
            for keep in activity.keep:
                data = frozenset(activity.subset(each.data)) & frozenset(activity.subset(keep.data))
                if data:
                    articles = tuple(one.article for one in basis)
                    statutes = tuple(one.statute for one in basis if one.statute)
                    consent = not CONSENT.isdisjoint(articles)
                    terms = Terms(activity.name, each.to, each.when, articles, statutes, data, consent)
                    yield (each.id, keep.id), terms


def _enforced() -> dict[tuple[str, str], Terms]:
    names = places()
    rows = fetch(
        "select h.rule, c.rule, h.activity, h.recipient_id, h.occasion, h.basis, h.statutes, h.bits::text,"
        " h.consent from public.disclosure_channel h"
        " join public.grounds_clause c on c.id = h.clause_id and c.status = 'live'"
    )
    return {
        (rule, keep): Terms(
            activity, to, occasion, tuple(basis), tuple(statutes), spell(bits, names), consent
        )
        for rule, keep, activity, to, occasion, basis, statutes, bits, consent in rows
    }


def _party(recipient: Recipient) -> Party:
    agreement = recipient.agreement
    return Party(
        recipient.kind,
        recipient.statute,
        agreement.since if agreement else None,
        _length(agreement.review if agreement else None),
        recipient.audited,
        _length(recipient.audit),
        _length(recipient.delete_within),
    )


def _parties() -> dict[str, Party]:
    columns = ", ".join(LENGTH.format(name) for name in ("review", "audit", "delete_within"))
    rows = fetch(f"select name, kind, statute, agreed_on, audited_on, {columns} from public.disclosure_party")
    return {
        name: Party(kind, statute, agreed, _stored(r), audited, _stored(a), _stored(d))
        for name, kind, statute, agreed, audited, r, a, d in map(_in_pairs, rows)
    }


def _in_pairs(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return (*row[:5], row[5:7], row[7:9], row[9:11])


def _stored(pair: tuple[int | None, int | None]) -> Length:
    months, days = pair
    return None if months is None or days is None else (months, days)


def _length(period: Period | None) -> Length:
    return None if period is None else (period.years * 12 + period.months, period.days)


def _faults(
    declaration: Declaration, given: tuple[str, str, str, tuple[str, ...], frozenset[str]]
) -> Iterator[str]:
    """What of a disclosure the declaration of its time did not say."""
    rule, name, recipient, basis, data = given
    ways = [terms for (way, _keep), terms in _declared(declaration) if way == rule]
    if not ways:
        yield f"{rule} was not declared"
        return
    if any((each.activity, each.recipient) != (name, recipient) for each in ways):
        yield f"{rule} was for another"
    if any(each.basis != basis for each in ways):
        yield f"{rule} rested on another basis"
    if beyond := sorted(data - frozenset().union(*(each.data for each in ways))):
        yield f"{rule} did not give {', '.join(beyond)}"


def _not_agreed(
    declaration: Declaration, recipient: str, day: date, signed: Mapping[str, list[date]]
) -> Iterator[str]:
    """What of agreement and audit was not in order on the day."""
    party = next((each for each in declaration.recipients if each.name == recipient), None)
    if party is None:
        return
    if party.agreement is not None:
        begun = party.agreement.since
        if begun > day:
            yield "the agreement had not begun"
        if not _kept(begun, party.agreement.review, day, signed.get(f"recipient/{recipient}/agreement", [])):
            yield "the agreement was not looked over in time"
    elif party.statute is None:
        yield "neither an agreement nor a statute"
    last = party.audited or (party.agreement.since if party.agreement else None)
    audits = signed.get(f"recipient/{recipient}/audit", [])
    if party.audit is not None and last is not None and not _kept(last, party.audit, day, audits):
        yield "the audit was not done in time"


def _kept(last: date, often: Period, day: date, signed: list[date]) -> bool:
    """Whether what is looked over was so within its time on the day."""
    return often.add_to(max([last, *(each for each in signed if each <= day)])) > day


def _signed() -> dict[str, list[date]]:
    found: dict[str, list[date]] = {}
    for task, day in fetch('select task, "on" from public.retention_signoff'):
        found.setdefault(task, []).append(day)
    return found
