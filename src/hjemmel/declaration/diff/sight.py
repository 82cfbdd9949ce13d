"""What changes in who sees data in the register, and who outside it gets them."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from hjemmel.declaration.diff.change import Both, Change, ruled
from hjemmel.declaration.diff.pairing import came, paired
from hjemmel.declaration.model import Activity, Basis, Disclosure, Duty
from hjemmel.declaration.render.grounds import cited, ground
from hjemmel.declaration.render.language import Language, capital
from hjemmel.declaration.render.naming import named
from hjemmel.declaration.render.seeing import duty_sentence
from hjemmel.declaration.vocabulary import vocabulary

Clause = Callable[[Language], str]


def access_changes(both: Both) -> Iterator[Change]:
    """Yield the changes in duties: those that came, those that went, and what is wider or narrower."""
    pairs = paired(
        both.old.duties,
        both.new.duties,
        lambda duty: replace(duty, id=""),
        lambda duty: (duty.office, duty.data),
        lambda duty: (duty.office, duty.purposes),
        lambda duty: duty.office,
    )
    for old, new in pairs:
        if old is None or new is None:
            if duty := new or old:
                yield _duty(both, duty, came=new is not None)
            continue
        for direction, one, other in (("wider", old, new), ("narrower", new, old)):
            clauses = list(_clauses(both, one, other, "more" if direction == "wider" else "less"))
            if clauses:
                yield _changed(both, direction, (old, new), clauses)


def _duty(both: Both, duty: Duty, *, came: bool) -> Change:
    """Return that a duty has come, or has gone."""
    whole, activity = (both.after, both.new) if came else (both.before, both.old)

    def fill(words: Language) -> dict[str, str]:
        return {
            "sentence": duty_sentence(words, whole, activity, duty),
            "office": capital(words.of(whole.office(duty.office).title)),
        }

    path, direction = ("access.added", "wider") if came else ("access.removed", "narrower")
    old, new = (None, duty.id) if came else (duty.id, None)
    change = ruled(both.change("access", direction, path, fill), old, new, activity.subset(duty.data))
    return replace(change, office=duty.office)


def _changed(both: Both, direction: str, pair: tuple[Duty, Duty], clauses: list[Clause]) -> Change:
    old, new = pair

    def fill(words: Language) -> dict[str, str]:
        office = capital(words.of(both.after.office(new.office).title))
        return {"office": office, "clauses": words.all_of([clause(words) for clause in clauses])}

    gained = came(_held(both, both.old, old), _held(both, both.new, new))
    lost = came(_held(both, both.new, new), _held(both, both.old, old))
    change = both.change("access", direction, "access.changed", fill)
    data = gained if direction == "wider" else lost
    if not data and old.data != new.data:
        data = tuple(name for name in both.new.subset(new.data) if name in both.common)
    return replace(ruled(change, old.id, new.id, data or both.new.subset(new.data)), office=new.office)


def _held(both: Both, activity: Activity, duty: Duty) -> list[str]:
    return [name for name in activity.subset(duty.data) if name in both.common]


def _clauses(both: Both, one: Duty, other: Duty, path: str) -> Iterator[Clause]:
    """Yield what `other` reaches and `one` does not, each as a clause: ser også fødselsdato."""
    before, after = (both.old, both.new) if path == "more" else (both.new, both.old)
    data = came(_held(both, before, one), _held(both, after, other))
    if data:
        yield lambda words: words.say(
            f"diff.access.{path}.data", data=words.all_of(named(words, data, both.new))
        )
    if one.sees == "current" and other.sees == "ended":
        yield _plain(f"diff.access.{path}.ended")
    if one.reach == "unit" and other.reach == "below":
        yield _plain(f"diff.access.{path}.below")
    for verb in sorted(other.may - one.may):
        yield _plain(f"diff.access.{path}.may.{verb}")
    names = [p.name for p in before.purposes if p.name in {each.name for each in after.purposes}]
    used = came(_purposes(one, names), _purposes(other, names))
    if used:
        yield lambda words: words.say(
            f"diff.access.{path}.purposes",
            purposes=words.all_of([words.of(both.new.purpose(name).title) for name in used]),
        )


def _plain(path: str) -> Clause:
    return lambda words: words.say(path)


def _purposes(duty: Duty, names: list[str]) -> list[str]:
    return [name for name in names if duty.purposes is None or name in duty.purposes]


def recipient_changes(both: Both) -> Iterator[Change]:
    """Yield the changes in who gets data: those that came, those that went, and what differs."""
    pairs = paired(
        both.old.recipients,
        both.new.recipients,
        lambda given: replace(given, id=""),
        lambda given: (given.to, given.when),
        lambda given: given.to,
    )
    for old, new in pairs:
        ids = (old.id if old else None, new.id if new else None)
        if old is not None and new is not None:
            yield from (ruled(change, *ids, change.data) for change in _given(both, old, new))
        elif new is not None:
            yield _alone(both, ids, new, both.new)
        elif old is not None:
            yield _alone(both, ids, old, both.old)


def _alone(both: Both, ids: tuple[str | None, str | None], given: Disclosure, activity: Activity) -> Change:
    added = activity is both.new
    whole = both.after if added else both.before

    def fill(words: Language) -> dict[str, str]:
        return {
            "recipient": capital(words.of(whole.recipient(given.to).title)),
            "data": _what(words, activity, given),
            "when": words.of(vocabulary().occasions[given.when]),
        }

    path, direction = ("added", "wider") if added else ("removed", "narrower")
    change = both.change("recipient", direction, f"recipient.{path}", fill)
    return ruled(change, *ids, activity.subset(given.data))


def _what(words: Language, activity: Activity, given: Disclosure) -> str:
    if given.data is None:
        return words.say("diff.every")
    return words.all_of(named(words, activity.subset(given.data), activity))


def _given(both: Both, old: Disclosure, new: Disclosure) -> Iterator[Change]:
    """Yield what differs in what one recipient gets on one occasion."""
    before, after = (
        [name for name in activity.subset(given.data) if name in both.common]
        for activity, given in ((both.old, old), (both.new, new))
    )

    def recipient(words: Language) -> str:
        return capital(words.of(both.after.recipient(new.to).title))

    for path, names in (("more", came(before, after)), ("less", came(after, before))):
        if names:

            def data(words: Language, names: tuple[str, ...] = names) -> dict[str, str]:
                said = words.all_of(named(words, names, both.new))
                return {"recipient": recipient(words), "data": said}

            direction = "wider" if path == "more" else "narrower"
            yield ruled(both.change("recipient", direction, f"recipient.{path}", data), None, None, names)
    if old.when != new.when:

        def when(words: Language) -> dict[str, str]:
            said = [words.of(vocabulary().occasions[given.when]) for given in (old, new)]
            return {"recipient": recipient(words), "old": said[0], "new": said[1]}

        yield both.change("recipient", "other", "recipient.when", when)
    if old.basis != new.basis:

        def basis(words: Language) -> dict[str, str]:
            return {
                "recipient": recipient(words),
                "old": _ground(words, old.basis),
                "new": _ground(words, new.basis),
            }

        yield both.change("basis", "other", "recipient.basis", basis)


def _ground(words: Language, basis: Basis) -> str:
    return f"{ground(words, basis)} ({cited(words, [basis.article])})"
