"""What changes in which data are held, what for, on which ground and where they come from."""

from collections.abc import Callable, Iterator

from hjemmel.declaration.diff.change import Both, Change, ruled, subjects
from hjemmel.declaration.diff.keeping import told
from hjemmel.declaration.diff.pairing import came, paired
from hjemmel.declaration.model import Activity, Basis, Declaration, Purpose
from hjemmel.declaration.render.grounds import cited, ground, purpose_grounds
from hjemmel.declaration.render.language import Language, capital, inside
from hjemmel.declaration.render.naming import named
from hjemmel.declaration.vocabulary import vocabulary


def use_changes(both: Both) -> Iterator[Change]:
    """Yield the changes in subjects, data, purposes, bases and sources."""
    yield from _subjects(both)
    yield from _data(both)
    yield from _conditions(both)
    yield from _purposes(both)
    yield from _bases(both)
    yield from _sources(both)


def _subjects(both: Both) -> Iterator[Change]:
    for path, names in _turns(both, lambda activity: activity.subjects):
        yield both.change(
            "subject",
            _way(path),
            f"subject.{path}",
            lambda words, names=names: {"subjects": subjects(words, names)},  # type: ignore[misc]
            lead="title",
        )


def _turns(both: Both, of: Callable[[Activity], tuple[str, ...]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield `added` with the names that came, and `removed` with those that went."""
    old, new = of(both.old), of(both.new)
    if added := came(old, new):
        yield "added", added
    if removed := came(new, old):
        yield "removed", removed


def _way(path: str) -> str:
    return "wider" if path == "added" else "narrower"


def _data(both: Both) -> Iterator[Change]:
    """Yield data that came, with who sees and gets them and how long they stay, and data that went."""
    ids = (f"{both.name}/data", f"{both.name}/data")
    for path, names in _turns(both, lambda activity: activity.names):
        whole, activity = (both.after, both.new) if path == "added" else (both.before, both.old)

        def fill(
            words: Language,
            names: tuple[str, ...] = names,
            path: str = path,
            activity: Activity = activity,
            whole: Declaration = whole,
        ) -> dict[str, str]:
            more = " ".join(_around(words, whole, activity, names)) if path == "added" else ""
            data = words.all_of(named(words, names, activity))
            return {"data": data, "more": f" {more}" if more else ""}

        yield ruled(both.change("datum", _way(path), f"datum.{path}", fill), *ids, names)


def _around(
    words: Language, declaration: Declaration, activity: Activity, names: tuple[str, ...]
) -> Iterator[str]:
    """Yield who sees new data, who gets them, and how long they stay."""
    offices = [d.office for d in activity.duties if set(names) & set(activity.subset(d.data))]
    parties = [d.to for d in activity.recipients if set(names) & set(activity.subset(d.data))]
    if offices:
        titles = [inside(words.of(declaration.office(name).title)) for name in dict.fromkeys(offices)]
        yield words.say("diff.datum.seen", offices=capital(words.all_of(titles)))
    if parties:
        titles = [words.of(declaration.recipient(name).title) for name in dict.fromkeys(parties)]
        yield words.say("diff.datum.given", recipients=capital(words.all_of(titles)))
    for sentence in told(words, declaration, activity, names):
        yield capital(sentence)


def _conditions(both: Both) -> Iterator[Change]:
    """Yield the data that are now held under another condition."""
    old, new = ({use.datum: use.only_when for use in a.data} for a in (both.old, both.new))
    for datum in (use.datum for use in both.new.data if use.datum in both.common):
        before, after = old[datum], new[datum]
        if before == after:
            continue

        def fill(
            words: Language, datum: str = datum, before: str | None = before, after: str | None = after
        ) -> dict[str, str]:
            known = vocabulary()
            said = [words.of(known.conditions[name].text) if name else "" for name in (before, after)]
            return {"data": words.of(known.data[datum].one), "old": said[0], "new": said[1]}

        path = "always" if after is None else "only" if before is None else "otherwise"
        direction = {"always": "wider", "only": "narrower"}.get(path, "other")
        change = both.change("datum", direction, f"datum.{path}", fill)
        yield ruled(change, f"{both.name}/data", f"{both.name}/data", [datum])


def _purposes(both: Both) -> Iterator[Change]:
    old, new = ({purpose.name: purpose for purpose in a.purposes} for a in (both.old, both.new))
    for name in dict.fromkeys((*new, *old)):
        before, after = old.get(name), new.get(name)
        rule = f"{both.name}/purpose/{name}"
        ids = (rule if before else None, rule if after else None)
        if before and after:
            yield from (ruled(change, *ids, change.data) for change in _purpose(both, before, after))
        elif after:
            data = both.new.subset(after.data)
            yield ruled(both.change("purpose", "wider", "purpose.added", _used(both.new, after)), *ids, data)
        elif before:
            fill = _used(both.old, before)
            yield ruled(both.change("purpose", "narrower", "purpose.removed", fill), *ids)


def _used(activity: Activity, purpose: Purpose) -> Callable[[Language], dict[str, str]]:
    """Return what fills a sentence about a purpose: what for, and which data."""

    def fill(words: Language) -> dict[str, str]:
        some = words.all_of(named(words, activity.subset(purpose.data), activity))
        data = words.say("diff.the_data") if purpose.data is None else some
        return {"title": words.of(purpose.title), "data": data}

    return fill


def _purpose(both: Both, old: Purpose, new: Purpose) -> Iterator[Change]:
    """Yield what differs in a purpose of the same name."""
    if old.title != new.title:

        def renamed(words: Language) -> dict[str, str]:
            return {"new": words.of(new.title), "old": words.of(old.title)}

        yield both.change("purpose", "other", "purpose.renamed", renamed)
    before, after = (
        [name for name in activity.subset(purpose.data) if name in both.common]
        for activity, purpose in ((both.old, old), (both.new, new))
    )
    for path, names in (("more", came(before, after)), ("less", came(after, before))):
        if names:

            def used(words: Language, names: tuple[str, ...] = names) -> dict[str, str]:
                data = words.all_of(named(words, names, both.new))
                return {"data": data, "title": words.of(new.title)}

            change = both.change(
                "purpose", _way("added" if path == "more" else path), f"purpose.{path}", used
            )
            yield ruled(change, None, None, names)
    for path, names in (("on", came(old.channels, new.channels)), ("off", came(new.channels, old.channels))):
        if names:

            def reached(words: Language, names: tuple[str, ...] = names) -> dict[str, str]:
                channels = words.any_of([words.of(vocabulary().channels[name]) for name in names])
                return {"channels": channels, "title": words.of(new.title)}

            yield both.change("purpose", _way("added" if path == "on" else path), f"purpose.{path}", reached)
    yield from _resting(both, old, new)


def _resting(both: Both, old: Purpose, new: Purpose) -> Iterator[Change]:
    """Yield that a purpose rests on something else, for all or for some."""
    whom = dict.fromkeys((*both.old.subjects, *both.new.subjects))
    whom |= dict.fromkeys(each.subject for each in (*old.by_subject, *new.by_subject))
    if all(set(old.basis_for(subject)) == set(new.basis_for(subject)) for subject in whom):
        return

    def fill(words: Language) -> dict[str, str]:
        said = [
            purpose_grounds(words, activity, purpose)
            for activity, purpose in ((both.old, old), (both.new, new))
        ]
        if said[0] == said[1]:
            said = [cited(words, _articles(purpose)) for purpose in (old, new)]
        return {"title": words.of(new.title), "old": said[0], "new": said[1]}

    yield both.change("basis", "other", "purpose.rests", fill)


def _articles(purpose: Purpose) -> list[str]:
    return [*purpose.basis, *(article for each in purpose.by_subject for article in each.basis)]


def _bases(both: Both) -> Iterator[Change]:
    """Yield bases that came, went, or cover other data or another interest."""
    pairs = paired(
        both.old.basis,
        both.new.basis,
        lambda basis: basis,
        lambda basis: (basis.article, basis.statute, basis.for_),
        lambda basis: (basis.article, basis.statute),
    )
    for old, new in pairs:
        if old == new:
            continue

        def fill(words: Language, old: Basis | None = old, new: Basis | None = new) -> dict[str, str]:
            return {
                "old": _basis(words, both.old, old) if old else "",
                "new": _basis(words, both.new, new) if new else "",
            }

        path = "added" if old is None else "removed" if new is None else "changed"
        yield both.change("basis", "other", f"basis.{path}", fill)


def _basis(words: Language, activity: Activity, basis: Basis) -> str:
    said = f"{ground(words, basis)} ({cited(words, [basis.article])})"
    if basis.for_:
        data = words.all_of(named(words, activity.subset(basis.for_), activity))
        return words.say("diff.basis.for", ground=said, data=data)
    return said


def _sources(both: Both) -> Iterator[Change]:
    for path, names in _turns(both, lambda activity: activity.sources):

        def fill(words: Language, names: tuple[str, ...] = names) -> dict[str, str]:
            return {"sources": words.all_of([words.of(vocabulary().sources[name]) for name in names])}

        yield both.change("source", _way(path), f"source.{path}", fill)
