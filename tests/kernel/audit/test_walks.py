"""Random lives of a log: lines come early and late, values go, it is sealed in all sizes. It is whole after
every step, every checkpoint that was ever kept still holds, and whatever is changed behind its back shows.
"""

from datetime import UTC, datetime

import pytest
from dateutil.relativedelta import relativedelta
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from hjemmel.domain.people.models import Phone
from hjemmel.kernel import access
from hjemmel.kernel.audit.sealing import seal
from hjemmel.kernel.verify.seals import examine
from tests.kernel.verify.register import settle
from tests.kernel.verify.seals.logs import note, sql, tally, write, write_as
from tests.planting import member

FEW = st.integers(1, 5)
CHANGES = {
    "changed": "update audit_entry set actor = actor || 'x' where id = %s",
    "of another": "update audit_entry set subject_id = coalesce(subject_id, 0) + 1 where id = %s",
    "at another time": "update audit_entry set at = at - interval '1 second' where id = %s",
    "gone": "delete from audit_entry where id = %s",
    "leaf gone": "delete from audit_leaf where kind = 'entry' and line = %s",
    "leaf elsewhere": "update audit_leaf set place = place + 1000000 where kind = 'entry' and line = %s",
}


class Walk(RuleBasedStateMachine):
    """One log, in a transaction that is rolled back."""

    @initialize(months=st.integers(0, 3))
    def begin(self, months: int) -> None:
        """Lines of some months, from before anything was sealed."""
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.subject = member().subject_id
        self.late: list[int] = []
        self.kept: list[str] = []
        for ago in range(months, 0, -1):
            write(3, at=datetime.now(UTC) - relativedelta(months=ago))
            tally(at=datetime.now(UTC) - relativedelta(months=ago))
        settle()

    def teardown(self) -> None:
        """Leave no trace."""
        if hasattr(self, "atomic"):
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    @rule(many=FEW)
    def lines_come(self, many: int) -> None:
        """As they do."""
        write(many)

    @rule(rows=FEW)
    def a_count_comes(self, rows: int) -> None:
        """A line of the other kind."""
        tally(rows)

    @rule()
    def a_number_is_drawn(self) -> None:
        """Somebody has drawn a number and takes her time."""
        ((number,),) = sql("select nextval('public.audit_entry_id_seq')")
        self.late.append(number)

    @rule(which=FEW, rolled_back=st.booleans())
    def a_drawn_number_is_used(self, *, which: int, rolled_back: bool) -> None:
        """Or never."""
        if self.late:
            number = self.late.pop(which % len(self.late))
            if not rolled_back:
                write_as(number)

    @rule(number=st.integers(100, 999))
    def a_value_comes(self, number: int) -> None:
        """A phone number is changed."""
        with access.acting(actor="console", purpose="membership/administration"):
            Phone.objects.filter(subject=self.subject).update(number=f"+4768050{number}")
        settle()

    @rule(many=FEW)
    def values_go(self, many: int) -> None:
        """The eldest, for a reason."""
        with access.acting(actor="console", purpose=(), reason="request:7"):
            sql("delete from audit_value where id in (select id from audit_value order by id limit %s)", many)

    @rule(batch=st.sampled_from((1, 2, 7, 1000)), whole=st.booleans(), keep=st.booleans())
    def it_is_sealed(self, *, batch: int, whole: bool, keep: bool) -> None:
        """In batches of any size; sometimes a checkpoint is kept."""
        seal(batch=batch, whole=whole)
        assert examine().waiting == 0
        if keep:
            self.kept.append(note())

    @rule(change=st.sampled_from(sorted(CHANGES)), which=st.integers(0, 50))
    def somebody_tampers(self, change: str, which: int) -> None:
        """Behind its back, with the triggers off; and it shows, whatever is sealed on top of it."""
        sealed = [line for (line,) in sql("select line from audit_leaf where kind = 'entry'")]
        if not sealed:
            return
        with transaction.atomic(), connection.cursor() as cursor:
            for table in ("audit_entry", "audit_leaf"):
                cursor.execute(f"alter table {table} disable trigger user")
            cursor.execute(CHANGES[change], [sealed[which % len(sealed)]])
            for table in ("audit_entry", "audit_leaf"):
                cursor.execute(f"alter table {table} enable trigger user")
            assert examine().count > 0, change
            write()
            seal(whole=True)
            assert examine().count > 0, change
            transaction.set_rollback(True)

    @invariant()
    def it_is_whole(self) -> None:
        """Alone, and held against every checkpoint that was kept."""
        if hasattr(self, "atomic"):
            seen = examine()
            assert seen.found == {}
            ((lines,),) = sql(
                "select (select count(*) from audit_entry) + (select count(*) from audit_tally)"
            )
            assert seen.lines + seen.waiting == lines
            for kept in self.kept[-3:]:
                assert examine(kept).found == {}


@pytest.mark.django_db
@pytest.mark.requirement("LOG-02")
def test_random_logs():
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=15,
            stateful_step_count=20,
            deadline=None,
            database=None,
            phases=(Phase.generate,),  # a walk that fails is short enough to read
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )
