"""What data are called in a sentence and in a list, singly or as a group."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from hjemmel.declaration.model import LANGUAGES, Activity, Text
from hjemmel.declaration.own import contents
from hjemmel.declaration.render.language import Language
from hjemmel.declaration.vocabulary import vocabulary

FEW = 3  # so many data are named in the sentence itself; more stand in a list after it
MANY = 3  # a group of fewer data is named datum by datum


@dataclass(frozen=True, slots=True)
class Group:
    """Data that belong together: the words in front of them, and the words that stand for all of them."""

    name: str
    title: Text
    whole: tuple[Text, Text] | None


@cache
def groups() -> Mapping[str, Group]:
    """Return the groups by name, in the order they are listed."""
    return {
        name: Group(name, _text(entry["title"]), _pair(entry["all"]) if "all" in entry else None)
        for name, entry in _file().items()
    }


@cache
def group_of(datum: str) -> str:
    """Return the name of the group of a datum: the nearest that names it."""
    places = {pattern: name for name, entry in _file().items() for pattern in entry["data"]}
    prefix = datum.partition(".")[0]
    return str(places.get(datum) or places.get(f"{prefix}.*") or places["*"])


def grouped(names: Iterable[str]) -> dict[str, list[str]]:
    """Return names of data by group, groups in their own order."""
    found: dict[str, list[str]] = {name: [] for name in groups()}
    for datum in names:
        found[group_of(datum)].append(datum)
    return {name: data for name, data in found.items() if data}


def named(words: Language, names: Iterable[str], activity: Activity | None = None) -> list[str]:
    """Return what data are called: one by one, or by the group where all `activity` holds of it is meant."""
    return [words.of(text) for text, _ in _named(tuple(names), activity)]


def object_of(words: Language, names: Iterable[str], activity: Activity | None = None) -> tuple[str, str]:
    """Return data as the object of a verb, and what then stands in a list at the sentence's end.

    Few are named in the sentence ("navnet og postadressen"), and the list is empty; of many the sentence says
    nothing here, and the list names them.
    """
    found = _named(tuple(names), activity)
    if len(found) <= FEW:
        return words.all_of([words.of(the) for _, the in found]), ""
    return "", words.all_of([words.of(one) for one, _ in found])


def _named(names: tuple[str, ...], activity: Activity | None) -> list[tuple[Text, Text]]:
    known = vocabulary().data
    whole = _whole(names, activity) if activity else {}
    found: dict[tuple[Text, Text], None] = {}
    for name in names:
        found[whole.get(group_of(name), (known[name].one, known[name].the))] = None
    return list(found)


def _whole(names: tuple[str, ...], activity: Activity) -> dict[str, tuple[Text, Text]]:
    """Return the groups of which all an activity holds is named, with the words for all of it."""
    known = vocabulary().data
    return {
        name: text
        for name, data in grouped(activity.names).items()
        if (text := groups()[name].whole) is not None
        and len(data) >= MANY
        and set(data) <= set(names)
        and not any(known[datum].special for datum in data)
    }


def _pair(entry: Mapping[str, tuple[str, str]]) -> tuple[Text, Text]:
    one, the = (Text(*(entry[lang][index] for lang in LANGUAGES)) for index in (0, 1))
    return one, the


def _text(entry: Mapping[str, str]) -> Text:
    return Text(*(entry[lang] for lang in LANGUAGES))


@cache
def _file() -> Mapping[str, Any]:
    return contents("texts/groups.yaml")
