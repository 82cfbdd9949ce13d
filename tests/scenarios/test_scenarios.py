"""Every file here holds stories with dates: who was what, what was changed when, and what the register still
holds on which day once the night's sweep has run. `kept` and `gone` must account for everything that was ever
written, and `rules` are the keep rules that did it.
"""

from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
from django.db import models
from ruamel.yaml import YAML

from hjemmel.declaration import load, texts_of
from hjemmel.kernel import access, clock
from hjemmel.kernel.audit.models import Value
from hjemmel.kernel.statement.actions import apply
from hjemmel.kernel.subjects.models import Subject
from hjemmel.kernel.units.models import Unit
from tests.kernel.retention import register
from tests.kernel.retention.keeping import rows, sweep

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("RET-04"), pytest.mark.requirement("RET-07")]
FILES = sorted(Path(__file__).parent.glob("*.yaml"))
STORIES = [
    pytest.param(story, id=f"{file.stem}: {story['scenario']}")
    for file in FILES
    for story in YAML(typ="safe").load_all(file.read_text("utf-8"))
]


@dataclass
class Somebody:
    """One person of a story: her id, and what was written about her, under the name it has there."""

    subject: Subject
    mark: register.Mark
    records: dict[str, models.Model] = field(default_factory=dict)
    data: frozenset[str] = frozenset()
    logged: dict[str, int] = field(default_factory=dict)

    def written(self) -> set[str]:
        return {*self.records, *self.data, *self.logged}

    def kept(self) -> set[str]:
        values = {v for (v,) in rows("select id from audit_value where subject_id = %s", self.subject.pk)}
        return {
            *register.stored(self.subject.pk),
            *(name for name, record in self.records.items() if register.is_there(record)),
            *(name for name, number in self.logged.items() if number in values),
        }


class Story:
    """The people of one scenario, living from day to day."""

    def __init__(self, facts: list[dict[str, Any]]) -> None:
        self.people: dict[str, Somebody] = {}
        self.files = texts_of("mission")
        for fact in facts:
            for who, what in fact.items():
                self.add(who, dict(what))
        for somebody in self.people.values():
            somebody.data = register.fill(somebody.subject, somebody.mark)
        register.settle()

    def add(self, who: str, what: dict[str, Any]) -> None:
        """One sentence of `given`."""
        if who not in self.people:
            number = len(self.people) + 1
            self.people[who] = Somebody(Subject.objects.create(), register.Mark(who, number))
        one = self.people[who]
        name, record = _record(one, what)
        one.records[name] = record

    def do(self, who: str, what: dict[str, Any]) -> None:
        """One sentence of `then`."""
        if who == "rules":
            file = f"activities/{what['of']}.yaml"
            assert what["replace"] in self.files[file]
            self.files[file] = self.files[file].replace(what["replace"], what["by"])
            apply(self.files)
            return
        one = self.people[who]
        if "changes" in what:
            before = {v.pk for v in Value.objects.all()}
            _CHANGES[what["changes"]](one.subject.pk)
            (new,) = {v.pk for v in Value.objects.all()} - before
            one.logged[f"log of {what['changes']}"] = new
            return
        if "gets" in what:
            self.add(who, what["gets"])
            return
        record = one.records[what.pop("correct")]
        columns = {_COLUMNS[name]: day for name, day in what.items()}
        assert type(record).objects.filter(pk=record.pk).update(**columns) == 1
        before = {*one.logged.values()}
        for column, value in columns.items():
            setattr(record, column, value)
        for value in Value.objects.filter(subject=one.subject).exclude(pk__in=before).order_by("pk"):
            one.logged[f"log of {value.datum}"] = value.pk

    def expect(self, who: str, said: Any) -> None:
        """What is kept and gone of one person, by the story; all that was written is one or the other."""
        one = self.people[who]
        kept, written = one.kept(), one.written()
        if said == "all kept":
            said = {"kept": ["*"], "gone": []}
        elif said == "all gone":
            said = {"kept": [], "gone": ["*"]}
        for name in sorted(written):
            is_kept, is_gone = (any(fnmatch(name, p) for p in said[side]) for side in ("kept", "gone"))
            assert is_kept != is_gone, f"{who}: the story says nothing, or both, of “{name}”"
            assert (name in kept) == is_kept, f"{who}: “{name}” is {'kept' if name in kept else 'gone'}"
        for pattern in (*said["kept"], *said["gone"]):
            assert any(fnmatch(name, pattern) for name in written), f"{who}: nothing was ever “{pattern}”"
        there = rows("select gone_on from subjects_subject where id = %s", one.subject.pk)
        assert (not kept) == (there in ([], [(clock.today(),)])), f"{who}: is the person gone?"


def _record(one: Somebody, what: dict[str, Any]) -> tuple[str, models.Model]:
    """One fact: what it is called in the story, and the record of it."""
    subject, mark = one.subject, one.mark
    match what:
        case {"member of": unit, "since": since, **rest}:
            at, left = Unit.objects.get(name=unit).pk, rest.get("left")
            made = register.membership(subject, mark, at, joined_on=since, left_on=left)
            return f"membership in {unit}", made
        case {"office": office, "at": unit, "from": since, **rest}:
            at, last = Unit.objects.get(name=unit).pk, rest.get("through")
            return f"office in {unit}", register.tenure(subject, at, office, starts_on=since, ends_on=last)
    (kind, since), *rest_ = what.items()
    rest = dict(rest_)
    match kind:
        case "contact since":
            made = register.contact(subject, mark, since=since, ended_on=rest.get("ended"))
        case "consent given":
            made = register.consent(subject, mark, given_on=since, withdrawn_on=rest.get("withdrawn"))
        case "account opened":
            made = register.account(subject, mark, since, rest.get("last used"))
        case "held since":
            scope = {"record": rest.get("records"), "data": rest.get("data")}
            made = register.hold(subject, mark, set_on=since, ends_on=rest.get("until"), **scope)
        case "staged row received":
            made = register.staged(subject, mark, since)
        case _:
            raise AssertionError(f"no such fact: {what}")
    return {"held since": "hold", "staged row received": "staged row"}.get(kind, kind.split()[0]), made


_COLUMNS = {
    "left": "left_on",
    "through": "ends_on",
    "ended": "ended_on",
    "withdrawn": "withdrawn_on",
    "until": "ends_on",
}
_CHANGES = {
    "person.birth_date": lambda pk: register.Person.objects.filter(pk=pk).update(birth_date=date(1980, 3, 1)),
    "person.phone": lambda pk: register.Phone.objects.filter(subject=pk).update(number="+4768050999"),
}


@pytest.mark.parametrize("story", STORIES)
def test_what_is_kept_and_gone(story: dict[str, Any]):
    facts = [what for fact in story["given"] for what in fact.values()]
    first = min(value for what in facts for value in what.values() if isinstance(value, date))
    rules: set[str] = set()
    with access.acting(actor="console", purpose="membership/administration"):
        with clock.at(first):
            lives = Story(story["given"])
        for day, page in sorted(story["on"].items()):
            with clock.at(day):
                for step in page.pop("then", []):
                    for who, what in step.items():
                        lives.do(who, dict(what))
            rules |= sweep(day).counts.keys()
            with clock.at(day):
                for who, said in page.items():
                    lives.expect(who, said)
    assert rules == set(story.get("rules", []))


def test_every_rule_with_an_end_has_its_story():
    ending = {
        keep.id for activity in load("mission").active for keep in activity.keep if keep.period is not None
    }
    told = {rule for story in STORIES for rule in story.values[0].get("rules", [])}
    assert ending <= told
