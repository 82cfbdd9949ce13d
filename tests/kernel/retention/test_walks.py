"""Random lives, night by night: nothing goes early, nothing late, and nobody else is touched."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from hjemmel.declaration import Declaration, load_texts, texts_of
from hjemmel.kernel import access, catalog, clock
from hjemmel.kernel.retention import actions
from hjemmel.kernel.statement.actions import apply
from hjemmel.kernel.subjects.models import Subject
from tests.kernel.retention import register
from tests.kernel.retention.keeping import keeper, rows
from tests.kernel.retention.model import Human, Line, Record, after_sweep
from tests.planting import HARBOUR, HILL

START = date(2015, 1, 31)
PEOPLE = 4
RECORDS = frozenset(t.name for t in catalog.records())
UNITS = (HARBOUR, HILL)
COLUMNS = {
    "membership": ("joined_on", "left_on"),
    "tenure": ("starts_on", "ends_on"),
    "consent": ("given_on", "withdrawn_on"),
    "contact": ("since", "ended_on"),
    "account": ("created_at", "last_login"),
}
KINDS = st.sampled_from(sorted(COLUMNS))
WHO = st.integers(0, PEOPLE - 1)
# When an ending is dated, in days from today: back by a little or a lot, ahead; or it is taken back.
DATED = st.sampled_from((0, -1, -30, -366, -1500, -2000, 1, 20, 400, None))
DAYS = st.sampled_from((0, 1, 30, 31, 92, 365, 366, 365 * 2, 365 * 5 + 1, 365 * 5 + 2))
PERIODS = {
    "membership": ("P5Y", "P1Y", "P7Y", "P40D"),
    "contact_register": ("P1Y", "P30D", "P3Y"),
    "accounts": ("P3M", "P1M"),
}


def files(periods: Mapping[str, str]) -> dict[str, str]:
    """The preset with these periods in place of its own."""
    texts = texts_of("mission")
    for of, (own, *_) in PERIODS.items():
        file, before = f"activities/{of}.yaml", f"for: {own}"
        assert before in texts[file]
        texts[file] = texts[file].replace(before, f"for: {periods[of]}")
    return texts


@cache
def read(periods: tuple[tuple[str, str], ...]) -> Declaration:
    """The same as a declaration."""
    return load_texts(files(dict(periods)))


class Walk(RuleBasedStateMachine):
    """A register with a few people, day by day, beside the model of what it must hold."""

    @initialize()
    def begin(self) -> None:
        """An empty register on its first day; everything is rolled back at the end."""
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.acting = access.acting(actor="console", purpose="membership/administration")
        self.acting.__enter__()
        self.today = START
        self.periods = {of: first for of, (first, *_) in PERIODS.items()}
        self.declaration = read(tuple(self.periods.items()))
        self.changes = 0
        self.people: dict[int, tuple[Subject, register.Mark]] = {}
        self.humans: dict[int, Human] = {}
        for who, kind in (
            (0, "membership"),
            (1, "membership"),
            (1, "tenure"),
            (2, "consent"),
            (3, "account"),
        ):
            self._tie(who, kind, HARBOUR, START)
        for who in range(PEOPLE):
            self._write(who)

    def teardown(self) -> None:
        """Leave no trace."""
        if hasattr(self, "atomic"):
            self.acting.__exit__(None, None, None)
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    @rule(days=DAYS, who=WHO, kind=KINDS, unit=st.sampled_from(UNITS), since=st.sampled_from((0, -40, -3000)))
    def enter(self, days: int, who: int, kind: str, unit: int, since: int) -> None:
        """Join, join again, be appointed, consent, ask, open an account."""
        self._let_pass(days)
        human = self.humans.get(who, Human())
        if kind == "membership" and any(
            r.kind == kind and r.row.unit_id == unit and r.ended is None for r in human.records.values()
        ):
            return
        if kind == "account" and any(r.kind == kind for r in human.records.values()):
            return
        self._tie(who, kind, unit, self.today + timedelta(days=since))

    def _tie(self, who: int, kind: str, unit: int, started: date) -> None:
        with clock.at(self.today):
            if who not in self.people:
                self.people[who] = Subject.objects.create(), register.Mark(f"P{who}", who)
                self.humans[who] = Human()
            row = self._make(*self.people[who], kind, unit, started)
            self.humans[who].records[row.pk] = Record(kind, row, started)

    @staticmethod
    def _make(subject: Subject, mark: register.Mark, kind: str, unit: int, started: date) -> Any:
        match kind:
            case "membership":
                return register.membership(subject, mark, unit, joined_on=started)
            case "tenure":
                return register.tenure(subject, unit, starts_on=started)
            case "consent":
                return register.consent(subject, mark, given_on=started)
            case "contact":
                return register.contact(subject, mark, since=started)
        return register.account(subject, mark, started)

    @precondition(lambda self: self.people)
    @rule(days=DAYS, who=WHO, which=st.integers(0, 9), dated=DATED)
    def end_or_correct(self, days: int, who: int, which: int, dated: int | None) -> None:
        """Leave, withdraw, log in; correct the date of it; take it back."""
        self._let_pass(days)
        records = [*self.humans.get(who, Human()).records.values()]
        if not records:
            return
        record = records[which % len(records)]
        ended = None if dated is None else max(record.started, self.today + timedelta(days=dated))
        value: Any = ended
        if record.kind == "account":
            if ended is None:
                return
            value = register.noon(ended)
        same = [r for r in records if r is not record and r.kind == record.kind == "membership"]
        if ended is None and any(r.row.unit_id == record.row.unit_id and r.ended is None for r in same):
            return
        with clock.at(self.today):
            changed = type(record.row).objects.filter(pk=record.row.pk)
            assert changed.update(**{COLUMNS[record.kind][1]: value}) == 1
        record.ended = ended

    @precondition(lambda self: self.people)
    @rule(days=DAYS, who=WHO)
    def write(self, days: int, who: int) -> None:
        """Write down everything about the person that may be held today."""
        self._let_pass(days)
        if who in self.people:
            self._write(who)

    def _write(self, who: int) -> None:
        with clock.at(self.today):
            self.humans[who].data = register.fill(*self.people[who])

    @precondition(lambda self: self.people)
    @rule(who=WHO, number=st.integers(100, 999))
    def change(self, who: int, number: int) -> None:
        """Change a phone number: the log notes it."""
        if who in self.people:
            with clock.at(self.today):
                phones = register.Phone.objects.filter(subject=self.people[who][0])
                phones.update(number=f"+4768051{number}")

    @precondition(lambda self: self.people and self.changes < 2)  # each is read anew, which takes its time
    @rule(of=st.sampled_from(sorted(PERIODS)), choice=st.integers(0, 3))
    def change_rule(self, of: str, choice: int) -> None:
        """Another period for one rule, applied as a declaration."""
        self.changes += 1
        self.periods[of] = PERIODS[of][choice % len(PERIODS[of])]
        with clock.at(self.today):
            apply(files(self.periods))
        self.declaration = read(tuple(self.periods.items()))

    @rule(days=DAYS)
    def live_on(self, days: int) -> None:
        """Nights go by; the sweep runs after the last one."""
        self.today += timedelta(days=days)

    def _let_pass(self, days: int) -> None:
        self.today += timedelta(days=days)
        if days:
            self.after_the_night()

    @invariant()
    def after_the_night(self) -> None:
        """The sweep of today, and what it must leave."""
        if not self.people:
            return
        self._learn_log()
        before = register.every_row()
        register.settle()
        with keeper():
            done = actions.run(self.today)
        assert done.left == 0
        left, stored = register.every_row(), register.everything_stored()
        for who, (subject, _) in [*self.people.items()]:
            human = self.humans[who]
            must = after_sweep(self.declaration, human, self.today)
            assert stored.get(subject.pk, frozenset()) == must.data
            theirs = left.get(subject.pk, {})
            of_records = {key for table, key in theirs if table in RECORDS}
            assert of_records == must.records.keys() | must.log.keys()
            if must == human and human.records:
                assert theirs == before[subject.pk]
            self.humans[who] = must
            if not must.records:
                assert {table for table, _ in theirs} <= {"subjects_subject"}
                del self.people[who], self.humans[who]

    def _learn_log(self) -> None:
        """Read what the log has noted: that it does is not what is tried here."""
        sql = (
            "select v.id, v.subject_id, v.datum, v.written_on, e.table_name, e.record_id"
            " from audit_value v join audit_entry e on e.id = v.id"
        )
        humans = {subject.pk: self.humans[who] for who, (subject, _) in self.people.items()}
        for pk, subject, datum, written, table, record in rows(sql):
            humans[subject].log.setdefault(pk, Line(datum, record if table in RECORDS else None, written))


@pytest.mark.django_db
@pytest.mark.requirement("RET-01")
def test_random_lives():
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=25,
            stateful_step_count=30,
            deadline=None,
            database=None,
            phases=(Phase.generate,),  # a walk that fails is short enough to read
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )
