"""One story: who was what from when to when, and what was done on which day.

Persons act through the product's own actions, as the web does it for whoever looks after that part of the
register; what comes in by other ways (an account, a line of a file, a consent from the web) is planted.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatch
from typing import Any

from django.db import models

from hjemmel.declaration import texts_of
from hjemmel.domain.imports.models import Row
from hjemmel.domain.members import actions as members
from hjemmel.domain.members.models import Membership
from hjemmel.domain.offices import actions as offices
from hjemmel.domain.people import actions as people
from hjemmel.domain.people.models import Contact, Phone
from hjemmel.kernel import access, clock
from hjemmel.kernel.access.models import Account
from hjemmel.kernel.audit.models import Value
from hjemmel.kernel.consent import actions as consents
from hjemmel.kernel.consent.actions import Given
from hjemmel.kernel.consent.models import Consent
from hjemmel.kernel.erasure import actions as erasure
from hjemmel.kernel.holds import actions as holds
from hjemmel.kernel.holds.models import Hold
from hjemmel.kernel.retention import actions as retention
from hjemmel.kernel.statement.actions import apply
from hjemmel.kernel.subjects.models import Subject
from hjemmel.kernel.units.models import Tenure, Unit
from tests.kernel.retention import register
from tests.kernel.retention.keeping import keeper, rows
from tests.planting import officer
from tests.scenarios.world import World

ERASED = "asks to be erased"
RECRUITER = "recruiter"  # goes in its own time, so it is told apart from the membership
# What a fact is called in the story; the day on which it is over; the model.
KINDS: dict[str, tuple[str, str, type[models.Model]]] = {
    "member of": ("membership", "left", Membership),
    "office": ("office", "through", Tenure),
    "contact since": ("contact", "ended", Contact),
    "consent given": ("consent", "withdrawn", Consent),
    "account opened": ("account", "last used", Account),
    "held since": ("hold", "until", Hold),
    "staged row received": ("staged row", "", Row),
}
RECRUITED = "select from members_membership where subject_id = %s and recruiter_id is not null"
NEWS = "contact_register/information"


def kind_of(what: dict[str, Any]) -> str:
    """What kind of fact a sentence states."""
    return next(kind for kind in KINDS if kind in what)


def begun(what: dict[str, Any]) -> date:
    """The day on which a fact begins."""
    day = next(what[word] for word in ("since", "from", kind_of(what)) if word in what)
    assert isinstance(day, date)
    return day


@dataclass
class Somebody:
    """One person of a story: her id, and what was written about her, under the name it has there."""

    mark: register.Mark
    subject: Subject | None = None
    records: dict[str, tuple[str, models.Model]] = field(default_factory=dict)
    data: frozenset[str] = frozenset()
    logged: dict[str, int] = field(default_factory=dict)
    recruited: bool = False

    @property
    def pk(self) -> int:
        assert self.subject is not None
        return int(self.subject.pk)

    def written(self) -> set[str]:
        """All that was ever written of her."""
        recruited = {RECRUITER} if self.recruited else set()
        return {*self.records, *self.data, *self.logged, *recruited}

    def kept(self) -> set[str]:
        """What is left of all that, by its name in the story."""
        values = {v for (v,) in rows("select id from audit_value where subject_id = %s", self.pk)}
        return {
            *register.stored(self.pk),
            *(name for name, (_, record) in self.records.items() if register.is_there(record)),
            *(RECRUITER for _ in rows(RECRUITED, self.pk)),
            *(name for name, number in self.logged.items() if number in values),
        }


class Story:
    """The people of one scenario, living from day to day."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.people: dict[str, Somebody] = {}
        self.files = texts_of(world.preset)

    def begin(self, who: str, what: dict[str, Any], *, write: bool = True) -> None:
        """A fact of the story begins, and what we may write of the person then is written."""
        one = self.people.setdefault(who, Somebody(register.Mark(who, len(self.people) + 1)))
        kind = kind_of(what)
        name = " in ".join([KINDS[kind][0], *(what[at] for at in ("at", "member of") if at in what)])
        with access.acting(actor="console", purpose=()):
            one.records[name] = kind, self._begun(one, kind, what)
            if write:
                one.data |= register.fill(Subject.objects.get(pk=one.pk), one.mark)
            register.settle()

    def end(self, who: str, what: dict[str, Any]) -> None:
        """A fact of the story ends, on the day that it names."""
        kind = kind_of(what)
        name = " in ".join([KINDS[kind][0], *(what[at] for at in ("at", "member of") if at in what)])
        one = self.people[who]
        with access.acting(actor="console", purpose=()):
            self._ended(one.records[name][1], what[KINDS[kind][1]])
            self._again(one, name)

    def do(self, who: str, what: Any) -> None:
        """One sentence of `then`."""
        with access.acting(actor="console", purpose=()):
            if who == "rules":
                self._rules(what)
            elif what == ERASED:
                erasure_of = self.people[who].pk
                self.world.ask("holds", lambda: erasure.ask(subject_id=erasure_of))
            elif "changes" in what:
                self._log(self.people[who], lambda: self._change(self.people[who], what["changes"]))
            elif "gets" in what:
                self.begin(who, what["gets"], write=False)
            else:
                self._log(self.people[who], lambda: self._correct(self.people[who], dict(what)))

    def night(self, day: date) -> set[str]:
        """The sweep of the day; the rules by which anything went."""
        with keeper():
            done = retention.run(day)
        assert done.left == 0
        return {rule.partition(":")[0] for rule in done.counts}

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
        there = rows("select gone_on from subjects_subject where id = %s", one.pk)
        assert (not kept) == (there in ([], [(clock.today(),)])), f"{who}: is the person gone?"

    def _begun(self, one: Somebody, kind: str, what: dict[str, Any]) -> models.Model:
        day, is_new = begun(what), one.subject is None
        key: int | None = None
        if kind == "member of":
            key = self._joined(one, what["member of"], what.get("recruited by"))
        elif kind == "contact since" and is_new:
            entered = self.world.ask(
                "contact_register",
                lambda: people.enter_contact(
                    person=people.NewPerson(given_name=one.mark.text), reason="Spurte om leir",
                    source="self_phone", even_so=True,
                ),
            )  # fmt: skip
            key = Contact.objects.get(subject=entered).pk
        elif kind == "office" and not is_new:
            key = offices.appoint(subject_id=one.pk, office=what["office"], unit_id=_unit(what["at"]))
        elif kind == "consent given" and not is_new:
            given = Given(purpose=NEWS, channel="email", address="kari@example.org", how="paper")
            key = self.world.ask("contact_register", lambda: consents.give(subject_id=one.pk, given=given))
        elif kind == "held since":
            key = self._held(one, what)
        record = KINDS[kind][2].objects.get(pk=key) if key else self._planted(one, kind, what, day)
        if isinstance(record, Membership):
            record.recruiter_id = None
        one.subject = record.subject  # type: ignore[attr-defined]  # every record has one
        return record

    def _joined(self, one: Somebody, unit: str, recruiter: str | None) -> int:
        known, one.recruited = one.subject, recruiter is not None
        by = self.people[recruiter].pk if recruiter else None
        who = people.NewPerson(given_name=one.mark.text) if known is None else None
        return self.world.ask(
            "membership",
            lambda: members.join(
                person=who, person_id=known.pk if known else None, unit_id=_unit(unit), how="paper",
                recruiter_id=by, even_so=True,
            ),
        ).membership_id  # fmt: skip

    def _held(self, one: Somebody, what: dict[str, Any]) -> int:
        return self.world.ask(
            "holds",
            lambda: holds.set_hold(
                subject_id=one.pk, reason="court", reference="Sak 1", ends_on=what.get("until"),
                record=what.get("records"), data=what.get("data"),
            ),
        )  # fmt: skip

    @staticmethod
    def _planted(one: Somebody, kind: str, what: dict[str, Any], day: date) -> models.Model:
        """What comes in by other ways than an action of somebody's in the office."""
        if kind == "office":
            who = officer(what["office"], _unit(what["at"]), given=one.mark.text, starts_on=day)
            return Tenure.objects.get(subject=who)
        subject = one.subject or Subject.objects.create()
        if kind == "contact since":
            return register.contact(subject, one.mark, _unit("Fjellheim"), since=day)
        if kind == "consent given":
            return register.consent(subject, one.mark, given_on=day)
        if kind == "account opened":
            return register.account(subject, one.mark, day)
        return register.staged(subject, one.mark, day)

    def _ended(self, record: models.Model, day: date) -> None:
        """End it today, or from the day that is said."""
        if isinstance(record, Account):
            Account.objects.filter(pk=record.pk).update(last_login=register.noon(day))
            return
        at: dict[str, Any] = {"version": type(record).objects.get(pk=record.pk).version}  # type: ignore[attr-defined]
        match record:
            case Membership():
                self.world.ask("membership", lambda: members.end(membership_id=record.pk, left_on=day, **at))
            case Tenure():
                offices.end(tenure_id=record.pk, ends_on=day, **at)
            case Contact():
                self.world.ask(
                    "contact_register",
                    lambda: people.end_contact(contact_id=record.pk, ended_on=day, **at),
                )
            case Consent():
                self.world.ask(
                    "contact_register",
                    lambda: consents.withdraw(consent_id=record.pk, how="web", on=day, **at),
                )
            case Hold():
                self.world.ask("holds", lambda: holds.end(hold_id=record.pk, ends_on=day, **at))

    def _correct(self, one: Somebody, what: dict[str, Any]) -> None:
        """Another date for something, as whoever looks after it corrects it."""
        name = what.pop("correct")
        (day,) = what.values()
        record = one.records[name][1]
        if isinstance(record, Membership):
            now = Membership.objects.get(pk=record.pk).version
            self.world.ask(
                "membership",
                lambda: members.change(membership_id=record.pk, version=now, changes={"left_on": day}),
            )
        else:
            self._ended(record, day)
        self._again(one, name)

    def _change(self, one: Somebody, datum: str) -> None:
        """Another value for a datum of the person."""
        if datum == "person.phone":
            phone = Phone.objects.get(subject=one.pk)
            self.world.ask(
                "membership",
                lambda: people.change_point(
                    model="phone", point_id=phone.pk, version=phone.version, changes={"number": "40500999"}
                ),
            )
            return
        person = register.Person.objects.get(pk=one.pk)
        changes = {"person.birth_date": {"birth_date": "1.3.1980"}, "person.name": {"given_name": "Kine"}}
        self.world.ask(
            "membership",
            lambda: people.change(person_id=one.pk, version=person.version, changes=changes[datum]),
        )

    def _rules(self, what: dict[str, Any]) -> None:
        file = f"activities/{what['of']}.yaml"
        assert what["replace"] in self.files[file]
        self.files[file] = self.files[file].replace(what["replace"], what["by"])
        apply(self.files)

    @staticmethod
    def _log(one: Somebody, act: Callable[[], None]) -> None:
        """Do something of which the log keeps the value before, and remember it by its datum."""
        before = {v.pk for v in Value.objects.filter(subject=one.pk)}
        act()
        for value in Value.objects.filter(subject=one.pk).exclude(pk__in=before).order_by("pk"):
            one.logged[f"log of {value.datum}"] = value.pk

    @staticmethod
    def _again(one: Somebody, name: str) -> None:
        """Read the record anew, so that all of it is looked for later on."""
        kind, record = one.records[name]
        again = type(record).objects.get(pk=record.pk)
        if isinstance(again, Membership):
            again.recruiter_id = None
        one.records[name] = kind, again


def _unit(name: str) -> int:
    return Unit.objects.get(name=name).pk
