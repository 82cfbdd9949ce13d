"""Rules of duty that show nothing more than another: left out of what sight asks, and kept for the rest."""

import pytest

from hjemmel.kernel.access.dominance import mark_implied
from hjemmel.kernel.access.models import Duty, OfficeDuty
from hjemmel.kernel.grounds.models import Clause
from tests.planting import NORTH, officer

pytestmark = pytest.mark.django_db


def implied(office: str) -> dict[tuple[str, bool], bool]:
    """By keep rule, and whether the rule of duty lets things be changed: whether it is implied."""
    rows = OfficeDuty.objects.filter(office=office, rule__startswith="membership/").select_related("clause")
    return {(row.clause.rule, "1" in row.change_bits): row.implied for row in rows}


def test_who_sees_the_present_members_needs_one_rule_only():
    assert implied("region_leader") == {
        ("membership/keep/1", False): False,
        ("membership/keep/2", False): True,
    }
    assert implied("chapter_leader") == {
        ("membership/keep/1", False): False,
        ("membership/keep/2", False): True,
        ("membership/keep/1", True): True,
        ("membership/keep/2", True): True,
    }


def test_who_sees_those_who_have_left_needs_the_history_too():
    assert set(implied("register_keeper").values()) == {False}


def test_a_duty_is_marked_as_its_rule_is():
    leader = officer("region_leader", NORTH)
    marked = {
        d.duty.clause.rule: d.implied for d in Duty.objects.filter(actor_id=leader.pk, record="membership")
    }
    assert marked == {"membership/keep/1": False, "membership/keep/2": True}


@pytest.mark.parametrize(
    "change",
    [
        {"below": False}, {"purposes": ["membership/identity"]}, {"bits": "0" * 256}, {"at": ["chapter"]},
        {"clause": {"event": "membership.joined"}}, {"clause": {"condition": "account.unused"}},
        {"clause": {"record": "contact"}}, {"clause": {"activity": "offices"}},
    ],
    ids=lambda change: next(iter(change)) + "-" + str(next(iter(change.values())))[:20],
)  # fmt: skip
def test_one_that_shows_less_implies_nothing(change):
    rows = list(OfficeDuty.objects.filter(rule="membership/duty/region_leader").select_related("clause"))
    more = next(row for row in rows if row.clause.rule == "membership/keep/1")
    for name, value in change.items():
        for field, text in value.items() if name == "clause" else ():
            setattr(more.clause, field, text)
        if name != "clause":
            setattr(more, name, value)
    mark_implied(rows)
    assert not any(row.implied for row in rows if row is not more)


def test_of_two_that_say_the_same_one_is_heeded():
    row = OfficeDuty.objects.filter(rule="membership/duty/register_keeper").select_related("clause")[0]
    twins = [OfficeDuty(**{f.attname: getattr(row, f.attname) for f in row._meta.fields}) for _ in range(3)]
    for twin in twins:
        twin.clause = Clause.objects.get(pk=row.clause_id)
    mark_implied(twins)
    assert [twin.implied for twin in twins] == [False, True, True]
