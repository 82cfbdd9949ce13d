"""The fields of one key, by the kind of its value: what they show, and the value that what is typed makes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hjemmel.declaration import vocabulary
from hjemmel.declaration.edit import choice, label
from hjemmel.declaration.model import LANGUAGES
from hjemmel.declaration.period import Period
from hjemmel.declaration.read.keys import SHAPES, Key
from hjemmel.domain.people.formats import dates
from hjemmel.domain.people.formats.invalid import Invalid
from hjemmel.faces.look.language import said
from hjemmel.faces.office.declaring.options import Around, by_group, options, then
from hjemmel.faces.office.forms.basic import LONG

Fields = dict[str, forms.Field]
Sent = Mapping[str, Any]
DEFAULTS = {"sees": "current", "reach": "below", "count_from": "date"}
SPANS = (("years", "Y", _("years")), ("months", "M", _("months")), ("days", "D", _("days")))
LEFT_ALONE = {"shapes", "named", "duties"}  # each entry is a page of its own, or stays as it is


class NotReadableError(ValueError):
    """What was typed is no such value; the message says what is."""


@dataclass(frozen=True)
class Part:
    """One key in a form. `name` is what its fields begin with, `value` what stands there now; `asks` whether
    all of it has to be said, where nothing ticked would mean that.
    """

    name: str
    label: str
    key: Key
    around: Around
    value: Any
    asks: bool = False

    def fields(self) -> Fields:
        """The fields, by name."""
        made: Fields = getattr(self, f"_{self.key.kind}_fields")()
        return made

    def read(self, sent: Sent) -> Any:
        """Return the value, or None for nothing. Raises NotReadableError."""
        return getattr(self, f"_{self.key.kind}_read")(sent)

    def lacking(self, read: Any, beside: Mapping[str, Any]) -> Iterator[str]:
        """Yield the fields that must be filled in and are not, where `read` was read and `beside` stands
        around it.
        """
        if self.key.kind == "shape" and (read is not None or self.needed(beside)):
            for part in self.inner():
                yield from part.lacking((read or {}).get(part.name.rpartition("-")[2]), read or {})
        elif self.key.kind == "text" and isinstance(read, dict) and "nb" not in read:
            yield f"{self.name}-nb"
        elif read is None and self.needed(beside):
            yield next(iter(self.fields()))

    def names(self) -> Iterator[tuple[str, str]]:
        """Yield the fields that are not called what the key is, each with what both are called together."""
        if self.key.kind == "shape":
            for part in self.inner():
                yield from part.names()
        for name, field in self.fields().items():
            if self.key.kind == "text":
                yield name, f"{self.label}, {field.label}"
            elif self.key.kind != "shape" and field.label != self.label:
                yield name, self.label

    def at(self, steps: list[str]) -> Iterator[str]:
        """Yield the field that stands at these steps of keys, if it is one of its own."""
        if not steps or steps[0] != self.name.rpartition("-")[2]:
            return
        if self.key.kind == "shape":
            yield from (name for part in self.inner() for name in part.at(steps[1:]))
        names = list(self.fields())
        yield from (f"{self.name}-{step}" for step in steps[1:2] if f"{self.name}-{step}" in names)
        yield names[0]

    def needed(self, beside: Mapping[str, Any]) -> bool:
        """Whether something must stand there, where `beside` stands around it."""
        return self.key.need and not beside.get(self.key.unless)

    # -- words of one's own --
    def _word_fields(self) -> Fields:
        if self.key.words or self.key.own:
            return self._choice_fields()
        return {self.name: _text(self.label, self.value)}

    def _word_read(self, sent: Sent) -> str | None:
        return (sent.get(self.name) or "").strip() or None

    _name_fields, _name_read = _word_fields, _word_read

    def _text_fields(self) -> Fields:
        held = self.value if isinstance(self.value, dict) else {"nb": self.value or ""}
        return {
            f"{self.name}-{lang}": _text(said(choice(lang)).capitalize(), held.get(lang), rows=2)
            for lang in LANGUAGES
        }

    def _text_read(self, sent: Sent) -> Any:
        typed = {lang: _joined(sent.get(f"{self.name}-{lang}")) for lang in LANGUAGES}
        given = {lang: words for lang, words in typed.items() if words}
        if isinstance(self.value, str) and set(given) == {"nb"}:
            return given["nb"]  # one text for all three, as it was
        return given or None

    # -- one of several --
    def _choice_fields(self) -> Fields:
        found = options(self.key, self.around)
        if self.value is not None and self.value not in dict(found):
            found.append((str(self.value), str(self.value)))  # wrong, and to be seen as such
        return {self.name: self._one_of(found)}

    def _choice_read(self, sent: Sent) -> str | None:
        chosen = sent.get(self.name) or None
        return None if chosen == self._default and self.value is None else chosen

    def _then_fields(self) -> Fields:
        return {self.name: self._one_of(then(self.around))}

    def _then_read(self, sent: Sent) -> Any:
        chosen = str(sent.get(self.name) or "")
        return {"archive": chosen[8:]} if chosen.startswith("archive:") else chosen or None

    @property
    def _default(self) -> str | None:
        return DEFAULTS.get(self.name.rpartition("-")[2])

    def _one_of(self, found: list[tuple[str, str]]) -> forms.Field:
        value = self.value
        if isinstance(value, dict):
            value = f"archive:{value.get('archive')}"
        few = len(found) <= 5 and bool(self.key.of)
        if not self.key.need and self._default is None:
            found = [("", str(_("Not given"))), *found]
        elif value is None and self._default is None and not few:
            found = [("", str(_("Choose"))), *found]
        widget = forms.RadioSelect if few else forms.Select
        initial = value or self._default or ""
        return forms.ChoiceField(
            label=self.label, choices=found, initial=initial, required=False, widget=widget
        )

    # -- several --
    def _words_fields(self) -> Fields:
        found = options(self.key, self.around)
        chosen = self._chosen()
        found += [(word, word) for word in chosen if word not in dict(found)]
        if self.key.words != "data" or len(found) < 8:
            label = str(_("Only these")) if self.asks else self.label
            made: Fields = {self.name: _several(label, found, chosen)}
        else:
            made = _by_group(self.name, found, chosen)
        return {f"{self.name}-all": _all_or_some()} | made if self.asks else made

    def _words_read(self, sent: Sent) -> Any:
        ticked = self._ticked(sent)
        if self.asks and (sent.get(f"{self.name}-all") == "all") == bool(ticked):
            raise NotReadableError(
                str(_("Choose either all of them or those that you tick."))
                if ticked
                else str(_("Choose all of them, or tick those it is."))
            )
        return self._kept(ticked)

    def _chosen(self) -> list[str]:
        """What is chosen now, a whole group (`membership.*`) written out."""
        said_so = [self.value] if isinstance(self.value, str) else list(self.value or ())
        return [name for entry in said_so for name in self._meant(entry)]

    def _meant(self, entry: str) -> list[str]:
        if self.key.words != "data" or not entry.endswith(".*"):
            return [entry]
        return [name for name in self.around.data if name.startswith(entry[:-1])] or [entry]

    def _ticked(self, sent: Sent) -> list[str]:
        return [
            word
            for name, ticked in sent.items()
            if (name == self.name or name.startswith(f"{self.name}-")) and isinstance(ticked, list)
            for word in ticked
        ]

    def _kept(self, ticked: list[str]) -> Any:
        """The words ticked, written as they were where they are the same, and whole groups as groups."""
        before = self._chosen()
        if set(before) == set(ticked):
            return self.value
        wanted = [w for w in before if w in ticked] + [w for w in ticked if w not in before]
        stars = [e for e in (self.value or ()) if e.endswith(".*")] if isinstance(self.value, list) else []
        for star in stars:
            group = self._meant(star)
            if set(group) <= set(wanted):
                wanted = [w for w in wanted if w not in group] + [star]
        return wanted or None

    # -- data of an activity: what is ticked, each with the condition it had --
    def _data_fields(self) -> Fields:
        every = options(Key("words", "", words="data"), Around(self.around.declaration))
        return _by_group(self.name, every, list(self._held()))

    def _data_read(self, sent: Sent) -> list[Any] | None:
        ticked, held = self._ticked(sent), self._held()
        kept = [entry for name, entry in held.items() if name in ticked]
        return [*kept, *(name for name in ticked if name not in held)] or None

    def _held(self) -> dict[str, Any]:
        return {next(iter(e)) if isinstance(e, dict) else str(e): e for e in self.value or ()}

    # -- articles by category of subjects --
    def _articles_fields(self) -> Fields:
        found = options(Key("words", "", words="articles"), self.around)
        called = dict(options(Key("words", "", words="subjects"), self.around))
        return {
            f"{self.name}-{one}": _several(called.get(one, one), found, self._of(one))
            for one in self.subjects()
        }

    def _articles_read(self, sent: Sent) -> dict[str, Any] | None:
        ticked = {one: list(sent.get(f"{self.name}-{one}") or ()) for one in self.subjects()}
        held = self.value or {}
        read = {
            one: held[one] if names == self._of(one) else names[0] if len(names) == 1 else names
            for one, names in ticked.items()
            if names
        }
        return read or None

    def _of(self, subject: str) -> list[str]:
        there = (self.value or {}).get(subject) or ()
        return [there] if isinstance(there, str) else list(there)

    def subjects(self) -> list[str]:
        """The categories that may have articles of their own: none where there is but one."""
        activity = self.around.activity
        there = activity.subjects if activity and len(activity.subjects) > 1 else ()
        return list(dict.fromkeys((*there, *(self.value or ()))))

    # -- truth, days and time --
    def _truth_fields(self) -> Fields:
        return {self.name: forms.BooleanField(label=self.label, initial=bool(self.value), required=False)}

    def _truth_read(self, sent: Sent) -> bool | None:
        return True if sent.get(self.name) else False if self.value is False else None

    def _date_fields(self) -> Fields:
        shown = dates.display(self.value, form="short") if isinstance(self.value, date) else self.value
        return {self.name: _text(self.label, shown, size=14)}

    def _date_read(self, sent: Sent) -> date | None:
        typed = (sent.get(self.name) or "").strip()
        try:
            return dates.parse(typed) if typed else None
        except Invalid as fault:
            raise NotReadableError(f"{fault.message} {fault.allowed}") from fault

    def _period_fields(self) -> Fields:
        held = _spans(self.value)
        return {
            f"{self.name}-{n}": _text(word, held.get(n), size=6, inputmode="numeric")
            for n, _sign, word in SPANS
        }

    def _period_read(self, sent: Sent) -> str | None:
        typed = {sign: (sent.get(f"{self.name}-{n}") or "").strip() for n, sign, _word in SPANS}
        if not any(typed.values()):
            return None
        if any(t and not (t.isascii() and t.isdigit() and len(t) <= 5) for t in typed.values()):
            raise NotReadableError(str(_("Write whole numbers, such as 5.")))
        said_so = "P" + "".join(f"{int(n)}{sign}" for sign, n in typed.items() if n and int(n)) or "P0D"
        wanted = "P0D" if said_so == "P" else said_so
        if _spans(wanted) == {}:
            raise NotReadableError(str(_("That is too long.")))
        return str(self.value) if _spans(self.value) == _spans(wanted) else wanted

    _review_fields, _review_read = _period_fields, _period_read
    _lasts_fields = _period_fields

    def _lasts_read(self, sent: Sent) -> str:
        return self._period_read(sent) or "session"

    # -- a mapping inside: its own keys, one after the other --
    def _shape_fields(self) -> Fields:
        return {name: field for part in self.inner() for name, field in part.fields().items()}

    def _shape_read(self, sent: Sent) -> dict[str, Any] | None:
        read = {part.name.rpartition("-")[2]: part.read(sent) for part in self.inner()}
        held = self.value if isinstance(self.value, dict) else {}
        return {
            **{k: v for k, v in held.items() if k not in read},
            **{k: v for k, v in read.items() if v is not None},
        } or None

    def inner(self) -> list["Part"]:
        """The parts of what stands inside."""
        held = self.value if isinstance(self.value, dict) else {}
        return parts(self.key.shape, self.around, held, prefix=f"{self.name}-")


def parts(
    shape: str, around: Around, held: Mapping[str, Any], *, keys: tuple[str, ...] = (), prefix: str = ""
) -> list[Part]:
    """The parts of a mapping, in the order of the language; only `keys` of it where they are given."""
    made = [
        Part(f"{prefix}{name}", said(label(shape, name)), key, around, held.get(name))
        for name, key in SHAPES[shape].items()
        if key.kind not in LEFT_ALONE and (not keys or name in keys)
    ]
    return [part for part in made if part.key.kind != "articles" or part.subjects()]


def _text(label: Any, value: object, **attrs: Any) -> forms.Field:
    widget = forms.Textarea if "rows" in attrs else forms.TextInput
    initial = "" if value is None else str(value)
    return forms.CharField(
        label=label, initial=initial, required=False, max_length=LONG, widget=widget(attrs=attrs)
    )


def _all_or_some() -> forms.Field:
    found = [("all", _("All of them")), ("some", _("Only those ticked here"))]
    return forms.ChoiceField(label=_("All or some"), choices=found, required=False, widget=forms.RadioSelect)


def _several(label: str, found: list[tuple[str, str]], chosen: list[str]) -> forms.Field:
    return forms.MultipleChoiceField(
        label=label, choices=found, initial=chosen, required=False, widget=forms.CheckboxSelectMultiple
    )


def _by_group(name: str, found: list[tuple[str, str]], chosen: list[str]) -> Fields:
    known = dict(found)
    loose = [(word, known[word]) for word in known if word not in vocabulary().data]
    made = {
        f"{name}-{at}": _several(title, held, chosen)
        for at, (title, held) in enumerate(by_group([o for o in found if o not in loose]))
    }
    return made | ({f"{name}-x": _several("–", loose, chosen)} if loose else {})


def _joined(typed: str | None) -> str:
    """What was typed, its lines as the browser sent them joined as YAML has them."""
    return (typed or "").replace("\r\n", "\n").strip()


def _spans(value: object) -> dict[str, str]:
    try:
        period = Period.parse(str(value))
    except ValueError:
        return {}
    held = {"years": period.years, "months": period.months, "days": period.days}
    return {name: str(n) for name, n in held.items() if n} or {"days": "0"}
