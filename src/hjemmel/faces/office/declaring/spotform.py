"""The form of one spot of the declaration, made of the keys of the language."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from hjemmel.declaration import Finding
from hjemmel.declaration.edit import Spot, words_help
from hjemmel.declaration.read.keys import Key
from hjemmel.faces.look.language import said
from hjemmel.faces.office.declaring.options import Around, options
from hjemmel.faces.office.declaring.parts import NotReadableError, Part, parts
from hjemmel.faces.office.declaring.worded import Worded, Words
from hjemmel.faces.office.forms.basic import RefusableForm

# Keys that are changed together, where a mapping has many. Those of no group have pages of their own.
GROUPS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "activity": (("title", "planned", "controllers", "measures"), ("subjects", "sources"), ("data",),
                 ("logged",), ("notes",)),
    "organisation": (("title", "about", "reveals", "languages", "changed"),
                     ("answers", "daily", "requests", "answer_within", "undo"), ("backups", "backup_keys"),
                     ("contact",), ("mail",),
                     ("arrangement", "automatic", "children"), ("paragraphs",)),
}  # fmt: skip
Found = tuple[Finding, tuple[str, Worded]]


@dataclass(frozen=True)
class Entry:
    """A key as it stands in the form: its fields, and what the check finds there."""

    name: str
    label: str
    help: str
    fields: list[BoundField]
    needed: bool
    inner: list["Entry"] = field(default_factory=list)
    found: list[tuple[str, Worded]] = field(default_factory=list)
    wide: bool = False


def group_of(spot: Spot, key: str) -> tuple[str, ...]:
    """Return the keys of a whole file that are changed together with one; none where it has no such form."""
    return next((group for group in GROUPS.get(spot.shape, ()) if key in group), ())


class SpotForm(RefusableForm):
    """Holds the fields of a spot. `was` tells what stood there when the page was made."""

    was = forms.CharField(required=False, widget=forms.HiddenInput, max_length=64)

    def __init__(
        self, sent: Any, *, spot: Spot, around: Around, held: Mapping[str, Any], keys: tuple[str, ...] = ()
    ) -> None:
        self.spot, self.held = spot, held
        self.parts = self.made(around, keys)
        super().__init__(sent, initial={"was": mark({part.name: part.value for part in self.parts})})
        for part in self.parts:
            self.fields.update(part.fields())
            for name, in_full in part.names():
                self.fields[name].in_full = in_full  # type: ignore[attr-defined]  # read by the summary

    def made(self, around: Around, keys: tuple[str, ...]) -> list[Part]:
        """The parts it is made of."""
        return parts(self.spot.shape, around, self.held, keys=keys)

    def clean(self) -> dict[str, Any]:
        """Make the values of what was typed. What cannot be read is said beside its first field, and so is
        what is needed and not there, all at once.
        """
        sent = {name: value for name, value in (super().clean() or {}).items() if name != "was"}
        self.values: dict[str, Any] = {}
        for part in self.parts:
            try:
                self.values[part.name] = part.read(sent)
            except NotReadableError as fault:
                self.add_error(next(iter(part.fields())), str(fault))
        beside = {**self.held, **self.values}
        for part in self.parts:
            if part.name in self.values:
                for name in part.lacking(self.values[part.name], beside):
                    self.add_error(name, _("Fill this in."))
        return {**sent, "was": self.cleaned_data.get("was", "")}

    @property
    def is_as_shown(self) -> bool:
        """Whether what stands there is what stood there when the page was made."""
        return bool(self.cleaned_data["was"] == self.initial["was"])

    def named(self, finding: Finding) -> str | None:
        """The field that a finding is about, or None where that is none of these."""
        if finding.file != self.spot.file:
            return None
        above = len(self.spot.path)
        steps = [step for step in finding.path.split(".")[above:] if not step.isdigit()]
        steps += [value for hole, value in finding.values if hole == "key" and value not in steps]
        return next((name for part in self.parts for name in part.at(steps)), None)

    def entries(self, findings: Iterable[Finding], words: Words) -> list[Entry]:
        """The keys with their fields, and with what the check finds at each."""
        found = [(each, (each.code, words.of(each))) for each in findings]
        return [self._entry(part, self.spot.shape, found, self.spot.place) for part in self.parts]

    def _entry(self, part: Part, shape: str, findings: list[Found], place: str) -> Entry:
        key = part.name.rpartition("-")[2]
        here = f"{place}.{key}" if place else key
        inner: list[Entry] = []
        if part.key.kind == "shape":
            inner = [self._entry(each, part.key.shape, findings, here) for each in part.inner()]
        below = {name for entry in inner for name in _placed(entry, here)}
        found = [
            told
            for finding, told in findings
            if _under(finding.path, here) and not any(_under(finding.path, b) for b in below)
        ]
        helped = None if part.asks else words_help(shape, key)
        return Entry(
            name=part.name,
            label=part.label,
            help=said(helped) if helped else "",
            fields=[] if inner else [self[name] for name in part.fields()],
            needed=part.key.need or part.asks,
            inner=inner,
            found=found,
            wide=part.key.kind in {"text", "data", "words"},
        )


def _placed(entry: Entry, above: str) -> Iterator[str]:
    yield f"{above}.{entry.name.rpartition('-')[2]}"


def _under(path: str, place: str) -> bool:
    return path == place or path.startswith(f"{place}.")


def mark(values: Mapping[str, Any]) -> str:
    """A digest of what stands somewhere, to tell whether somebody else changed it."""
    text = json.dumps(values, default=str, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


class AddForm(SpotForm):
    """The form of an entry that is not there yet; of a duty one chooses whose it is."""

    def __init__(self, sent: Any, *, spot: Spot, around: Around, listing: Spot) -> None:
        super().__init__(sent, spot=spot, around=around, held={})
        self.by_office = listing.lists == "duties"
        if self.by_office:
            found = options(Key("word", "", own="office"), around)
            found = [("", str(_("Choose"))), *found]
            field = forms.ChoiceField(label=_("Office"), choices=found, required=False)
            self.fields = {"office": field, **self.fields}

    def made(self, around: Around, keys: tuple[str, ...]) -> list[Part]:
        """Its parts. That somebody gets or sees all there is must be said, not left."""
        found = super().made(around, keys)
        asked = self.spot.shape in {"disclosure", "duty"}
        return [replace(part, asks=True) if asked and part.name == "data" else part for part in found]

    def clean(self) -> dict[str, Any]:
        """Ask for the office with all else that is needed."""
        cleaned = super().clean()
        if self.by_office and not cleaned.get("office"):
            self.add_error("office", _("Fill this in."))
        return cleaned

    @property
    def chosen(self) -> str:
        """Whose duty it is; empty for what has no name to choose."""
        return str(self.cleaned_data.get("office", ""))

    def entries(self, findings: Iterable[Finding], words: Words) -> list[Entry]:
        """The keys with their fields, the office first."""
        first = (
            Entry("office", str(self.fields["office"].label), "", [self["office"]], needed=True)
            if self.by_office
            else None
        )
        return [*([first] if first else []), *super().entries(findings, words)]


class ActivityForm(SpotForm):
    """The form of an activity that is not there yet: what no activity can do without, and the rest later."""

    def made(self, around: Around, keys: tuple[str, ...]) -> list[Part]:
        """Its own keys, then those of its first basis and its first purpose."""
        del keys
        several = len(around.declaration.organisation.controllers) > 1
        own = ("title", *(("controllers",) if several else ()), "subjects", "data")
        basis = ("article", "statute", "interest")
        self.first = around.declaration.organisation.controllers[0].name
        return [
            *parts("activity", around, {}, keys=own),
            *parts("purpose", around, {}, keys=("title",), prefix="purpose-"),
            *parts("basis", around, {}, keys=basis, prefix="basis-"),
        ]

    def activity(self, name: str) -> dict[str, Any]:
        """The activity that was filled in, still planned: it holds nobody before it is whole."""
        basis = {
            key: self.values[f"basis-{key}"]
            for key in ("article", "statute", "interest")
            if self.values[f"basis-{key}"] is not None
        }
        return {
            "title": self.values["title"],
            "planned": True,
            "controllers": self.values.get("controllers") or [self.first],
            "subjects": self.values["subjects"],
            "purposes": {
                name: {"title": self.values["purpose-title"], "basis": [self.values["basis-article"]]}
            },
            "data": self.values["data"],
            "basis": [basis],
        }

    def _entry(self, part: Part, shape: str, findings: list[Found], place: str) -> Entry:
        above, _dash, _key = part.name.rpartition("-")
        return super()._entry(part, above if above in {"purpose", "basis"} else shape, findings, place)
