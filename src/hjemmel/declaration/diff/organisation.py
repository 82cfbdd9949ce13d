"""What changes in what an organisation says of itself: who answers, how to reach it, what it promises."""

from collections.abc import Callable, Iterator

from babel import Locale

from hjemmel.declaration.diff.change import Change, Fill, nothing, said
from hjemmel.declaration.diff.keeping import compared, days
from hjemmel.declaration.diff.pairing import came, reordered
from hjemmel.declaration.diff.wording import contrast
from hjemmel.declaration.law import figures
from hjemmel.declaration.model import PLACES, Declaration, Organisation, Text
from hjemmel.declaration.period import Period
from hjemmel.declaration.render.language import Language, inside
from hjemmel.declaration.vocabulary import vocabulary

ROLES = ("answers", "daily", "requests")
Naming = Callable[[Language, str], str]
CHANNELS = ("email", "phone", "post", "web")
ORDERED = ("controllers", "languages", "reveals", "measures", "cookies", "children", "paragraphs")


def organisation_changes(old: Declaration, new: Declaration) -> tuple[Change, ...]:
    """Return the changes in the organisation's own part, apart from its parties and the date of change."""
    before, after = old.organisation, new.organisation
    if before == after:
        return ()
    return (
        *_names(before, after),
        *_roles(old, new),
        *_contact(before, after),
        *_promises(before, after),
        *_sets(before, after),
        *_paragraphs(before, after),
        *_order(before, after),
    )


def date_alone(old: Declaration, new: Declaration) -> tuple[Change, ...]:
    """Return that nothing has changed but the date, or but the way it is written."""
    before, after = old.organisation.changed, new.organisation.changed
    if before == after:
        return (change("wording", "other", "same_all"),)

    def fill(words: Language) -> dict[str, str]:
        return {"old": words.day(before), "new": words.day(after)}

    return (change("wording", "other", "date", fill),)


def change(kind: str, direction: str, path: str, fill: Fill = nothing) -> Change:
    """Return a change of the organisation as a whole."""
    return Change(None, kind, direction, said(path, fill))


def _names(old: Organisation, new: Organisation) -> Iterator[Change]:
    if old.name != new.name:
        yield change("wording", "other", *contrast("organisation.name", old.name, new.name))
    if old.title != new.title:
        yield change("wording", "other", *contrast("organisation.title", old.title, new.title))
    if old.about != new.about:
        yield change("wording", "other", *contrast("organisation.about", old.about, new.about))


def _roles(old: Declaration, new: Declaration) -> Iterator[Change]:
    for role in ROLES:
        before, after = (getattr(d.organisation, role) for d in (old, new))
        if before != after:
            titles = (old.office(before).title, new.office(after).title)

            def fill(words: Language, role: str = role, titles: tuple[Text, Text] = titles) -> dict[str, str]:
                return {
                    "role": words.say(f"how.responsible.roles.{role}"),
                    "old": inside(words.of(titles[0])),
                    "new": inside(words.of(titles[1])),
                }

            yield change("office", "other", "organisation.role", fill)


def _contact(old: Organisation, new: Organisation) -> Iterator[Change]:
    for channel in CHANNELS:
        before, after = getattr(old.contact, channel), getattr(new.contact, channel)
        if before != after:
            path, fill = contrast("organisation.contact", before, after)

            def named(words: Language, fill: Fill = fill, channel: str = channel) -> dict[str, str]:
                return {**fill(words), "channel": words.say(f"how.responsible.{channel}")}

            yield change("contact", "other", path, named)
    if old.mail != new.mail:

        def sent(words: Language) -> dict[str, str]:
            del words
            return {
                "old": f"{old.mail.sender}, {old.mail.reply_to}",
                "new": f"{new.mail.sender}, {new.mail.reply_to}",
            }

        yield change("contact", "other", "organisation.mail", sent)


def _promises(old: Organisation, new: Organisation) -> Iterator[Change]:
    if old.answer_within != new.answer_within:
        direction = compared(days(old.answer_within), days(new.answer_within))
        times = _times(old.answer_within, new.answer_within)
        yield change("rights", direction, "organisation.answer_within", times)
    if old.undo != new.undo:
        before, after = ((each and days(each)) or 0 for each in (old.undo, new.undo))

        def back(words: Language) -> dict[str, str]:
            return {
                name: words.period(each)
                for name, each in (("old", old.undo), ("new", new.undo))
                if each is not None
            }

        path = "changed" if old.undo and new.undo else "added" if new.undo else "removed"
        yield change("time", compared(before, after), f"organisation.undo.{path}", back)
    for name in ("backups", "backup_keys"):
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            yield change("rights", compared(days(was), days(now)), f"organisation.{name}", _times(was, now))
    if old.automatic != new.automatic:
        path, fill = contrast("organisation.automatic", old.automatic, new.automatic)
        direction = {"added": "wider", "removed": "narrower"}.get(path.rpartition(".")[2], "other")
        yield change("rights", direction, path, fill)
    if old.arrangement != new.arrangement:
        yield change(
            "controller", "other", *contrast("organisation.arrangement", old.arrangement, new.arrangement)
        )


def _times(old: Period, new: Period) -> Callable[[Language], dict[str, str]]:
    return lambda words: {"old": words.period(old), "new": words.period(new)}


def _sets(old: Organisation, new: Organisation) -> Iterator[Change]:
    """Yield what came to and went from the lists of words: languages, special categories, ages."""
    for kind, path, which in (
        ("language", "languages", _language),
        ("special", "reveals", _special),
        ("rights", "children", _figure),
    ):
        before, after = getattr(old, path), getattr(new, path)
        for way, names in (("added", came(before, after)), ("removed", came(after, before))):
            if names:

                def fill(
                    words: Language, names: tuple[str, ...] = names, which: Naming = which
                ) -> dict[str, str]:
                    return {"names": words.all_of([which(words, name) for name in names])}

                yield change(kind, "other", f"organisation.{path}.{way}", fill)


def _language(words: Language, name: str) -> str:
    return str(Locale(words.code).languages.get(name, name))


def _special(words: Language, name: str) -> str:
    return words.of(vocabulary().special[name])


def _figure(words: Language, name: str) -> str:
    return words.of(figures()[name].title)


def _paragraphs(old: Organisation, new: Organisation) -> Iterator[Change]:
    for place in PLACES:
        before, after = old.paragraph(place), new.paragraph(place)
        if before != after:
            path, fill = contrast("organisation.paragraph", before, after)

            def placed(words: Language, fill: Fill = fill, place: str = place) -> dict[str, str]:
                return {**fill(words), "place": words.say(f"diff.places.{place}")}

            yield change("wording", "other", path, placed)


def _order(old: Organisation, new: Organisation) -> Iterator[Change]:
    lists = (
        tuple(
            [getattr(e, "name", getattr(e, "place", e)) for e in getattr(each, name)] for each in (old, new)
        )
        for name in ORDERED
    )
    if any(reordered(*pair) for pair in lists):
        yield change("order", "other", "order.organisation")
