"""What goes when: the ledger counted, against what the sweep then does year by year."""

from collections import Counter
from datetime import date

import pytest

from hjemmel.domain.members.models import Membership
from hjemmel.kernel import access, clock
from hjemmel.kernel.retention import forecast
from hjemmel.kernel.retention.models import Expected, Forecast
from hjemmel.kernel.subjects.models import Subject
from tests.kernel.retention.keeping import keeper, rows, sweep
from tests.planting import HARBOUR, HILL, ROOT, member, officer

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("RET-10")]
TODAY = date(2026, 3, 1)
HISTORY = "membership/keep/2"


@pytest.fixture(autouse=True)
def acts():
    with access.acting(actor="console", purpose="membership/administration"), clock.at(TODAY):
        yield


def looked(on: date | None = None) -> Counter[tuple[str, str, int | None]]:
    """What the forecast says of memberships and of persons."""
    with keeper():
        found = forecast.forecast(on)
    return Counter(
        {
            (line.kind, line.rule, line.year): line.number
            for line in found.lines
            if line.rule.startswith("membership/")
        }
    )


def test_each_thing_is_counted_once_in_the_year_of_its_last_ground():
    before = looked()
    member(left_on=date(2025, 6, 1)), member(left_on=date(2025, 12, 31)), member(left_on=date(2022, 5, 5))
    member()
    assert looked() - before == Counter(
        {
            ("record", HISTORY, 2030): 2,
            ("record", HISTORY, 2027): 1,
            ("person", HISTORY, 2030): 2,
            ("person", HISTORY, 2027): 1,
            ("record", "membership/keep/1", None): 1,
            ("person", "membership/keep/1", None): 1,
            ("part", "membership/keep/1", 2026): 3,  # learned of late: what only members need goes tonight
        }
    )


def test_a_person_with_something_open_does_not_go_and_data_leave_a_record_that_stays():
    before = looked()
    tie = member(left_on=date(2026, 9, 1))  # is to leave: what only members need goes then
    with access.acting(actor="console", purpose="membership/administration"):
        Membership.objects.create(
            subject_id=tie.subject_id, unit_id=HILL, joined_on=date(2025, 1, 1), joined_how="paper"
        )
    assert looked() - before == Counter(
        {
            ("record", HISTORY, 2031): 1,
            ("part", "membership/keep/1", 2026): 1,
            ("record", "membership/keep/1", None): 1,
            ("person", "membership/keep/1", None): 1,
        }
    )


def test_what_it_says_of_a_year_is_what_the_sweep_then_takes():
    for year in (2021, 2022, 2022, 2024):
        member(left_on=date(year, 7, 1))
    with keeper():
        said = forecast.forecast().lines
    for year in (2026, 2027, 2028, 2029):
        done = sweep(date(year, 12, 31)).counts.get(HISTORY, {})
        expected = {line.kind: line.number for line in said if (line.rule, line.year) == (HISTORY, year)}
        assert done.get("record", 0) == expected.get("record", 0)
        assert done.get("person", 0) + done.get("subject", 0) == expected.get("person", 0)


def test_on_a_later_day_what_goes_before_is_not_there():
    before = looked(date(2028, 1, 1))
    member(left_on=date(2022, 7, 1)), member(left_on=date(2024, 7, 1))
    assert looked(date(2028, 1, 1)) - before == Counter(
        {("record", HISTORY, 2029): 1, ("person", HISTORY, 2029): 1}
    )


def test_the_one_that_is_kept_is_counted_unit_by_unit_and_hides_where_the_shielded_belong(as_app):
    reader = officer("register_keeper", ROOT)
    stranger = officer("chapter_leader", HARBOUR)
    for unit in (HARBOUR, HARBOUR, HILL):
        tie = member(unit, left_on=date(2024, 7, 1))
    Subject.objects.filter(pk=tie.subject_id).update(shielded=True)
    with keeper():
        assert not forecast.is_kept(TODAY)
        forecast.keep_forecast()
        forecast.keep_forecast()
        assert forecast.is_kept(TODAY)
    assert Forecast.objects.count() == 1
    whole = Expected.objects.count()
    assert whole
    with as_app(actor=f"officer:{reader.pk}", purpose="retention/proof"):
        shown = forecast.kept()
        assert shown is not None
        assert shown.years == range(2026, 2036)
        at = {(one.kind, one.unit_name): one.number for one in forecast.at_units(rule=HISTORY, years=[2029])}
        assert at == {
            ("record", "Havna"): 2, ("record", None): 1, ("person", "Havna"): 2, ("person", None): 1,
        }  # fmt: skip
    with as_app(actor=f"officer:{stranger.pk}", purpose="retention/proof"):
        assert forecast.kept() is None
    assert rows("select count(*) from retention_expected where unit_id = %s", HILL) == [(0,)]
