"""What is due on a day may stay until that day's night; the morning after it is overdue, and counted."""

from datetime import UTC, date, datetime, timedelta

import pytest

from hjemmel.domain.members.models import Membership
from hjemmel.domain.people.models import Email, Phone
from hjemmel.kernel import access, clock
from hjemmel.kernel.retention.models import Run
from hjemmel.kernel.retention.queries import plan
from tests.kernel.retention.keeping import sweep
from tests.kernel.verify.register import LEFT, counts, settle
from tests.planting import member

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("RET-01")]
DUE = date(2031, 1, 1)
DAY = timedelta(days=1)
OVERDUE = "data_past_last_ground"


@pytest.fixture
def left() -> Membership:
    """Somebody who has left, and of whom only the history is held."""
    gone = member(joined_on=date(2015, 3, 1), left_on=LEFT, leaving="left")
    with access.acting(actor="console", purpose="membership/administration", reason="rectification:test"):
        for model in (Email, Phone):
            model.objects.filter(subject=gone.subject_id).delete()
    settle()
    return gone


def test_due_on_its_day_overdue_the_day_after_and_gone_by_the_run(left: Membership):
    with clock.at(DUE):
        assert counts() == {}
    with clock.at(DUE + DAY):
        assert counts().keys() == {OVERDUE}
        assert {item.subject_id for item in plan().items} == {left.subject_id}
        sweep(DUE + DAY)
        assert counts() == {}


def test_between_two_nights_what_ends_today_is_no_break_of_promise(left: Membership):
    staying = member(given="Ola")
    settle()
    with clock.at(DUE + DAY):
        sweep(DUE + DAY)
        leave(staying, DUE + DAY)
        assert plan().items
        assert counts() == {}
    with clock.at(DUE + 2 * DAY):
        assert counts().keys() == {OVERDUE}
        sweep(DUE + 2 * DAY)
        assert counts() == {}


def test_what_a_night_could_not_take_is_counted(left: Membership):
    staying = member(given="Ola")
    settle()
    with clock.at(DUE):
        sweep(DUE)
        leave(staying, LEFT)
        assert counts() == {}
        Run.objects.update(left=1)
        assert counts().keys() == {OVERDUE}


def leave(membership: Membership, day: date) -> None:
    with access.acting(actor="console", purpose="membership/administration"):
        Membership.objects.filter(pk=membership.pk).update(left_on=day)
    settle()


@pytest.mark.parametrize(
    ("now", "night"),
    [
        (datetime(2026, 11, 23, 2, 16, tzinfo=UTC), date(2026, 11, 22)),
        (datetime(2026, 11, 23, 2, 17, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 7, 1, 22, 30, tzinfo=UTC), date(2026, 7, 1)),  # after midnight in Oslo
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), date(2026, 12, 31)),
    ],
)
def test_the_last_night_is_the_one_whose_time_has_come(now: datetime, night: date):
    assert clock.last_night(now) == night
