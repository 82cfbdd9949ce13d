"""What changes in how long data are kept, datum by datum, so that a rule may be split, joined or moved."""

from collections.abc import Iterable, Iterator, Sequence

from hjemmel.declaration.check.keep import at_least
from hjemmel.declaration.diff.change import Both, Change, ruled
from hjemmel.declaration.diff.pairing import paired
from hjemmel.declaration.model import Activity, Declaration, Keep
from hjemmel.declaration.order import LEAVES
from hjemmel.declaration.period import Period
from hjemmel.declaration.render.language import Language
from hjemmel.declaration.render.naming import FEW, named
from hjemmel.declaration.vocabulary import vocabulary

DAYS = (365.2425, 30.436875)  # of a mean year and month of the calendar: only to tell which is longer
HALF = 182.6  # to the end of the year, on the average
LATER = {"starts": 0, "ends": 1}
_Pair = tuple[Keep | None, Keep | None]


def time_changes(both: Both) -> Iterator[Change]:
    """Yield the changes in how long, what then, whether sooner, and how often it is looked over."""
    pairs: dict[_Pair, list[str]] = {}
    for datum in (name for name in both.whole if name in both.common):
        for pair in _pairs(both, datum):
            pairs.setdefault(pair, []).append(datum)
    for (old, new), data in pairs.items():
        yield from (ruled(change, _id(old), _id(new), data) for change in _of(both, old, new, data))
    yield from _reviews(both)
    if _becauses(both.old) != _becauses(both.new) and both.common:
        yield both.change("wording", "other", "time.because")


def told(words: Language, declaration: Declaration, activity: Activity, data: Iterable[str]) -> list[str]:
    """Return how long data that are new are kept, a sentence for those that are kept alike."""
    found: dict[tuple[Keep, ...], list[str]] = {}
    for datum in data:
        found.setdefault(_deciding(activity, datum), []).append(datum)
    return [
        words.say(
            "diff.time.told",
            **_listed(words, activity, names),
            time=words.all_of([_fate(words, declaration, keep) for keep in rules]),
        )
        for rules, names in found.items()
        if rules
    ]


def _pairs(both: Both, datum: str) -> Iterator[_Pair]:
    """Yield the deciding rules that differ for a datum, old beside new."""
    records = dict.fromkeys(keep.what for keep in (*both.old.keep, *both.new.keep))
    for record in records:
        old, new = (
            [keep for keep in _deciding(activity, datum) if keep.what == record]
            for activity in (both.old, both.new)
        )
        for one, other in paired(
            old,
            new,
            _says,
            lambda keep: (keep.when, keep.after),
            lambda keep: keep.when,
            lambda keep: keep.after,
            lambda keep: keep.what,
        ):
            if one is None or other is None or _says(one) != _says(other):
                yield one, other


def _deciding(activity: Activity, datum: str) -> tuple[Keep, ...]:
    """Return the rules that decide over a datum: those that no other of the same record always outlasts."""
    rules = [keep for keep in activity.keep if datum in activity.subset(keep.data)]
    left: list[Keep] = []
    for keep in sorted(rules, key=_rank, reverse=True):
        if not any(_outlasts(other, keep) for other in left):
            left.append(keep)
    return tuple(keep for keep in rules if keep in left)


def _rank(keep: Keep) -> tuple[bool, float, int]:
    return keep.when is None, length(keep), -_leaves(keep)


def _outlasts(other: Keep, keep: Keep) -> bool:
    """Return whether `other` holds whenever `keep` does, and never ends before it."""
    if (other.what, other.after) != (keep.what, keep.after) or other.when not in {None, keep.when}:
        return False
    if other.count_from != keep.count_from or keep.period is None:
        return other.period is None
    return other.period is None or at_least(other.period, keep.period)


def length(keep: Keep) -> float:
    """Return about how many days a rule holds after its event; without an end, without bound."""
    if keep.period is None:
        return float("inf")
    return days(keep.period) + (HALF if keep.count_from == "year_end" else 0)


def _says(keep: Keep) -> tuple[object, ...]:
    months, days = _counted(keep.period)
    return (
        *(keep.what, keep.after, keep.when, keep.count_from, keep.period is None, months, days),
        *(keep.then, keep.at_request),
    )


def _counted(period: Period | None) -> tuple[int, int]:
    return (period.years * 12 + period.months, period.days) if period else (0, 0)


def _id(keep: Keep | None) -> str | None:
    return keep.id if keep else None


def _of(both: Both, old: Keep | None, new: Keep | None, data: list[str]) -> Iterator[Change]:
    """Yield what differs between two rules for some data."""
    if old and new:
        yield from _between(both, old, new, data)
    elif keep := new or old:
        yield _alone(both, keep, data, came=new is not None)


def _between(both: Both, old: Keep, new: Keep, data: list[str]) -> Iterator[Change]:
    """Yield the time, what then, and whether sooner, where they differ."""
    if _says(old)[:7] != _says(new)[:7]:
        yield _time(both, old, new, data)
    if old.then != new.then:
        direction = compared(_leaves(old), _leaves(new))

        def then(words: Language) -> dict[str, str]:
            return {
                **_data(words, both, data),
                "new": _done(words, both.after, new),
                "old": _done(words, both.before, old),
            }

        yield both.change("time", direction, "time.then", then)
    if old.at_request != new.at_request and not (_at_once(old) or _at_once(new)):
        asked = [2 if keep.at_request is None else _rank_of(keep.at_request) for keep in (old, new)]

        def request(words: Language) -> dict[str, str]:
            return _data(words, both, data)

        path = f"time.at_request.{new.at_request or 'none'}"
        yield both.change("time", compared(*asked), path, request)


def _alone(both: Both, keep: Keep, data: list[str], *, came: bool) -> Change:
    """Return that a time limit has come beside the others, or has gone."""
    declaration = both.after if came else both.before

    def fill(words: Language) -> dict[str, str]:
        return {**_data(words, both, data), "time": _fate(words, declaration, keep)}

    path, direction = ("time.added", "wider") if came else ("time.removed", "narrower")
    return both.change("time", direction, path, fill)


def _time(both: Both, old: Keep, new: Keep, data: list[str]) -> Change:
    alike = (old.after, old.when) == (new.after, new.when)

    def fill(words: Language) -> dict[str, str]:
        does = _does(words, both.after, new)
        values = _data(words, both, data)
        if alike:
            values |= {"does": does, "new": _limit(words, new), "old": _span(words, old)}
            return {**values, "rest": _rest(words, new)}
        return {
            **values,
            "new": _fate(words, both.after, new),
            "old": _fate(words, both.before, old),
        }

    return both.change("time", _longer(old, new), "time.span" if alike else "time.other", fill)


def _longer(old: Keep, new: Keep) -> str:
    """Return the direction of a change in time: other where neither is longer for everybody."""
    open_ended = (old.period is None) != (new.period is None)
    ways = {
        compared(length(old), length(new)),
        compared(old.when is None, new.when is None),
        "other" if open_ended else compared(_event(old), _event(new)),
    } - {"other"}
    known = open_ended or old.after == new.after or _event(old) != _event(new)
    return ways.pop() if len(ways) == 1 and known else "other"


def _event(keep: Keep) -> int:
    """Return where in a record's life an event lies, as far as the vocabulary says."""
    record = vocabulary().records[keep.what]
    if keep.after is None or keep.after == record.ends:
        return LATER["ends"]
    return LATER["starts"] if keep.after == record.starts else LATER["ends"]


def compared(old: float, new: float) -> str:
    """Return wider where the new is more, narrower where it is less."""
    if old == new:
        return "other"
    return "wider" if new > old else "narrower"


def _leaves(keep: Keep) -> int:
    return _rank_of(keep.then.partition(":")[0])


def _rank_of(then: str) -> int:
    return LEAVES.index(then)


def _data(words: Language, both: Both, data: Sequence[str]) -> dict[str, str]:
    """Return data as the subject of a sentence, and the list at its end where they are many."""
    if set(data) == set(both.new.names):
        return {"data": words.say("diff.every"), "list": ""}
    return _listed(words, both.new, data)


def _listed(words: Language, activity: Activity, data: Sequence[str]) -> dict[str, str]:
    items = named(words, data, activity)
    if len(items) <= FEW:
        return {"data": words.all_of(items), "list": ""}
    said = words.say("diff.time.list", data=words.all_of(items))
    return {"data": words.say("diff.time.many"), "list": said}


def _span(words: Language, keep: Keep) -> str:
    """Return how long: 3 år, 5 år fra utgangen av året, straks, uten fast frist."""
    if keep.period is None:
        return words.say("diff.time.open")
    if _at_once(keep):
        return words.say("diff.time.at_once")
    path = "diff.time.year_end" if keep.count_from == "year_end" else "diff.time.date"
    return words.say(path, period=keep.period.in_words(words.code))


def _limit(words: Language, keep: Keep) -> str:
    """Return the same as the end of "slettes ...": etter 3 år, straks, uten fast frist."""
    return (
        _span(words, keep)
        if keep.period is None or _at_once(keep)
        else words.say("diff.time.after", span=_span(words, keep))
    )


def _does(words: Language, declaration: Declaration, keep: Keep) -> str:
    if keep.period is None:
        return words.say("diff.time.kept")
    return _then(words, declaration, keep, "does")


def _done(words: Language, declaration: Declaration, keep: Keep) -> str:
    return _then(words, declaration, keep, "done")


def _then(words: Language, declaration: Declaration, keep: Keep, form: str) -> str:
    kind, _, name = keep.then.partition(":")
    archive = words.of(declaration.activity(name).title) if kind == "archive" else ""
    return words.say(f"diff.time.{form}.{kind}", archive=archive)


def _fate(words: Language, declaration: Declaration, keep: Keep) -> str:
    """Return all of a rule: slettes etter 3 år, regnet fra medlemskapet er avsluttet."""
    if _at_once(keep) and keep.after:
        event = words.of(vocabulary().events[keep.after])
        said = words.say("diff.time.soon", does=_does(words, declaration, keep), event=event)
        return said + _condition(words, keep)
    return f"{_does(words, declaration, keep)} {_limit(words, keep)}{_rest(words, keep)}"


def _rest(words: Language, keep: Keep) -> str:
    """Return what the time counts from, and the condition of the rule."""
    events = vocabulary().events
    said = words.say("diff.time.from", event=words.of(events[keep.after])) if keep.after else ""
    return said + _condition(words, keep)


def _condition(words: Language, keep: Keep) -> str:
    if keep.when is None:
        return ""
    return words.say("diff.time.if", condition=words.of(vocabulary().conditions[keep.when].text))


def _at_once(keep: Keep) -> bool:
    return keep.period is not None and not keep.period and keep.count_from == "date"


def _reviews(both: Both) -> Iterator[Change]:
    """Yield how often somebody goes through what is kept, by record, where that differs."""
    found: dict[tuple[str, Period | None, Period | None], list[str]] = {}
    for datum in (name for name in both.whole if name in both.common):
        for record in dict.fromkeys(keep.what for keep in (*both.old.keep, *both.new.keep)):
            old, new = (_review(activity, record, datum) for activity in (both.old, both.new))
            if _counted(old) != _counted(new) and all(
                any(k.what == record and datum in a.subset(k.data) for k in a.keep)
                for a in (both.old, both.new)
            ):
                found.setdefault((record, old, new), []).append(datum)
    for (record, old, new), data in found.items():
        yield _review_change(both, record, old, new, data)


def _review_change(
    both: Both, record: str, old: Period | None, new: Period | None, data: list[str]
) -> Change:
    def often(words: Language, period: Period | None) -> str:
        return words.often(period) if period else words.say("diff.time.never")

    def fill(words: Language) -> dict[str, str]:
        return {
            "data": words.all_of(named(words, data, both.new)),
            "record": words.of(vocabulary().records[record].the),
            "new": often(words, new),
            "old": often(words, old),
        }

    direction = compared(days(old), days(new))
    return ruled(both.change("time", direction, "time.review", fill), None, None, data)


def days(period: Period | None) -> float:
    """Return about how many days a period has; none at all is without bound."""
    if period is None:
        return float("inf")
    year, month = DAYS
    return round(period.years * year + period.months * month + period.days, 3)


def _review(activity: Activity, record: str, datum: str) -> Period | None:
    given = [
        keep.review
        for keep in activity.keep
        if keep.what == record and keep.review and datum in activity.subset(keep.data)
    ]
    return min(given, key=days, default=None)


def _becauses(activity: Activity) -> list[str]:
    return sorted(repr((keep.what, keep.after, keep.because)) for keep in activity.keep if keep.because)
