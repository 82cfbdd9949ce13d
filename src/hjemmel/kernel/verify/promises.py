"""Invariant 9: what the statement says, rule by rule and field by field, against what is enforced: from every
sentence, in each language it is published in, to the rows the database acts by, and back.
"""

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from hjemmel.declaration import Declaration, Period, Rule, rules, statement
from hjemmel.kernel import catalog
from hjemmel.kernel.verify import giving
from hjemmel.kernel.verify.duties import Key, Terms, declared, enforced, places, spell, unshown
from hjemmel.kernel.verify.reading import fetch
from hjemmel.kernel.verify.result import Result, Tally

TOLD = re.compile(r'\bdata-rule="([^"]*)"')
# Kinds of rules that are told and that no part of the program carries out yet. They may only become fewer.
NOT_CARRIED_OUT = {
    "public": "no page shows the public who holds an office yet",
}
PERIOD = "extract(year from {0})::int, extract(month from {0})::int, extract(day from {0})::int"


def verify(declaration: Declaration, digest: str, printed: Mapping[str, str] | None = None) -> Result:
    """The printed statement, the rules drawn from the declaration, and the rows that the database acts by.

    `printed` is the statement by language; without it, it is printed in each it is published in.
    """
    tally = Tally(9, "statement_differs")
    found = {rule.id: rule for rule in rules(declaration)}
    texts = publish(declaration) if printed is None else printed
    for lang, text in texts.items():
        told = set(TOLD.findall(text))
        tally.add_all(f"{rule} is told in {lang} and no rule" for rule in sorted(told - found.keys()))
        tally.add_all(f"{rule} is a rule and not told in {lang}" for rule in sorted(found.keys() - told))
    if digest != declaration.digest:
        tally.add("the declaration in force is not the one that was applied")
    _keep(found, tally)
    _duties(declaration, found, tally)
    _logged(found, tally)
    _responsible(declaration, tally)
    giving.compare(declaration, found, tally)
    tally.add_all(_conditions(found, dict(_clauses(places()))))
    _data(found, tally)
    several = ", ".join(texts)
    waiting = sum(rule.kind in NOT_CARRIED_OUT for rule in found.values())
    return tally.result(
        f"{len(found)} rules told in {several}, {len(found) - waiting} of a kind that is carried out: all"
    )


def publish(declaration: Declaration) -> dict[str, str]:
    """Print the statement in each language the organisation publishes it in."""
    return {lang: statement(declaration, lang) for lang in declaration.organisation.languages}


def _data(found: dict[str, Rule], tally: Tally) -> None:
    """What is told to be held, against the columns there are and the places that masks know it by; and what
    live clauses hold, against what is told.
    """
    names = places()
    stored = catalog.known()["data"] & set(names.values())
    held: dict[str, set[str]] = {}
    for fields in dict(_clauses(names)).values():
        held.setdefault(fields["activity"], set()).update(fields["data"])
    for rule in found.values():
        if rule.kind == "data":
            told = set(_several(rule, "data"))
            for datum in sorted(told - stored):
                tally.add(f"{rule.id}: {datum} is told and nowhere stored")
            for datum in sorted(held.get(str(rule.fields["activity"]), set()) - told):
                tally.add(f"{rule.id}: {datum} is held and not told")


def _keep(found: dict[str, Rule], tally: Tally) -> None:
    """Keep rules against the live clauses."""
    names = places()
    should = {rule.id: _of_rule(rule) for rule in found.values() if rule.kind == "keep"}
    there = dict(_clauses(names))
    for rule in sorted(should.keys() ^ there.keys()):
        tally.add(f"{rule} is {'told and not enforced' if rule in should else 'enforced and not told'}")
    for rule in sorted(should.keys() & there.keys()):
        for name, value in should[rule].items():
            if there[rule][name] != value:
                tally.add(f"{rule} {name} is told otherwise than enforced")


def _of_rule(rule: Rule) -> dict[str, Any]:
    fields: dict[str, Any] = {"at_request": None, **rule.fields}
    for name in ("period", "review"):
        length = None if fields[name] is None else Period.parse(fields[name])
        fields[name] = None if length is None else (length.years * 12 + length.months, length.days)
    return fields | {"data": frozenset(fields["data"])}


def _clauses(names: dict[int, str]) -> Iterator[tuple[str, dict[str, Any]]]:
    rows = fetch(
        'select rule, activity, record, event, count_from, condition, "then", at_request, bits::text,'
        f" {PERIOD.format('period')}, {PERIOD.format('review')}"
        " from public.grounds_clause where status = 'live'"
    )
    for rule, activity, record, event, count_from, condition, then, asked, bits, *times in rows:
        fields = {
            "activity": activity,
            "record": record,
            "data": spell(bits, names),
            "period": _length(*times[:3]),
            "event": event,
            "count_from": count_from,
            "condition": condition,
            "then": then,
            "at_request": asked,
            "review": _length(*times[3:]),
        }
        yield rule, fields


def _length(years: int | None, months: int | None, days: int | None) -> tuple[int, int] | None:
    """A stored interval as months and days: PostgreSQL keeps no difference between P12M and P1Y."""
    return None if days is None else ((years or 0) * 12 + (months or 0), days)


def _duties(declaration: Declaration, found: dict[str, Rule], tally: Tally) -> None:
    """Duties, and the purposes they are for, against the rows that sight is made of."""
    should, there = declared(declaration), enforced()
    tally.add_all(_words_alone(found, should.keys() | there.keys()))
    for key in sorted(should.keys() ^ there.keys()):
        what = "told and not enforced" if key in should else "enforced and not told"
        tally.add(f"{key.duty} through {key.rule} for {key.purpose} is {what}")
    tally.add_all(unshown(declaration))
    for key in sorted(should.keys() & there.keys()):
        for name, told, done in zip(Terms._fields, should[key], there[key], strict=True):  # noqa: SLF001 public
            if told != done:
                tally.add(f"{key.duty} through {key.rule} for {key.purpose}: {name} is told otherwise")


def _words_alone(found: dict[str, Rule], keys: AbstractSet[Key]) -> Iterator[str]:
    """The duties and purposes that meet nothing: no row of sight is made of them, and none should be."""
    rows = {key.duty for key in keys} | {key.purpose.replace("/", "/purpose/", 1) for key in keys}
    for rule in found.values():
        if rule.kind in {"duty", "purpose"} and rule.id not in rows:
            yield f"{rule.id} is told and carried out by nothing"


def _responsible(declaration: Declaration, tally: Tally) -> None:
    """The offices that are told to be responsible, against those that may change the declaration."""
    organisation = declaration.organisation
    should = {organisation.answers, organisation.daily, organisation.requests}
    there = {row[0] for row in fetch("select office from public.access_responsible")}
    tally.add_all(f"{office} is told to be responsible and is not" for office in sorted(should - there))
    tally.add_all(f"{office} is responsible and not told to be" for office in sorted(there - should))


def _logged(found: dict[str, Rule], tally: Tally) -> None:
    """What the statement says is logged, against what is."""
    should = {datum for rule in found.values() if rule.kind == "logged" for datum in _several(rule, "data")}
    there = {row[0] for row in fetch("select datum from public.audit_logged")}
    tally.add_all(f"{datum} is told to be logged and is not" for datum in sorted(should - there))
    tally.add_all(f"{datum} is logged and not told" for datum in sorted(there - should))


def _conditions(found: dict[str, Rule], there: dict[str, dict[str, Any]]) -> Iterator[str]:
    """A datum that is held on a condition only, and a clause that holds it without asking: every clause that
    holds it has to be on that condition itself.
    """
    for rule in found.values():
        for told in _several(rule, "only_when") if rule.kind == "data" else ():
            datum, _, condition = told.partition(": ")
            for clause, fields in sorted(there.items()):
                regardless = (
                    fields["activity"] == rule.fields["activity"] and fields["condition"] != condition
                )
                if regardless and datum in fields["data"]:
                    yield f"{datum} is told to be held on {condition}, and {clause} holds it without"


def _several(rule: Rule, name: str) -> tuple[str, ...]:
    value = rule.fields[name]
    return value if isinstance(value, tuple) else ()
