"""What changes in those a declaration names: controllers, recipients, offices, units, cookies, measures."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from hjemmel.declaration.diff.change import Change, Fill
from hjemmel.declaration.diff.keeping import compared, days
from hjemmel.declaration.diff.organisation import change
from hjemmel.declaration.diff.pairing import came, reordered
from hjemmel.declaration.diff.wording import contrast
from hjemmel.declaration.model import (
    Agreement,
    Controller,
    Cookie,
    Declaration,
    Measure,
    Office,
    Recipient,
    Text,
    UnitKind,
)
from hjemmel.declaration.render.language import Language, inside
from hjemmel.declaration.vocabulary import EEA, vocabulary

_Party = TypeVar("_Party", Controller, Recipient, Office, UnitKind, Cookie, Measure)
Differs = Callable[[_Party, _Party], Iterator[Change]]


def party_changes(old: Declaration, new: Declaration, told: Iterable[Change]) -> tuple[Change, ...]:
    """Return the changes in what is named once for all. A recipient that `told` says gets data now, or gets
    none any more, is not told again.
    """
    before, after = old.organisation, new.organisation
    known = _told(old, told, lambda change: change.old), _told(new, told, lambda change: change.new)
    found = [
        *_each(before.controllers, after.controllers, "controller", _controller),
        *_each(before.measures, after.measures, "measure", _measure, more_is="narrower"),
        *_each(before.cookies, after.cookies, "cookie", lambda a, b: _cookie(old, new, a, b)),
        *_each(old.offices, new.offices, "office", lambda a, b: _office(old, new, a, b), more_is="other"),
        *_each(old.unit_kinds, new.unit_kinds, "unit", lambda a, b: _unit(old, new, a, b), more_is="other"),
        *_each(old.recipients, new.recipients, "recipient", _recipient, silent=known),
    ]
    for kind, left, right in (
        ("office", old.offices, new.offices),
        ("unit", old.unit_kinds, new.unit_kinds),
        ("recipient", old.recipients, new.recipients),
    ):
        if reordered([x.name for x in left], [x.name for x in right]):
            found.append(change("order", "other", f"order.{kind}"))
    return tuple(found)


def _told(
    declaration: Declaration, told: Iterable[Change], rule: Callable[[Change], str | None]
) -> frozenset[str]:
    """Return the recipients that come or go with what the activities already say."""
    ids = {rule(each) for each in told if each.kind == "recipient" and None in {each.old, each.new}}
    whole = {each.activity for each in told if each.kind in {"begun", "ended", "planned"} and rule(each)}
    return frozenset(
        given.to
        for activity in declaration.activities
        for given in activity.recipients
        if given.id in ids or activity.name in whole
    )


def _each(
    old: Sequence[_Party],
    new: Sequence[_Party],
    kind: str,
    differs: Differs[_Party],
    *,
    more_is: str = "wider",
    silent: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset()),
) -> Iterator[Change]:
    """Yield who came, who went, and what differs in those who stayed, by name."""
    before: dict[str, _Party] = {each.name: each for each in old}
    after: dict[str, _Party] = {each.name: each for each in new}
    less_is = {"wider": "narrower", "narrower": "wider"}.get(more_is, "other")
    for name in dict.fromkeys((*after, *before)):
        if name not in before:
            if name not in silent[1] or getattr(after[name], "serves_all", False):
                yield change(kind, more_is, f"{kind}.came", _about(after[name]))
        elif name not in after:
            if name not in silent[0] or getattr(before[name], "serves_all", False):
                yield change(kind, less_is, f"{kind}.went", _about(before[name]))
        elif before[name] != after[name]:
            yield from differs(before[name], after[name])


def _about(party: Controller | Recipient | Office | UnitKind | Cookie | Measure) -> Fill:
    """Return what fills a sentence about a party: its title and what it does."""

    def fill(words: Language) -> dict[str, str]:
        does = getattr(party, "does", None)
        return {"title": _title(words, party.title), "does": words.of(does) if does else ""}

    return fill


def _title(words: Language, title: Text | str) -> str:
    return title if isinstance(title, str) else words.of(title)


def _with(party: _Party, **more: Callable[[Language], str]) -> Fill:
    about = _about(party)
    return lambda words: {**about(words), **{name: of(words) for name, of in more.items()}}


def _renamed(old: _Party, new: _Party) -> Iterator[Change]:
    if old.title != new.title:
        yield change("wording", "other", *contrast("party.title", old.title, new.title))


def _does(old: Recipient | Cookie, new: Recipient | Cookie) -> Iterator[Change]:
    if old.does != new.does:
        yield change("wording", "other", *contrast("party.does", old.does, new.does, _about(new)))


def _controller(old: Controller, new: Controller) -> Iterator[Change]:
    yield from _renamed(old, new)
    for name in ("number", "address"):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield change("controller", "other", *contrast(f"controller.{name}", before, after, _about(new)))
    yield from _agreement("controller", old, new)
    if old.at_end != new.at_end:
        path = f"controller.at_end.{new.at_end or 'none'}"
        yield change("controller", "other", path, _about(new))


def _agreement(kind: str, old: Controller | Recipient, new: Controller | Recipient) -> Iterator[Change]:
    if old.agreement == new.agreement:
        return

    def fill(words: Language) -> dict[str, str]:
        return {
            **_about(new)(words),
            "old": _agreed(words, old.agreement),
            "new": _agreed(words, new.agreement),
        }

    path = "added" if old.agreement is None else "removed" if new.agreement is None else "changed"
    yield change(kind, "other", f"party.agreement.{path}", fill)


def _agreed(words: Language, agreement: Agreement | None) -> str:
    if agreement is None:
        return ""
    return words.say(
        "diff.party.agreement.is",
        title=words.of(agreement.title),
        since=words.day(agreement.since),
        often=words.often(agreement.review),
    )


def _measure(old: Measure, new: Measure) -> Iterator[Change]:
    yield from _renamed(old, new)
    if old.tested != new.tested:
        days_of = {"old": lambda words: words.day(old.tested), "new": lambda words: words.day(new.tested)}
        yield change("measure", "other", "measure.tested", _with(new, **days_of))


def _cookie(whole: Declaration, then: Declaration, old: Cookie, new: Cookie) -> Iterator[Change]:
    yield from _renamed(old, new)
    yield from _does(old, new)
    if old.kind != new.kind:
        kinds = {
            "old": lambda words: words.say(f"diff.cookie.kinds.{old.kind}"),
            "new": lambda words: words.say(f"diff.cookie.kinds.{new.kind}"),
        }
        yield change("cookie", "other", "cookie.kind", _with(new, **kinds))
    if old.lasts != new.lasts:
        lasts = {"old": lambda words: _lasts(words, old), "new": lambda words: _lasts(words, new)}
        direction = compared(*(days(each.lasts) if each.lasts else 0 for each in (old, new)))
        yield change("cookie", direction, "cookie.lasts", _with(new, **lasts))
    if old.set_by != new.set_by:

        def by(words: Language, declaration: Declaration, name: str | None) -> str:
            return words.of(declaration.recipient(name).title) if name else words.say("diff.cookie.us")

        setters = {
            "old": lambda words: by(words, whole, old.set_by),
            "new": lambda words: by(words, then, new.set_by),
        }
        yield change("cookie", "other", "cookie.set_by", _with(new, **setters))
    if old.consent != new.consent:
        path, direction = ("asked", "narrower") if new.consent else ("unasked", "wider")
        yield change("cookie", direction, f"cookie.{path}", _about(new))


def _lasts(words: Language, cookie: Cookie) -> str:
    return words.say("how.cookies.session") if cookie.lasts is None else words.period(cookie.lasts)


def _office(whole: Declaration, then: Declaration, old: Office, new: Office) -> Iterator[Change]:
    yield from _renamed(old, new)
    for path, names, those in (
        ("at", came(old.at, new.at), then),
        ("not_at", came(new.at, old.at), whole),
    ):
        if names:

            def fill(
                words: Language, names: tuple[str, ...] = names, those: Declaration = those
            ) -> dict[str, str]:
                kinds = [words.of(those.unit_kind(name).title) for name in names]
                return {"title": words.of(new.title), "kinds": words.all_of(kinds)}

            sees = any(d.office == new.name for a in (*whole.active, *then.active) for d in a.duties)
            direction = ("wider" if path == "at" else "narrower") if sees else "other"
            found = change("access" if sees else "office", direction, f"office.{path}", fill)
            yield replace(found, office=new.name)
    if old.public != new.public:
        path, direction = ("public", "wider") if new.public else ("not_public", "narrower")
        rule = f"office/{new.name}/public"
        found = change("access", direction, f"office.{path}", _holder(new))
        yield replace(found, old=rule if old.public else None, new=rule if new.public else None)
    if reordered(old.at, new.at):
        yield change("order", "other", "office.reordered", _holder(new))


def _holder(office: Office) -> Fill:
    return lambda words: {"title": inside(words.of(office.title))}


def _unit(whole: Declaration, then: Declaration, old: UnitKind, new: UnitKind) -> Iterator[Change]:
    yield from _renamed(old, new)
    if old.own != new.own:
        yield change("wording", "other", *contrast("unit.own", old.own, new.own, _about(new)))
    if old.under != new.under:

        def fill(words: Language) -> dict[str, str]:
            return {
                "title": words.of(new.title),
                "old": _kinds(words, whole, old.under),
                "new": _kinds(words, then, new.under),
            }

        yield change("unit", "other", "unit.under", fill)


def _kinds(words: Language, declaration: Declaration, names: tuple[str, ...]) -> str:
    titles = [inside(words.of(declaration.unit_kind(name).title)) for name in names]
    return words.any_of(titles) or words.say("diff.unit.nothing")


def _recipient(old: Recipient, new: Recipient) -> Iterator[Change]:
    yield from _renamed(old, new)
    yield from _does(old, new)
    yield from _agreement("recipient", old, new)
    if old.kind != new.kind:
        kinds = {
            "old": lambda words: words.say(f"diff.recipient.kinds.{old.kind}"),
            "new": lambda words: words.say(f"diff.recipient.kinds.{new.kind}"),
        }
        yield change("recipient", "other", "recipient.kind", _with(new, **kinds))
    if (old.place, old.transfer) != (new.place, new.transfer):
        places = {"old": lambda words: _place(words, old), "new": lambda words: _place(words, new)}
        direction = compared(old.place not in EEA, new.place not in EEA)
        yield change("recipient", direction, "recipient.place", _with(new, **places))
    if old.serves_all != new.serves_all:
        path, direction = ("serves_all", "wider") if new.serves_all else ("not_all", "narrower")
        yield change("recipient", direction, f"recipient.{path}", _about(new))
    yield from _duties_of(old, new)


def _place(words: Language, recipient: Recipient) -> str:
    country = words.country(recipient.place)
    if not recipient.transfer:
        return country
    return words.say("diff.recipient.transfer", country=country, transfer=recipient.transfer)


def _duties_of(old: Recipient, new: Recipient) -> Iterator[Change]:
    """Yield what differs in statute, audits, own statement, and how soon the recipient deletes."""
    if old.statute != new.statute:
        before, after = (vocabulary().statutes[r.statute].title if r.statute else None for r in (old, new))
        yield change("recipient", "other", *contrast("recipient.statute", before, after, _about(new)))
    if (old.audit, old.audited) != (new.audit, new.audited):
        audits = {"old": lambda words: _audit(words, old), "new": lambda words: _audit(words, new)}
        yield change("recipient", "other", "recipient.audit", _with(new, **audits))
    if old.statement != new.statement:
        yield change(
            "recipient", "other", *contrast("recipient.statement", old.statement, new.statement, _about(new))
        )
    if old.delete_within != new.delete_within:
        yield _ending(old, new)


def _audit(words: Language, recipient: Recipient) -> str:
    often = words.often(recipient.audit) if recipient.audit else words.say("diff.recipient.no_audit")
    if recipient.audited is None:
        return often
    return words.say("diff.recipient.audited", often=often, day=words.day(recipient.audited))


def _ending(old: Recipient, new: Recipient) -> Change:
    def fill(words: Language) -> dict[str, str]:
        said = (each.delete_within.in_words(words.code) if each.delete_within else "" for each in (old, new))
        return {**_about(new)(words), **dict(zip(("old", "new"), said, strict=True))}

    before, after = old.delete_within, new.delete_within
    way = "added" if before is None else "removed" if after is None else "changed"
    return change("recipient", compared(days(before), days(after)), f"recipient.delete_within.{way}", fill)
