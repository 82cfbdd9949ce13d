"""What may be chosen for a key: words of the language, of the vocabulary, or of the declaration itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from hjemmel.declaration import Activity, Declaration, Text, vocabulary
from hjemmel.declaration.edit import choice
from hjemmel.declaration.law import figures
from hjemmel.declaration.read.keys import Key
from hjemmel.declaration.render.naming import grouped, groups
from hjemmel.faces.look.language import capital, said

Option = tuple[str, str]
# What the files are headed that hold neither an activity nor what is wrong with one.
HEADINGS = {
    "organisation": gettext_lazy("Organisation"),
    "offices": gettext_lazy("Offices"),
    "units": gettext_lazy("Kinds of unit"),
    "recipients": gettext_lazy("Recipients and processors"),
}


@dataclass(frozen=True)
class Around:
    """What a key is chosen in: the declaration as it stands, and the activity where there is one."""

    declaration: Declaration
    activity: Activity | None = None

    @property
    def data(self) -> tuple[str, ...]:
        """The data of the activity, in its order; of the vocabulary where there is none."""
        return self.activity.names if self.activity else tuple(vocabulary().data)


def options(key: Key, around: Around) -> list[Option]:
    """What may be chosen for a key, each with what it is called."""
    if key.of:
        return [(word, capital(said(choice(word)))) for word in key.of]
    if key.own:
        return _own(key.own, around)
    if key.words == "articles":
        # A basis that comes may be any; what rests on bases, on those there are.
        return _articles(Around(around.declaration) if key.kind == "word" else around)
    if key.words == "ages":
        return [(f.name, said(f.title)) for f in figures().values() if f.unit == "years"]
    held: Mapping[str, Any] = getattr(vocabulary(), key.words)
    names = around.data if key.words == "data" else held
    return [(name, capital(_called(held, name))) for name in names]


def by_group(found: list[Option]) -> list[tuple[str, list[Option]]]:
    """Data under the headings that the statement puts them under."""
    called = dict(found)
    return [
        (said(groups()[group].title), [(name, called[name]) for name in names])
        for group, names in grouped(tuple(called)).items()
    ]


def then(around: Around) -> list[Option]:
    """What may happen when the time is up."""
    plain = [(word, capital(said(choice(word)))) for word in ("delete", "anonymise")]
    title = said(choice("archive"))
    return plain + [
        (f"archive:{each.name}", capital(title.format(title=said(each.title))))
        for each in around.declaration.activities
    ]


def _called(held: Mapping[str, Any], name: str) -> str:
    """What a word of the vocabulary is called, however that list says it."""
    word = held.get(name, Text(name))
    if isinstance(word, Text):
        return said(word)
    for field in ("many", "one", "title", "text"):
        if hasattr(word, field):
            return said(getattr(word, field))
    return name


def _articles(around: Around) -> list[Option]:
    known = vocabulary().articles
    names = [basis.article for basis in around.activity.basis] if around.activity else list(known)
    wanted = dict.fromkeys(name for name in names if name in known)
    return [(name, capital(f"{said(known[name].cite)}: {said(known[name].ground)}")) for name in wanted]


def _own(what: str, around: Around) -> list[Option]:
    declaration = around.declaration
    if what == "purpose":
        purposes = around.activity.purposes if around.activity else ()
        return [(each.name, capital(said(each.title))) for each in purposes]
    if what == "controller":
        return [(each.name, each.title) for each in declaration.organisation.controllers]
    held: dict[str, tuple[Any, ...]] = {
        "office": declaration.offices,
        "unit": declaration.unit_kinds,
        "recipient": declaration.recipients,
        "activity": declaration.activities,
        "measure": declaration.organisation.measures,
    }
    return [(each.name, capital(said(each.title))) for each in held[what]]
